using System.Collections.Immutable;
using System.Text.Json;
using Culprit.Cases.Database;
using Culprit.Cases.Storage;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Cases.Verification;

/// <summary>Whether judging the evidence again comes to the same findings and incidents, byte for byte.</summary>
internal sealed class ReplayCheck() : VerificationCheck(
    "replay", "Judging the evidence again comes to the same findings and incidents",
    "Rely on neither result before the difference is explained; where the evidence is what was read, report it as a defect of the program.")
{
    public override bool Applies(VerificationContext context) => context.Request.Replay is not null;

    protected override string Make(VerificationContext context, CheckFindings findings)
    {
        if (!context.IsJudged(findings))
        {
            return "There is nothing to check yet.";
        }

        CaseManifest manifest = context.Manifest;
        RuleCatalog rules = context.Request.Replay!.AtLeast(manifest.Judging.MinimumLevel);
        if (rules.ContentHash != manifest.Versions.Rules || context.Request.Tool != manifest.Versions.Tool)
        {
            findings.Open(
                $"the case was judged by {manifest.Versions.Tool} with the rules {manifest.Versions.Rules}; this is {context.Request.Tool} with {rules.ContentHash}",
                "Replay with the version and the rules that judged.");
            return "Nothing was judged again.";
        }

        if (rules.IndicatorsHash != manifest.Versions.Indicators)
        {
            findings.Open(
                $"the case was judged with the indicators {manifest.Versions.Indicators}; these are {rules.IndicatorsHash}",
                "Replay with the indicators that judged: --indicators and --no-indicators choose them.");
            return "Nothing was judged again.";
        }

        EvidenceOnDisk evidence = context.Evidence;
        foreach (CaseEvidence file in evidence.Files.Where(f => f.Sha256.Length > 0 && evidence.HashOf(f) != f.Sha256))
        {
            findings.Open($"{file.Path} is not there as it was read", EvidenceCheck.WhereIsIt);
        }

        if (findings.Count > 0)
        {
            return "Nothing was judged again.";
        }

        var files = new EvidenceFiles(evidence.ToRead());
        EvidenceOptions options = context.Request.Evidence with { IncludeSlack = manifest.Judging.Slack };
        var index = new EventIndex(context.Request.CreateSpill) { Since = manifest.Judging.Since, Until = manifest.Judging.Until };
        using var joined = new CaseIncidents(index, files, options, known: [], context.Stop);
        using InvestigationResult result = Investigation.Run(
            new InvestigationRequest
            {
                Files = files,
                Rules = rules,
                Evidence = options,
                Since = manifest.Judging.Since,
                Until = manifest.Judging.Until,
                CreateSpill = context.Request.CreateSpill,
                CreateSinkBeside = index.CreateSink,
            },
            progress: null,
            context.Stop);
        context.Stop.ThrowIfCancellationRequested();
        return Compare(context.Database, result, joined, findings);
    }

    private static string Compare(DatabaseReader database, InvestigationResult result, CaseIncidents joined, CheckFindings findings)
    {
        CaseJson json = CaseJson.WithSources(static _ => throw new NotSupportedException());
        long number = 0;
        ImmutableArray<Incident> incidents;
        using (IEnumerator<string> kept = database.FindingBodies().GetEnumerator())
        {
            incidents = joined.Of(result, finding =>
            {
                number++;
                if (!kept.MoveNext())
                {
                    findings.Fail($"finding {number} is not in the case: {finding.Rule.Title}");
                }
                else if (kept.Current != JsonSerializer.Serialize(finding, json.Finding))
                {
                    findings.Fail($"finding {number} is another in the case: {finding.Rule.Title}");
                }
            });
            while (kept.MoveNext())
            {
                findings.Fail("the case has a finding that is not found again");
            }
        }

        if (!database.IncidentBodies().SequenceEqual(incidents.Select(static i => JsonSerializer.Serialize(i, CaseJson.Lines.Incident)), StringComparer.Ordinal))
        {
            findings.Fail("the incidents are others");
        }

        return $"{number} findings and {incidents.Length} incidents were found again.";
    }
}
