using System.Text.Json;
using Culprit.TestSupport;

namespace Culprit.Cli.Tests.Commands;

/// <summary><c>culprit evaluate</c> on knowledge that somebody made by hand.</summary>
public sealed class EvaluateTests
{
    private const string NoGroups = "culprit-facts\t1\norigin\tattack\tATT&CK\t1\t2020-01-01\tterms\t\ntechnique\tT1003\tDumping\t\tcredential-access\tWindows\n";

    private const string OneGroup = "culprit-facts\t1\norigin\tattack\tATT&CK\t1\t2020-01-01\tterms\t\nsource\t1\tOne\tVendor\t2021-06\thttps://example.org/\n"
        + "technique\tT1003\tDumping\t\tcredential-access\tWindows\ngroup\tG0001\tFirst\t2017-05-31\nuses\tG0001\tT1003\t1\n";

    private static readonly string Enough = SmallFacts.Of(isDated: true, 4, 4, 4, 4, 4, 4);

    private const string Bundle = """
        {"type":"bundle","id":"bundle--1","objects":[{"type":"intrusion-set","id":"intrusion-set--00000000-0000-4000-8000-000000000001","name":"First","created":"2017-05-31T21:31:48.664Z",
        "external_references":[{"source_name":"mitre-attack","external_id":"G0001"}]}]}
        """;

    [Theory]
    [InlineData("attribution", NoGroups)]
    [InlineData("attribution", OneGroup)]
    [InlineData("attribution", Bundle)]
    [InlineData("linking", NoGroups)]
    [InlineData("linking", OneGroup)]
    [InlineData("linking", Bundle)]
    public void Evaluating_knowledge_with_too_little_history_says_so(string what, string knowledge)
    {
        using var program = new TestProgram();

        Outcome outcome = program.Run("evaluate", what, "--knowledge", program.Write("knowledge", knowledge));

        Assert.Equal(
            (ExitCodes.Failed, "", "culprit: nothing was evaluated: the knowledge holds too little dated history, which takes dated reports on several groups.\n"),
            (outcome.Code, outcome.Out, outcome.Error));
    }

    [Fact]
    public void Attribution_is_told_as_tables_and_each_case_where_it_is_wanted()
    {
        using var program = new TestProgram();
        string knowledge = program.Write("knowledge", Enough);

        Outcome tables = program.Run("evaluate", "attribution", "--knowledge", knowledge), cases = program.Run("evaluate", "attribution", "--knowledge", knowledge, "--cases");

        Assert.Equal((ExitCodes.Done, ""), (tables.Code, tables.Error));
        Assert.Matches(@"\nreports, full +\d+ +\d+ ", tables.Out);
        Assert.Matches(@"\n  realistic possibility +\d+ judgements, right \d", tables.Out);
        Assert.Equal((ExitCodes.Done, ""), (cases.Code, cases.Error));
        Assert.StartsWith(tables.Out, cases.Out, StringComparison.Ordinal);
        Assert.Matches(@"\nreports, full: Report \d+ \(20\d\d\) G000\d ", cases.Out[tables.Out.Length..]);
    }

    [Fact]
    public void Attribution_is_written_for_programs_as_the_documentation_says()
    {
        using var program = new TestProgram();
        string[] arguments = ["evaluate", "attribution", "--knowledge", program.Write("knowledge", Enough), "--format", "jsonl"];

        Outcome without = program.Run(arguments), with = program.Run([.. arguments, "--cases"]);

        Assert.Equal((ExitCodes.Done, "", ExitCodes.Done, ""), (without.Code, without.Error, with.Code, with.Error));
        JsonElement[] lines = Lines(with.Out);
        Assert.Equal(["score", "word", "false_flag", "said", "case"], lines.Select(Kind).Distinct(StringComparer.Ordinal));
        Assert.Equal(lines.Where(static l => Kind(l) != "case").Select(static l => l.GetRawText()), Lines(without.Out).Select(static l => l.GetRawText()));
        Assert.Equal(
            ["remote_chance", "highly_unlikely", "unlikely", "realistic_possibility", "likely", "highly_likely", "almost_certain"],
            lines.Where(static l => Kind(l) == "word").Select(static l => l.GetProperty("word").GetString()));
        string documentation = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "cli.md"));
        string section = documentation[documentation.IndexOf("\n## Evaluation\n", StringComparison.Ordinal)..];
        Assert.All(
            lines.SelectMany(static l => l.EnumerateObject().Select(static p => p.Name)).Distinct(StringComparer.Ordinal),
            name => Assert.Contains($"`{name}`", section, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("attribution")]
    [InlineData("linking")]
    public void Whoever_interrupts_it_is_told_so(string what)
    {
        using var program = new TestProgram { Stopped = true };

        Outcome outcome = program.Run("evaluate", what, "--knowledge", program.Write("knowledge", Enough));

        Assert.Equal((ExitCodes.Interrupted, "", "culprit: interrupted\n"), (outcome.Code, outcome.Out, outcome.Error));
    }

    [Fact]
    public void Linking_is_told_as_tables()
    {
        using var program = new TestProgram();

        Outcome outcome = program.Run("evaluate", "linking", "--knowledge", program.Write("knowledge", SmallFacts.Of(isDated: true, 3, 3, 3, 3, 3)));

        Assert.Equal((ExitCodes.Done, ""), (outcome.Code, outcome.Error));
        Assert.Matches(@"\nweight +fitted +in use\n", outcome.Out);
    }

    private static JsonElement[] Lines(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonSerializer.Deserialize<JsonElement>(line))];

    private static string Kind(JsonElement line) => line.GetProperty("kind").GetString()!;
}
