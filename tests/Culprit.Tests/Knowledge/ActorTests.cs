using Culprit.Knowledge;
using static Culprit.Tests.Knowledge.Bundles;

namespace Culprit.Tests.Knowledge;

public sealed class ActorTests
{
    [Fact]
    public void An_actor_is_read_with_its_claims()
    {
        KnowledgeBase knowledge = Build(out IReadOnlyList<KnowledgeWarning> warnings, Cluster(Actor(1, "APT28", """
            "attribution-confidence":"50","cfr-suspected-state-sponsor":"Russian Federation","country":"RU","synonyms":["Sofacy","APT28","Sofacy"],
            "cfr-suspected-victims":["Georgia","NATO","Korea (Republic of)"],"cfr-target-category":["Government"],"targeted-sector":["Defense"],
            "refs":["https://example.org/report","javascript:alert(1)"]
            """)));

        KnownActor actor = knowledge.Actor(Uuid(1))!;
        Assert.Empty(warnings);
        Assert.Equal(("RU", 50, "Russian Federation"), (actor.Country, actor.Confidence, actor.Sponsor));
        Assert.Equal(["Sofacy"], actor.Aliases);
        Assert.Equal(["GE", "KR"], actor.Victims!.Countries);
        Assert.Equal(["Defense", "Government"], actor.Victims.Sectors);
        Assert.Equal(["NATO"], actor.Victims.Others);
        Assert.Equal(["https://example.org/report"], actor.References);
        Assert.Equal(("MISP galaxy threat-actor", "7"), (knowledge.Origins[0].Name, knowledge.Origins[0].Version));
    }

    [Theory]
    [InlineData("50", 50)]
    [InlineData("\"50\"", 50)]
    [InlineData("0", 0)]
    [InlineData("101", null)]
    [InlineData("-1", null)]
    [InlineData("2.5", null)]
    public void A_confidence_may_be_a_number(string written, int? confidence)
    {
        KnowledgeBase knowledge = Build(out IReadOnlyList<KnowledgeWarning> warnings, Cluster(Actor(1, "A", $""" "attribution-confidence":{written} """)));

        Assert.Equal(confidence, knowledge.Actor(Uuid(1))!.Confidence);
        Assert.Equal(confidence is null ? 1 : 0, warnings.Count);
    }

    [Theory]
    [InlineData(""" "country":["RU","CN"] """, "'country' is no text; left out")]
    [InlineData(""" "cfr-suspected-state-sponsor":{} """, "'cfr-suspected-state-sponsor' is no text; left out")]
    [InlineData(""" "attribution-confidence":true """, "'attribution-confidence' is no number; left out")]
    [InlineData(""" "synonyms":["Known",5] """, "'synonyms' holds what is no text; that is left out")]
    [InlineData(""" "refs":7 """, "'refs' is no list of texts; left out")]
    public void What_is_of_another_type_is_told(string meta, string told)
    {
        KnowledgeBase knowledge = Build(out IReadOnlyList<KnowledgeWarning> warnings, Cluster(Actor(1, "A", meta)));

        Assert.Equal("A", Assert.Single(knowledge.Actors).Name);
        Assert.Equal(("file-0.json, actor 1", told), (Assert.Single(warnings).Where, warnings[0].What));
    }

    [Theory]
    [InlineData("\"x\"", 1)]
    [InlineData("[]", 1)]
    [InlineData("null", 0)]
    [InlineData("{\"country\":null}", 0)]
    public void A_meta_that_is_no_object_is_told(string meta, int count)
    {
        Build(out IReadOnlyList<KnowledgeWarning> warnings, Cluster($$"""{"value":"A","uuid":"{{Uuid(1)}}","meta":{{meta}}}"""));

        Assert.Equal(Enumerable.Repeat("'meta' is no object; left out", count), warnings.Select(static w => w.What));
    }

