using Culprit.Attribution;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>What files that lists hold carry, by their names and by their contents.</summary>
public sealed class ListedFilesTests
{
    private static readonly Attributor Attributor = new(KnowledgeBase.Embedded);

    // Whoever can make a file can give it a name that a list holds.
    [Fact]
    public void The_name_of_a_file_names_nobody_and_makes_nothing_sounder()
    {
        int named = 0;
        foreach (KnownGroup group in KnowledgeBase.Embedded.Groups)
        {
            string[] techniques = [.. group.Techniques.Where(static t => !t.Sources.IsEmpty).Select(static t => t.Target).Take(8)];
            Observation path = Observed.Path("programdata/update/svc.dll", group.Id, 2020);
            Assessment few = Assess([.. Observed.Of(string.Join(' ', techniques.Take(2))), path]), many = Assess([.. Observed.Of(string.Join(' ', techniques)), path]);

            Assert.NotEqual(Verdict.NamedGroup, few.Verdict);
            Assert.True(many.Verdict != Verdict.NamedGroup || many.Confidence == AnalyticConfidence.Low, group.Name);
            Assert.Equal(Spoofability.Easy, few.Observations.Single(static o => o.Observation.Kind == ObservationKind.Indicator).Spoofability);
            named += many.Verdict == Verdict.NamedGroup ? 1 : 0;
        }

        Assert.True(named > 5, $"{named} groups are named by eight of their techniques");
    }

    // Antivirus names the file, and a list holds its hash: one file.
    [Fact]
    public void Malware_and_a_listed_file_of_the_same_group_are_dropped_together()
    {
        string malware = Observed.OwnMalware("G0034")[0];
        Observation[] without = Observed.Of(malware + " T1218.011 T1053.005 T1112 T1561.002 T1485");
        Assessment one = Assess(without), both = Assess([.. without, Observed.Hash('a', 64, "G0034", 2020)]);

        Assert.Equal(Verdict.NamedGroup, both.Verdict);
        Assert.Equal((one.Group!.Likelihood, one.Group.Confidence), (both.Group!.Likelihood, both.Group.Confidence));
        Assert.Equal([malware, new string('a', 64)], both.WithoutStrongest!.Dropped.Select(i => both.Observations[i].Observation.Value).OrderBy(static v => v.Length));
    }

    [Fact]
    public void A_listed_file_is_one_of_a_groups_malware_and_not_all_of_it()
    {
        string[] malware = Observed.OwnMalware("G0034");
        Observation[] observed = [.. Observed.Of($"{malware[0]} {malware[1]}"), Observed.Hash('a', 64, "G0034", 2020), Observed.Hash('b', 64, "G0007", 2020) is var b ? b with { Indicators = [b.Indicators[0] with { List = "other" }] } : b];

        Assert.Equal([[0, 2], [1], [3]], Causes.Of(observed, Observed.Scales(2020)).Select(static c => c.ToArray()));
    }

    private static Assessment Assess(Observation[] observed) => Attributor.Assess(observed, new AssessmentOptions { Year = 2020 });
}
