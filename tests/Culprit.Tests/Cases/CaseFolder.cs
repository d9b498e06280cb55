using System.Text;
using System.Text.Json;
using Culprit.Cases;
using Culprit.Cases.Storage;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Tests.Evidence;

namespace Culprit.Tests.Cases;

/// <summary>Evidence, rules, a key and a folder for a case, of one test alone.</summary>
internal sealed class CaseFolder : IDisposable
{
    private const string BaseRule = """
        title: Tool three
        id: 11111111-1111-4111-8111-111111111111
        name: tool_three
        level: {0}
        tags: [attack.execution, attack.t1059.001]
        logsource: {{ category: process_creation, product: windows }}
        detection:
            selection:
                Image|endswith: '\tool3.exe'
            condition: selection
        """;

    private const string Correlation = """
        title: Tool three again and again
        id: 22222222-2222-4222-8222-222222222222
        level: high
        correlation:
            type: event_count
            rules: [tool_three]
            group-by: [User]
            timespan: 1h
            condition:
                gte: 5
            generate: true
        """;

    private readonly EvidenceFolder _folder = new();

    public CaseFolder()
    {
        Evidence = _folder.Of("evidence");
        for (int i = 0; i < 3; i++)
        {
            _folder.Add($"evidence/pc{i}.evtx", EvidenceFolder.EventLog(20, $"pc{i}.example", i * 5));
        }

        _folder.Add("evidence/copy.evtx", File.ReadAllBytes(Evidence + "/pc1.evtx"));
        _folder.Add("evidence/notes.txt", "no log");
        Signer = CaseSigner.OpenOrCreate(_folder.Of("key/signing-key.pem"));
    }

    /// <summary>The folder of the evidence.</summary>
    public string Evidence { get; }

    /// <summary>The folder of the case.</summary>
    public string Case => _folder.Of("case");

    /// <summary>The key.</summary>
    public CaseSigner Signer { get; }

    /// <summary>Who works on it.</summary>
    public CaseActor Actor => new() { Who = "anna@lab", Tool = "culprit test", Clock = TimeProvider.System, Signer = Signer };

    /// <summary>The rules: one that finds, and one that joins what it finds.</summary>
    public static RuleCatalog Rules(string level = "medium") => RuleCatalog.Load(
        [
            new RuleFile("rules/base.yml", Encoding.UTF8.GetBytes(string.Format(System.Globalization.CultureInfo.InvariantCulture, BaseRule, level))),
            new RuleFile("rules/correlation.yml", Encoding.UTF8.GetBytes(Correlation)),
        ],
        logSources: null, "test", cache: null);

    /// <summary>Where something lies below the test's folder.</summary>
    public string Of(string name) => _folder.Of(name);

    /// <summary>Writes a file below the test's folder.</summary>
    public string Add(string name, byte[] content) => _folder.Add(name, content);

    /// <summary>The evidence below some paths, to be judged by some rules.</summary>
    public static InvestigationRequest Request(RuleCatalog rules, params string[] paths)
    {
        var options = new EvidenceOptions { Threads = 2 };
        return new InvestigationRequest { Files = EvidenceFiles.Find(paths, options, CancellationToken.None), Rules = rules, Evidence = options };
    }

    /// <summary>Investigates with the case.</summary>
    public CaseResult Investigate(params string[] paths) => Investigate(Keep(paths));

    /// <summary>Investigates with the case.</summary>
    public static CaseResult Investigate(CaseRequest request) => CaseInvestigation.Run(request, progress: null, CancellationToken.None);

    /// <summary>A request that commits after every file.</summary>
    public CaseRequest Keep(params string[] paths) => new()
    {
        Folder = Case,
        Investigation = Request(Rules(), paths.Length == 0 ? [Evidence] : paths),
        Actor = Actor,
        CommitEvery = 1,
    };

    /// <summary>Verifies the case.</summary>
    public CaseCheck[] Verify(Func<VerifyRequest, VerifyRequest>? change = null)
    {
        var request = new VerifyRequest { Folder = Case, Tool = "culprit test" };
        return [.. CaseVerifier.Verify(change?.Invoke(request) ?? request, CancellationToken.None)];
    }

    /// <summary>What a result says, as text that is equal where the results are.</summary>
    public static string[] Text(InvestigationResult result)
    {
        CaseJson json = CaseJson.WithSources(static _ => throw new NotSupportedException());
        return
        [
            .. result.Findings().Select(finding => JsonSerializer.Serialize(finding, json.Finding)),
            .. result.Coverage.Sources.Select(static s => $"{s.Source.Path} {s.Source.Sha256} {s.Format} {s.RecordsGood} {s.NotReadReason}"),
            $"{result.Coverage.BytesGiven} {result.Coverage.BytesRead} {result.Coverage.RecordsGood} {result.Coverage.Stopped}",
        ];
    }

    /// <summary>What one run over the paths says.</summary>
    public static string[] Whole(RuleCatalog rules, params string[] paths)
    {
        using InvestigationResult result = Investigation.Run(Request(rules, paths), progress: null, CancellationToken.None);
        return Text(result);
    }

    public void Dispose()
    {
        Signer.Dispose();
        _folder.Dispose();
    }
}
