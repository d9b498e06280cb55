namespace Culprit.Cli.Tests.Commands;

public sealed class KnowledgeUpdateTests
{
    [Fact]
    public void That_most_actors_are_gone_is_told()
    {
        using var program = new TestProgram();
        string cluster = program.Write("threat-actor.json", """{"type":"threat-actor","version":1,"values":[{"uuid":"7f8a1a1e-0a57-4a6e-9d8a-0c1d6ab9f001","value":"Quiet Owl"}]}""");

        Outcome outcome = program.Run("knowledge", "update", "--from", cluster);

        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.Matches("\n1 MISP actor instead of [0-9],[0-9]{3}: what is not among them cannot be named any more\\. Install the cluster threat-actor.json of the MISP galaxy, if that is not meant\\.\n", outcome.Out);
        Assert.DoesNotContain("group instead of", outcome.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("knowledge", "http://me:secret@example.org/attack.facts", "http://example.org/attack.facts")]
    [InlineData("rules", "http://me:secret@example.org/attack.facts", "http://example.org/attack.facts")]
    [InlineData("knowledge", "https://me:sec ret@example.org:x/attack.facts", "https://example.org:x/attack.facts is no address")]
    public void A_password_in_an_address_is_not_told(string what, string from, string told)
    {
        using var program = new TestProgram();

        Outcome outcome = program.Run(what, "update", "--from", from);

        Assert.Equal(ExitCodes.NotRead, outcome.Code);
        Assert.Contains(told, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("me:", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ret", outcome.Error, StringComparison.Ordinal);
    }
}