    [Fact]
    public void What_is_wrong_in_one_actor_is_told_and_loses_nothing_else()
    {
        KnowledgeBase knowledge = Build(out IReadOnlyList<KnowledgeWarning> warnings, Cluster(
            "7",
            """{"value":"No UUID"}""",
            Actor(1, "A", """ "country":"Atlantis","attribution-confidence":"101","synonyms":7 """),
            Actor(1, "Same UUID"),
            Actor(2, "B", """ "country":"" """)));

        Assert.Equal(["A", "B"], knowledge.Actors.Select(a => a.Name));
        Assert.Null(knowledge.Actors[0].Country);
        Assert.Null(knowledge.Actors[0].Confidence);
        Assert.Equal(6, warnings.Count);
        Assert.Contains(warnings, w => w.Where == "file-0.json, actor 3" && w.What.Contains("Atlantis", StringComparison.Ordinal));
    }

    [Fact]
    public void A_group_and_an_actor_that_share_names_with_nobody_else_are_the_same()
    {
        KnowledgeBase knowledge = Build(
            Bundle(Group("G0016", "APT29", "APT29 is a suspected Russian group.", ""","aliases":["APT29","Cozy Bear"]""")),
            Cluster(Actor(1, "CozyBear", """ "country":"RU","attribution-confidence":"75","cfr-suspected-state-sponsor":"Russian Federation","cfr-suspected-victims":["Norway"] """), Actor(2, "Other")));

        KnownGroup group = Assert.Single(knowledge.Groups);
        Assert.Equal([Uuid(1)], group.ActorIds);
        Assert.Empty(knowledge.Questions);
        Assert.Equal(2, group.Countries.Length);
        Assert.Equal(("RU", ClaimOrigin.Attack, true, null), (group.Countries[0].Country, group.Countries[0].Origin, group.Countries[0].Suspected, group.Countries[0].Confidence));
        Assert.Equal(("RU", ClaimOrigin.MispGalaxy, 75, Uuid(1)), (group.Countries[1].Country, group.Countries[1].Origin, group.Countries[1].Confidence, group.Countries[1].ActorId));
        Assert.Equal(("Russian Federation", "RU"), (Assert.Single(group.Sponsors).Sponsor, group.Sponsors[0].Country));
        Assert.Equal(["NO"], group.Victims!.Countries);
    }

    [Fact]
    public void Names_shared_with_several_stay_a_question()
    {
        KnowledgeBase knowledge = Build(
            Bundle(
                Group("G0001", "Winnti", more: ""","aliases":["Winnti","Blackfly"]"""),
                Group("G0002", "Barium", more: ""","aliases":["Barium"]"""),
                Group("G0003", "Alone")),
            Cluster(
                Actor(1, "Winnti", """ "country":"CN","synonyms":["BARIUM","G0001","G0003"] """),
                Actor(2, "Black-Fly", """ "country":"KP" """)));

        Assert.All(knowledge.Groups, g => Assert.Empty(g.ActorIds));
        Assert.All(knowledge.Groups, g => Assert.Empty(g.Countries));
        Assert.Equal(["G0001", "G0002"], knowledge.Questions.Select(q => q.GroupId));
        Assert.Equal([QuestionKind.SeveralActors, QuestionKind.SharedActor], knowledge.Questions.Select(q => q.Kind));
        CandidateActor candidate = knowledge.Questions[0].Candidates[0];
        Assert.Equal((Uuid(1), "Winnti"), (candidate.ActorId, candidate.ActorName));
        Assert.Equal(["G0001", "Winnti"], candidate.SharedNames);
        Assert.Equal(["G0002"], candidate.OtherGroups);
        Assert.Equal(["Blackfly"], knowledge.Questions[0].Candidates[1].SharedNames);
    }

    [Fact]
    public void What_no_file_gives_is_kept_of_what_there_was()
    {
        KnowledgeBase whole = Build(Bundle(Group("G0001", "Old")), Cluster(Actor(1, "Old"), Actor(2, "New")));
        var builder = new KnowledgeBuilder();
        builder.Keep(whole);
        using var newer = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Bundle(Group("G0002", "New"))));
        builder.Add("newer.json", newer);

        KnowledgeBase built = builder.Build();

        Assert.Equal(["G0002"], built.Groups.Select(g => g.Id));
        Assert.Equal([Uuid(2)], built.Groups[0].ActorIds);
        Assert.Equal(2, built.Origins.Count);
    }
}
