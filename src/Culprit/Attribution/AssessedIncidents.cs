using System.Collections.Immutable;
using Culprit.Attribution.Keeping;

namespace Culprit.Attribution;

/// <summary>What a user asked for: what no log says, base rates, the year. With the same incidents, knowledge and weights it gives the same assessments.</summary>
public sealed record AssessmentRequest
{
    private const int Digits = 6;
    private const double Least = 0.000001, MostFactor = 1_000_000;

    /// <summary>The incident that is assessed, by its number; null for each that is grave enough.</summary>
    public int? Incident { get; init; }

    /// <summary>The year for which it is made; null for that of each incident.</summary>
    public int? Year { get; init; }

    /// <summary>See <see cref="AssessmentOptions.UnknownBaseRate"/>.</summary>
    public double? UnknownBaseRate { get; init; }

    /// <summary>See <see cref="AssessmentOptions.GroupFactors"/>.</summary>
    public ImmutableSortedDictionary<string, double> GroupFactors { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Observations that the user gave, beside those of the incident.</summary>
    public ImmutableArray<Observation> Given { get; init; } = [];

    /// <summary>
    /// Whether something is given that happened in one incident, such as a technique: of a case with several it says nothing of the others. The
    /// victim's sector and country are the same for all.
    /// </summary>
    public bool IsOfOneIncident => Given.Any(static o => o.Kind is not (ObservationKind.VictimSector or ObservationKind.VictimCountry));

    /// <summary>
    /// The same with base rates as they are kept, so that what is made again is what was made: to six digits behind the point, factors from
    /// 0.000001 to 1000000. What is none stays as it is, to be refused.
    /// </summary>
    internal AssessmentRequest AsKept() => this with
    {
        UnknownBaseRate = UnknownBaseRate is { } rate and > 0 and < 1 ? Math.Clamp(Math.Round(rate, Digits), Least, 1 - Least) : UnknownBaseRate,
        GroupFactors = GroupFactors.ToImmutableSortedDictionary(static f => f.Key, static f => Kept(f.Value), StringComparer.Ordinal),
    };

    private static double Kept(double factor) =>
        factor is > 0 and < double.PositiveInfinity ? Math.Clamp(Math.Round(factor, Digits), Least, MostFactor) : factor;
}

/// <summary>An incident's assessment.</summary>
/// <param name="Incident">The number of the incident; 0 where there is none and observations were given alone.</param>
/// <param name="Assessment">The assessment.</param>
public sealed record IncidentAssessment(int Incident, Assessment Assessment);

/// <summary>Assessments, and all that is needed to make them again.</summary>
public sealed record AssessedIncidents
{
    /// <summary>SHA-256 of the knowledge.</summary>
    public required string KnowledgeSha256 { get; init; }

    /// <summary>SHA-256 of the weights.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>SHA-256 of the indicators that come with the program: it is told which lists do not.</summary>
    public required string IndicatorsSha256 { get; init; }

    /// <summary>What was asked for.</summary>
    public required AssessmentRequest Request { get; init; }

    /// <summary>The assessments, by incident.</summary>
    public required ImmutableArray<IncidentAssessment> Incidents { get; init; }

    /// <summary>
    /// How many incidents more the request means than <see cref="IncidentAssessor.MaxIncidents"/>, which are not assessed. Whoever assesses knows it;
    /// it is not written, and 0 of what was read.
    /// </summary>
    public int LeftOut { get; init; }

    /// <summary>Writes them as JSON, field by field as <c>docs/cli.md</c> has it. Numbers are rounded to six digits behind the point.</summary>
    public void Write(Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write(AssessmentJson.Write(this));
    }

    /// <summary>Reads what <see cref="Write"/> wrote. Of groups it holds identifiers and names alone; knowledge has the rest.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    /// <exception cref="AssessmentFormatException">Another version of the program wrote it.</exception>
    public static AssessedIncidents Read(ReadOnlySpan<byte> json) => AssessmentJson.Read(json);
}

/// <summary>Assessments are written as another version of the program writes them.</summary>
public sealed class AssessmentFormatException(string message) : FormatException(message);
