using System.Globalization;
using System.Text;
using Culprit.TestSupport;

namespace Culprit.Sigma.Tests.Syntax;

/// <summary>
/// Rules beside what is said of them. <c>CULPRIT_UPDATE_GOLDEN=1</c> writes the expected files anew, which CI refuses.
/// </summary>
public sealed class DiagnosticGoldenTests
{
    private const string UpdateSwitch = "CULPRIT_UPDATE_GOLDEN";

    private static string Folder => Path.Combine(RepositoryRoot.Path, "tests", "Data", "Sigma", "Diagnostics");

    public static TheoryData<string> Cases() =>
        [.. Directory.EnumerateFiles(Folder, "*.in.yml").Select(f => Path.GetFileName(f).Replace(".in.yml", "")).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rules_get_the_diagnostics_beside_them(string name)
    {
        string actual = Describe(Load(name));
        string expectedPath = Path.Combine(Folder, name + ".out.txt");
        if (Environment.GetEnvironmentVariable(UpdateSwitch) == "1")
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", $"{UpdateSwitch} is not allowed in CI: expected output is reviewed, not made");
            File.WriteAllText(expectedPath, actual);
        }

        Assert.Equal(File.ReadAllText(expectedPath).ReplaceLineEndings("\n"), actual);
    }

    [Fact]
    public void Every_kind_of_diagnostic_is_shown()
    {
        // These need a file that is no text, a file of many megabytes, two files, or a map of log sources.
        string[] elsewhere = ["SIG0002", "SIG0005", "SIG0101", "SIG0200"];
        IEnumerable<string> shown = Cases().SelectMany(row => Load(row.Data).Diagnostics).Select(d => d.Code).Concat(elsewhere);
        Assert.Equal(DiagnosticKinds.All.Select(k => k.Code), shown.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Codes_are_unique_and_in_order() =>
        Assert.Equal(DiagnosticKinds.All.Select(k => k.Code).Distinct().Order(StringComparer.Ordinal), DiagnosticKinds.All.Select(k => k.Code));

    private static SigmaRuleSet Load(string name)
    {
        string text = File.ReadAllText(Path.Combine(Folder, name + ".in.yml")).ReplaceLineEndings("\n");
        return SigmaRuleSet.Load([new SigmaSource(name + ".in.yml", Encoding.UTF8.GetBytes(text))]);
    }

    private static string Describe(SigmaRuleSet loaded)
    {
        var text = new StringBuilder();
        foreach (SigmaDiagnostic d in loaded.Diagnostics)
        {
            text.Append(CultureInfo.InvariantCulture, $"{d.Location.Line}:{d.Location.Column} {d.Severity} {d.Code}: {d.Message}\n");
            if (d.SourceLine.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"    | {d.SourceLine}\n    | {new string(' ', Math.Max(0, d.Location.Column - 1))}^\n");
            }

            if (d.Help.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"    help: {d.Help}\n");
            }
        }

        return text.Append(CultureInfo.InvariantCulture, $"loaded: rules {loaded.Rules.Length}, correlations {loaded.Correlations.Length}, filters {loaded.FilterCount}; refused: {loaded.RefusedCount}\n").ToString();
    }
}
