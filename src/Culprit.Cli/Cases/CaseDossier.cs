using System.Collections.Immutable;
using Culprit.Attribution;
using Culprit.Cases;
using Culprit.Dossier;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Cli.Cases;

/// <summary>Gives the dossier what a case holds.</summary>
internal static class CaseDossier
{
    /// <summary>Where a case keeps its dossier.</summary>
    public const string HtmlName = "report/dossier.html";

    /// <summary>And the same for paper.</summary>
    public const string PdfName = "report/dossier.pdf";

    /// <summary>Reads a case.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="tellOfSignature">Told <see cref="CaseReader.SignatureProblem"/>; null tells nobody.</param>
    /// <exception cref="CaseException">It cannot be used, or was not judged to its end.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DossierInput Read(string folder, Action<string>? tellOfSignature = null)
    {
        using CaseReader reader = CaseReader.Open(folder);
        tellOfSignature?.Invoke(reader.SignatureProblem);
        ImmutableArray<Incident> incidents = reader.Incidents;
        ImmutableArray<IncidentAssessment> assessments = reader.Attribution?.Incidents ?? [];
        Dictionary<int, RuleInfo> rules = reader.FindingsOf(incidents).ToDictionary(static one => one.Number, static one => one.Finding.Rule);
        return new DossierInput
        {
            CaseName = reader.Name,
            CaseId = reader.Id,
            Created = new EventTime(reader.Created.UtcTicks, TimeCertainty.Exact),
            ToolVersion = reader.Manifest.Versions.Tool,
            RulesHash = reader.Manifest.Versions.Rules,
            CustodyHead = Judged(reader),
            SignerFingerprint = reader.SignerKeyId,
            Sources = [.. reader.Manifest.Evidence.Select(Source)],
            Incidents =
            [
                .. incidents.Select(incident => new DossierIncident(
                    incident, [.. incident.Findings.Where(rules.ContainsKey).Select(number => new DossierFinding(number, rules[number]))])
                {
                    Assessment = assessments.FirstOrDefault(one => one.Incident == incident.Number)?.Assessment,
                }),
            ],
            Notes = [.. reader.Notes.Select(static note => $"{note.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, {note.Who}: {note.Text}")],
        };
    }

    // The entry that judged last, the incidents or who did it: what was added since, the dossier itself first of all, changes nothing of what it says.
    private static string Judged(CaseReader reader) => reader.Custody.LastOrDefault(static entry => entry.Action is "judge" or "attribute")?.Hash ?? reader.Head;

    private static DossierSource Source(CaseEvidence evidence) => new()
    {
        Path = evidence.Path,
        Format = evidence.Format,
        Size = evidence.Size,
        Sha256 = evidence.Sha256,
        Records = evidence.RecordsGood,
        RecordsBad = evidence.RecordsBad,
        RecordsRecovered = evidence.RecordsRecovered,
        Hosts = evidence.Hosts,
        First = evidence.First,
        Last = evidence.Last,
        TimeAssumption = evidence.TimeAssumption,
        NotReadReason = evidence.NotReadReason,
        Problems = [],
    };
}
