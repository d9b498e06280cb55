using Culprit.Cases.Segments;
using Culprit.Cases.Storage;
using System.Text.Json;

namespace Culprit.Cases.Verification;

/// <summary>Whether the case says by what it was judged, and whether its parts agree on the evidence.</summary>
internal sealed class ManifestCheck() : VerificationCheck(
    "manifest", "The manifest names what was read and by what it was judged",
    "Do not rely on what the manifest says; take the case from a copy, or make it anew from the evidence.")
{
    protected override string Make(VerificationContext context, CheckFindings findings)
    {
        CaseManifest manifest = context.Manifest;
        foreach (IGrouping<int, CaseEvidence> segment in manifest.Evidence.GroupBy(static e => e.Segment))
        {
            SegmentCoverage? kept = JsonSerializer.Deserialize(
                context.ReadFile(CaseLayout.Segment(segment.Key) + CaseLayout.SegmentCoverage), CaseJson.WithSources().SegmentCoverage);
            HashSet<(string, string, long)> sources = [.. kept!.Coverage.Sources.Select(static s => (s.Source.Path, s.Source.Sha256, s.RecordsGood))];
            foreach (CaseEvidence source in segment.Where(s => !sources.Contains((s.Path, s.Sha256, s.RecordsGood)) && !sources.Contains((s.Path, "", s.RecordsGood))))
            {
                findings.Fail($"{source.Path} is not in segment {segment.Key} as the manifest has it");
            }
        }

        foreach (CaseEvidenceFile pending in manifest.Pending)
        {
            findings.Open($"{pending.Path} is to be read again and was not yet", VerificationContext.GoOn);
        }

        if (context.Log.Entries.LastOrDefault(static e => e.Action is "read" or "rejudge" or "create" or "judge")?.Action != "judge")
        {
            findings.Open("evidence was read that is not judged yet", VerificationContext.GoOn);
        }

        return $"{manifest.Evidence.Length} sources; {manifest.Versions.Tool}, {manifest.Versions.RuleCount} rules {manifest.Versions.Rules}, {manifest.Versions.IndicatorCount} indicators {manifest.Versions.Indicators}, knowledge {manifest.Versions.Knowledge}.";
    }
}
