using Culprit.Knowledge;
using Culprit.Knowledge.Attack;

namespace Culprit.Tests.Knowledge;

public sealed class SoftwareDescriptionTests
{
    [Theory]
    [InlineData("[Lock](https://attack.mitre.org/software/S9001) is ransomware that is offered as Ransomware-as-a-Service (RaaS).")]
    [InlineData("It was seen first in 2019. Its author provides it as Malware as a Service.")]
    [InlineData("[Spy](https://attack.mitre.org/software/S9002) is a commercially available RAT, written in Delphi.")]
    [InlineData("[Kit](https://attack.mitre.org/software/S9003) is a small, open-source rootkit for Linux.")]
    [InlineData("A stealer, sold in underground forums since 2019.(Citation: Somebody 2020)")]
    [InlineData("[Drop](https://attack.mitre.org/software/S9004) is commodity malware")]
    public void What_is_offered_to_others_is_commodity(string description) => Assert.True(SoftwareDescription.IsCommodity(description));

    [Theory]
    [InlineData("")]
    [InlineData("[Back](https://attack.mitre.org/software/S9005) is a backdoor that one group has used since 2015.")]
    [InlineData("It is based on a publicly available tool called Shell.")]
    [InlineData("A heavily modified version of the publicly available tool Power.")]
    [InlineData("The payload uses code snippets freely available online.")]
    [InlineData("It shares code similarities with another RaaS.")]
    [InlineData("It is mostly of its own, but also has some open source parts.")]
    public void What_was_made_of_something_public_is_not(string description) => Assert.False(SoftwareDescription.IsCommodity(description));

    [Fact]
    public void A_hostile_description_ends()
    {
        Assert.False(SoftwareDescription.IsCommodity(new string('a', 100_000)));
        Assert.False(SoftwareDescription.IsCommodity(string.Concat(Enumerable.Repeat("a.b!c?", 20_000))));
        Assert.False(SoftwareDescription.IsCommodity(string.Concat(Enumerable.Repeat("is a is a ", 20_000))));
    }

    [Theory]
    [InlineData("S1068", SoftwareKind.Commodity)]
    [InlineData("S0559", SoftwareKind.Malware)]
    [InlineData("S0002", SoftwareKind.Tool)]
    public void What_ships_tells_them_apart(string id, SoftwareKind kind) => Assert.Equal(kind, KnowledgeBase.Embedded.SoftwareOf(id)!.Kind);
}
