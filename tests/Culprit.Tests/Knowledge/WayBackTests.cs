using Culprit.Knowledge;
using static Culprit.Tests.Knowledge.Bundles;

namespace Culprit.Tests.Knowledge;

/// <summary>From what is used to who uses it.</summary>
public sealed class WayBackTests
{
    private static readonly KnowledgeBase Known = Read("culprit-facts\t1\norigin\tattack\tATT&CK\t1\t\tterms\t\n"
        + "source\t1\tOne\t\t\t\nsource\t2\tTwo\t\t\t\n"
        + "technique\tT1003\tDumping\t\timpact\t\ntechnique\tT1005\tData\t\timpact\t\n"
        + "software\tS0001\tWorm\tmalware\t\n"
        + "group\tG0001\tFirst\t2017-05-31\ngroup\tG0002\tOther\t2018-05-31\n"
        + "campaign\tC0001\tRaid\t\t\ncampaign\tC0002\tRaids\t\t\n"
        + "successor\tT1086\tT1003\n"
        + "attributed\tC0001\tG0001\t2\nattributed\tC0002\tG0001\t\n"
        + "uses\tC0002\tT1003\t1\nuses\tG0001\tS0001\t\nuses\tG0001\tT1003\t1,2\nuses\tG0002\tT1003\t\nuses\tS0001\tT1003\t2\n"
        + "exploits\tC0001\tCVE-2020-0688\t1\nexploits\tG0002\tCVE-2020-0688\t2\n");

    [Theory]
    [InlineData("T1003", "G0001 One Two, G0002", "C0002 One", "S0001 Two")]
    [InlineData("T1086", "G0001 One Two, G0002", "C0002 One", "S0001 Two")]
    [InlineData("S0001", "G0001", "", "")]
    [InlineData("cve-2020-0688", "G0002 Two", "C0001 One", "")]
    [InlineData("T1005", "", "", "")]
    public void Who_uses_something_is_told_with_who_says_so(string id, string groups, string campaigns, string software)
    {
        Assert.Equal((groups, campaigns, software), (Told(Known.GroupsUsing(id)), Told(Known.CampaignsUsing(id)), Told(Known.SoftwareUsing(id))));
    }

    [Fact]
    public void Campaigns_of_a_group_are_those_attributed_to_it()
    {
        Assert.Equal("C0001 Two, C0002", Told(Known.CampaignsOf("G0001")));
        Assert.Empty(Known.CampaignsOf("G0002"));
    }

    private static string Told(IEnumerable<Relation> relations) => string.Join(", ", relations.Select(static r => string.Join(' ', r.Sources.Select(static s => s.Name).Prepend(r.Target))));
}
