using Culprit.Knowledge;

namespace Culprit.Attribution.Weighing;

/// <summary>Which line of evidence an observation belongs to.</summary>
internal static class EvidenceLines
{
    /// <summary>The line. A file that a list holds is of one line with malware: an antivirus that names a file and a list that holds it have one cause.</summary>
    public static EvidenceLine Of(Observation observation) => observation.Kind switch
    {
        ObservationKind.Indicator when !observation.Indicators.IsEmpty && observation.Indicators.All(static c => c.Kind is IndicatorKind.Hash or IndicatorKind.Path) => EvidenceLine.Tooling,
        ObservationKind.Technique => EvidenceLine.Behaviour,
        ObservationKind.Software => EvidenceLine.Tooling,
        ObservationKind.Indicator => EvidenceLine.Infrastructure,
        ObservationKind.Vulnerability => EvidenceLine.Access,
        ObservationKind.WorkingHours => EvidenceLine.Hours,
        _ => EvidenceLine.Victims,
    };

    /// <summary>Whether lists hold nothing of it but the place or the name of a file, which anybody can give to another file.</summary>
    public static bool IsFileName(Observation observation) =>
        observation.Kind == ObservationKind.Indicator && !observation.Indicators.IsEmpty && observation.Indicators.All(static c => c.Kind == IndicatorKind.Path);
}
