namespace Culprit.Cli.Tests.Commands;

/// <summary><c>culprit evaluate</c> on knowledge that somebody made by hand.</summary>
public sealed class EvaluateTests
{
    private const string NoGroups = "culprit-facts\t1\norigin\tattack\tATT&CK\t1\t2020-01-01\tterms\t\ntechnique\tT1003\tDumping\t\tcredential-access\tWindows\n";

    private const string OneGroup = "culprit-facts\t1\norigin\tattack\tATT&CK\t1\t2020-01-01\tterms\t\nsource\t1\tOne\tVendor\t2021-06\thttps://example.org/\n"
        + "technique\tT1003\tDumping\t\tcredential-access\tWindows\ngroup\tG0001\tFirst\t2017-05-31\nuses\tG0001\tT1003\t1\n";

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
}
