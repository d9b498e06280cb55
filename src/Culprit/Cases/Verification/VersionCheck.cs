using Culprit.Cases.Segments;
using Culprit.Cases.Storage;
using System.Text.Json;

namespace Culprit.Cases.Verification;

/// <summary>Whether the case says by what it was judged, and whether its parts agree on the evidence.</summary>
internal sealed class VersionCheck() : VerificationCheck(
    "manifest", "The manifest names what was read and by what it was judged",
    "Run 'culprit investigate --case' again, which completes a case that ended early; otherwise take the case from a copy.")
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
            findings.Fail($"{pending.Path} was to be read again and was not");
        }

        if (context.Log.Entries.LastOrDefault(static e => e.Action is "read" or "rejudge" or "create" or "judge")?.Action != "judge")
        {
            findings.Fail("evidence was read that is not judged yet");
        }

        return $"{manifest.Evidence.Length} sources; {manifest.Versions.Tool}, {manifest.Versions.RuleCount} rules {manifest.Versions.Rules}, knowledge {manifest.Versions.Knowledge}.";
    }
}
