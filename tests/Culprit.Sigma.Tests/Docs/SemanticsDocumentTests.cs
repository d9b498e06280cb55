using System.Text.RegularExpressions;
using Culprit.TestSupport;

namespace Culprit.Sigma.Tests.Docs;

/// <summary>docs/sigma-semantics.md says what rules mean; its examples and tables are held to it.</summary>
public sealed partial class SemanticsDocumentTests
{
    private static string Document { get; } = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "sigma-semantics.md")).ReplaceLineEndings("\n");

    [GeneratedRegex("^```yaml example\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Example { get; }

    [GeneratedRegex(@"^\| (?<code>SIG\d{4}) \| (?<severity>\w+) \| (?<title>.*) \|$", RegexOptions.Multiline, 1000)]
    private static partial Regex DiagnosticRow { get; }

    [GeneratedRegex("^```yaml\n(?<text>sources:.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex MapExample { get; }

    /// <summary>Each example, named by its line in the document.</summary>
    public static TheoryData<int> Examples() => [.. Example.Matches(Document).Select(m => Document.AsSpan(0, m.Index).Count('\n') + 1)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_holds(int line)
    {
        Match example = Example.Matches(Document).First(m => Document.AsSpan(0, m.Index).Count('\n') + 1 == line);
        new SemanticsExample(example.Groups["text"].Value).Check();
    }

    [Fact]
    public void No_example_goes_untested() =>
        Assert.Equal(Document.Split("```yaml example\n").Length - 1, Examples().Count);

    [Fact]
    public void Every_kind_of_diagnostic_is_listed() =>
        Assert.Equal(
            DiagnosticKinds.All.Select(k => (k.Code, k.Severity.ToString(), k.Title)),
            DiagnosticRow.Matches(Document).Select(m => (m.Groups["code"].Value, m.Groups["severity"].Value, m.Groups["title"].Value)));

    [Fact]
    public void Every_modifier_is_listed()
    {
        int start = Document.IndexOf("## Modifiers", StringComparison.Ordinal);
        string table = Document[start..Document.IndexOf("### neq", start, StringComparison.Ordinal)];
        Assert.All(Semantics.ModifierNames, name => Assert.Contains($"`{name}`", table, StringComparison.Ordinal));
    }

    [Fact]
    public void The_example_of_a_map_extends_the_map()
    {
        string yaml = MapExample.Match(Document).Groups["text"].Value;
        LogSourceMap map = LogSourceMap.Extend(LogSourceMap.Default, Reference.Rules.Source(yaml, "map.yml"), out var diagnostics);
        Assert.Empty(diagnostics);
        Assert.Equal(3, map.Resolve(new("windows", "process_creation", "")).Length);
    }

    private static class Semantics
    {
        public static IEnumerable<string> ModifierNames => Sigma.Semantics.ModifierChain.Known.Keys.Order(StringComparer.Ordinal);
    }
}
