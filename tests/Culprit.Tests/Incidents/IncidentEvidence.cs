using System.Collections.Immutable;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Tests.Incidents;

/// <summary>Judges whole evidence, for tests.</summary>
internal static class IncidentEvidence
{
    public static RuleCatalog Rules(string folder) => RuleCatalog.Load(
        [.. Directory.EnumerateFiles(folder, "*.yml", SearchOption.AllDirectories).Select(static file => new RuleFile(file, File.ReadAllBytes(file)))],
        logSources: null, "test", cache: null);

    public static (Finding[] Findings, ImmutableArray<Incident> Incidents) Investigate(RuleCatalog rules, string[] paths, int threads = 2)
    {
        using var index = new EventIndex();
        var options = new EvidenceOptions { Threads = threads };
        EvidenceFiles files = EvidenceFiles.Find(paths, options, TestContext.Current.CancellationToken);
        using InvestigationResult result = Investigation.Run(
            new InvestigationRequest { Files = files, Rules = rules, Evidence = options, CreateSinkBeside = index.CreateSink },
            progress: null,
            TestContext.Current.CancellationToken);
        Finding[] findings = [.. result.Findings()];
        var builder = new IncidentBuilder();
        foreach (Finding finding in findings)
        {
            builder.Add(finding);
        }

        return (findings, builder.Build(index, files, options, TestContext.Current.CancellationToken));
    }
}
