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
    [InlineData("[Grid](https://attack.mitre.org/software/S9006) is a malware toolkit that has been used by both criminal and APT actors.")]
    [InlineData("A remote access tool with plugins that has been used likely by multiple threat groups since 2010.(Citation: Somebody 2020)")]
    [InlineData("The source code is public and it has been used by many groups.")]
    [InlineData("It was first thought to be one group's, but has since been observed to be used by various Chinese threat activity groups.")]
    [InlineData("The family is shared across a number of actors including [One](https://attack.mitre.org/groups/G9001).")]
    [InlineData("Its source code was leaked online, leading to their use by various threat actors.")]
    [InlineData("[Ivy](https://attack.mitre.org/software/S9007) is a popular remote access tool (RAT).")]
    [InlineData("[Zor](https://attack.mitre.org/software/S9008) is a commercial Trojan that steals passwords.")]
    [InlineData("It is available for purchase on the dark web.")]
    [InlineData("[Log](https://attack.mitre.org/software/S9009) is a publicly released, free backdoor.")]
    [InlineData("[Load](https://attack.mitre.org/software/S9010) is modular code sold in the cybercrime market.")]
    public void What_is_offered_to_others_or_used_by_many_is_commodity(string description) => Assert.True(SoftwareDescription.IsCommodity(description));

    [Theory]
    [InlineData("")]
    [InlineData("[Back](https://attack.mitre.org/software/S9005) is a backdoor that one group has used since 2015.")]
    [InlineData("It is based on a publicly available tool called Shell.")]
    [InlineData("A heavily modified version of the publicly available tool Power.")]
    [InlineData("The payload uses code snippets freely available online.")]
    [InlineData("It shares code similarities with another RaaS.")]
    [InlineData("It is mostly of its own, but also has some open source parts.")]
    [InlineData("It is a backdoor for commercial targets, used in several campaigns against multiple sectors.")]
    [InlineData("It is a wiper that was used against multiple government organizations.")]
    [InlineData("It is used by [One](https://attack.mitre.org/groups/G9001) and has multiple variants.")]
    [InlineData("It is based on Shell, a tool that has been used by many groups.")]
    [InlineData("Its original source code was leaked, allowing threat actors to use it as a basis for new malware.")]
    [InlineData("It was delivered with pirated versions of popular software on forums.")]
    [InlineData("It was used by multiple operators of one group.")]
    public void What_was_made_of_something_public_or_is_used_in_many_places_is_not(string description) => Assert.False(SoftwareDescription.IsCommodity(description));

    [Fact]
    public void A_hostile_description_ends()
    {
        Assert.False(SoftwareDescription.IsCommodity(new string('a', 100_000)));
        Assert.False(SoftwareDescription.IsCommodity(string.Concat(Enumerable.Repeat("a.b!c?", 20_000))));
        Assert.False(SoftwareDescription.IsCommodity(string.Concat(Enumerable.Repeat("is a is a ", 20_000))));
        Assert.False(SoftwareDescription.IsCommodity(string.Concat(Enumerable.Repeat("used by both by many ", 20_000))));
    }

    [Theory]
    [InlineData("S1068", SoftwareKind.Commodity)]
    [InlineData("S0089", SoftwareKind.Commodity)]
    [InlineData("S0010", SoftwareKind.Commodity)]
    [InlineData("S0033", SoftwareKind.Malware)]
    [InlineData("S0559", SoftwareKind.Malware)]
    [InlineData("S0002", SoftwareKind.Tool)]
    public void What_ships_tells_them_apart(string id, SoftwareKind kind) => Assert.Equal(kind, KnowledgeBase.Embedded.SoftwareOf(id)!.Kind);
}
