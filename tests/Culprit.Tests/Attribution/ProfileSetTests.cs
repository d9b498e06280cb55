using System.Text;
using Culprit.Attribution.Profiles;
using Culprit.Knowledge;
using Culprit.TestSupport;

namespace Culprit.Tests.Attribution;

/// <summary>What is known of a group at a time, source by source.</summary>
public sealed class ProfileSetTests
{
    // Reports 1 (2018), 2 (2019) and 3 (2020) are of the group; report 1 also tells of a campaign, of which report 3 says whose it was.
    private static readonly ActivityIndex Index = ActivityIndex.Of(KnowledgeBase.Read(new MemoryStream(Encoding.UTF8.GetBytes(
        SmallFacts.Of(isDated: true, 3)
            .Replace("group\tG0000\tGroup 0\t2015-01-01\n", "group\tG0000\tGroup 0\t2015-01-01\ncampaign\tC0001\tCampaign\t2018-01-01\t2018-02-01\nattributed\tC0001\tG0000\t3\n", StringComparison.Ordinal)
            + "uses\tC0001\tT1012\t1\n"))));

    [Fact]
    public void A_campaign_counts_as_its_group_s_once_somebody_said_so()
    {
        Assert.DoesNotContain(Index.Feature("T1012"), KnownBefore(2020).Strength.Keys);
        Assert.Contains(Index.Feature("T1012"), KnownBefore(2021).Strength.Keys);
    }

    [Fact]
    public void One_source_is_one_report_however_its_parts_became_known_of_the_group()
    {
        GroupProfile profile = KnownBefore(2021);

        Assert.Equal([1, 2, 3], profile.Reports.Select(static r => r.Activity.Source.Number));
        Assert.Contains(Index.Feature("T1012"), profile.Reports[0].Activity.Features);
        Assert.DoesNotContain(Index.Feature("T1012"), profile.Reports[0].Activity.OfGroup);
        Assert.Equal(2018, profile.Reports[0].Activity.Year);
    }

    private static GroupProfile KnownBefore(int year) => Assert.Single(new ProfileSet(Index, year, a => a.Year < year).Profiles);
}
