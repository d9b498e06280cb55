using Culprit.Attribution;
using Culprit.Dossier.Attack;
using Culprit.Dossier.Measures;
using Culprit.Dossier.Model;
using Culprit.Dossier.Pictures;
using Culprit.Dossier.Tests.MadeUp;
using Culprit.Dossier.Text;
using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Dossier.Tests;

/// <summary>What the page is made from: sentences, measures, matrix, layouts.</summary>
public sealed class ModelTests
{
    private static readonly Chapter Rich = new DossierPage(MadeUpCases.Rich).Chapters[0];

    [Fact]
    public void Every_sentence_is_cited_or_a_judgement() =>
        Assert.All(new DossierPage(MadeUpCases.Rich).Chapters.SelectMany(c => c.Book.All), s => Assert.True(s.IsJudgement || !s.Events.IsEmpty || s.Basis.Length > 0, s.Text));

    // Hosts in the order of their first sign are no way that somebody went.
    [Fact]
    public void That_one_host_was_reached_from_another_is_said_with_a_movement_alone()
    {
        Assert.Contains(Rich.First.What, static one => one.Text.StartsWith("From web-01 it reached 4 more hosts with 2 accounts of people or services: fs-01, dc-01, ws-07 and ws-12.", StringComparison.Ordinal));

        Assert.Equal(
            ["It shows on 4 more hosts with 2 accounts of people or services, and no record says from where it came there: fs-01, dc-01, ws-07 and ws-12."],
            Further(static _ => false));
        Assert.Equal(
            [
                "From web-01 it reached 1 more host with 2 accounts of people or services: fs-01.",
                "It shows on 3 more hosts, and no record says from where it came there: dc-01, ws-07 and ws-12.",
            ],
            Further(static movement => movement.To == "fs-01"));
    }

    private static string[] Further(Func<Movement, bool> isRecorded)
    {
        DossierIncident first = MadeUpCases.Rich.Incidents[0];
        IncidentStory story = first.Incident.Story!;
        DossierIncident changed = first with { Incident = first.Incident with { Story = story with { Movements = [.. story.Movements.Where(isRecorded)] } } };
        DossierInput input = MadeUpCases.Rich with { Incidents = [changed, .. MadeUpCases.Rich.Incidents.Skip(1)] };
        return [.. new DossierPage(input).Chapters[0].First.What.Select(static one => one.Text).Where(static text => text.Contains("more host", StringComparison.Ordinal))];
    }

    [Theory]
    [InlineData("web-shell", Urgency.Now, "Take web-01 off the network, keep /portal/media/gallery/news.aspx as evidence")]
    [InlineData("accounts", Urgency.Now, "Lock svc_backup and mvogel,")]
    [InlineData("krbtgt", Urgency.Now, "change the password of krbtgt twice")]
    [InlineData("block-channels", Urgency.Now, "Block 203.0.113.77 in both directions")]
    [InlineData("services", Urgency.Now, "Stop and disable UpdSvc on ws-07")]
    [InlineData("tasks", Urgency.Now, "Disable \\Maintenance on dc-01")]
    [InlineData("forward-logs", Urgency.ThisWeek, "Forward the logs of web-01")]
    [InlineData("notify", Urgency.ThisWeek, "mice_01.jpg to mice_09.jpg (D:\\Research) and mice_10.jpg")]
    public void A_measure_is_for_this_incident(string id, Urgency urgency, string text)
    {
        With<Measure> measure = Assert.Single(Rich.Measures, measure => measure.Of.Id == id);
        Assert.Equal(urgency, measure.Of.Urgency);
        Assert.Contains(text, measure.Of.Text, StringComparison.Ordinal);
        Assert.NotEmpty(measure.Of.Events);
        Assert.DoesNotContain('{', measure.Of.Text);
    }

    [Theory]
    [InlineData("ransom")]
    [InlineData("phishing")]
    [InlineData("kerberoast")]
    [InlineData("remote-entry")]
    public void What_was_not_seen_calls_for_nothing(string id) => Assert.DoesNotContain(Rich.Measures, measure => measure.Of.Id == id);

    [Fact]
    public void Measures_have_names_of_their_own_and_the_urgent_come_first()
    {
        Assert.Equal(MeasureTable.Rules.Length, MeasureTable.Rules.Select(rule => rule.Id).Distinct().Count());
        Assert.True(Rich.Measures.Select(measure => measure.Of.Urgency).SequenceEqual(Rich.Measures.Select(measure => measure.Of.Urgency).Order()));
        Assert.InRange(Rich.Urgent.Length, 4, 6);
        Assert.All(MeasureTable.Rules.SelectMany(rule => rule.Techniques), id => Assert.NotEqual("", TechniqueNames.Of(id)));
    }

    [Fact]
    public void Names_of_techniques_are_many_and_each_belongs_to_one_that_is_known()
    {
        Assert.True(TechniqueNames.Count >= 200);
        Assert.Equal("LSASS Memory", TechniqueNames.Of("T1003.001"));
        Assert.Equal("", TechniqueNames.Of("T9999"));
        Assert.True(TechniqueNames.Serves("T1505.003", "persistence"));
        Assert.False(TechniqueNames.Serves("T1505.003", "exfiltration"));
        Assert.Null(TechniqueNames.Serves("T9999", "persistence"));
    }

    [Fact]
    public void The_matrix_follows_the_order_of_attack_and_nests_sub_techniques()
    {
        Assert.Equal(Rich.Matrix.Select(c => AttackReferences.TacticOrder(c.Tactic)).Order(), Rich.Matrix.Select(c => AttackReferences.TacticOrder(c.Tactic)));
        MatrixTechnique dumping = Assert.Single(Rich.Matrix.Single(c => c.Tactic == "credential-access").Techniques);
        Assert.Equal(("T1003", false), (dumping.Id, dumping.Seen));
        Assert.Equal(["T1003.001", "T1003.003"], dumping.Below.Select(below => below.Id));
        Assert.All(dumping.Below, below => Assert.NotEmpty(below.Events));
    }

    [Fact]
    public void Likelihood_and_confidence_never_share_a_sentence()
    {
        string[] likely = [.. Enum.GetValues<Likelihood>().Select(AssessmentSentences.Name)];
        Assert.DoesNotContain(Rich.Book.All, s => s.Text.Contains("onfidence", StringComparison.Ordinal) && likely.Any(word => s.Text.Contains(word, StringComparison.Ordinal)));
        Assert.Equal(Likelihood.HighlyLikely, Rich.Certainty.Likelihood);
        Assert.Equal(Confidence.Moderate, Rich.Certainty.Confidence);
        Chapter bare = new DossierPage(MadeUpCases.NearlyEmpty).Chapters[0];
        Assert.Equal((Likelihood.Unlikely, Confidence.Low), (bare.Certainty.Likelihood, bare.Certainty.Confidence));
    }

    [Fact]
    public void The_timeline_cuts_out_days_without_records_and_shows_cleared_logs()
    {
        TimelineLayout layout = TimelineLayout.Of(Rich.Incident, Rich.Sightings);
        Assert.Equal(["web-01", "fs-01", "dc-01", "ws-07", "ws-12"], layout.Lanes.Select(lane => lane.Name));
        Assert.Equal(2, layout.Gaps.Length);
        Assert.StartsWith("6 d 21 h without a record", layout.Gaps[0].Text, StringComparison.Ordinal);
        Assert.All(layout.Cleared, cleared => Assert.Equal(0, cleared.Lane));
        Assert.Equal(Rich.Incident.Events.Length, layout.Marks.Sum(mark => mark.Count));
        Assert.All(layout.Marks, mark => Assert.True(mark.X is > 40 and < TimelineLayout.Width && mark.Y > 0 && mark.Y < layout.Height));
    }

    [Fact]
    public void Movements_stand_below_where_they_come_from()
    {
        MovementLayout layout = MovementLayout.Of(Rich.Incident.Story);
        Assert.Equal(["203.0.113.77", "web-01", "fs-01", "dc-01", "ws-07", "ws-12"], layout.Nodes.Select(node => node.Name));
        Assert.Equal([0, 1, 2, 3, 4, 5], layout.Nodes.Select(node => node.Fall));
        Assert.Equal(["SMB", "WMI"], layout.Edges.Single(edge => edge.To.Name == "fs-01").Means);
    }

    [Fact]
    public void Movements_in_a_circle_and_to_itself_end()
    {
        IncidentStory story = Rich.Incident.Story! with
        {
            HostsFallen = [],
            Movements = [new("a", "b", "", "SMB", default, []), new("b", "a", "", "SMB", default, []), new("A", "a", "", "RDP", default, []), new("", "b", "", "", default, [])],
        };
        Assert.Equal(["a", "b", ""], MovementLayout.Of(story).Nodes.Select(node => node.Name));
    }

    [Theory]
    [InlineData("a\u001b[31mb", "a\\x1b[31mb")]
    [InlineData("\u202egpj.exe", "\\u202egpj.exe")]
    [InlineData("nul\0", "nul\\x00")]
    [InlineData("a\u200bb\u00adc", "a\\u200bb\\xadc")]
    [InlineData("Müller 漢字 😀", "Müller 漢字 😀")]
    [InlineData("a\r\nb\tc", "a\\x0d\\x0ab\\x09c")]
    [InlineData(null, "")]
    public void What_cannot_be_seen_is_written_out(string? text, string shown) => Assert.Equal(shown, ShownText.Plain(text));

    [Fact]
    public void Half_a_character_is_written_out() => Assert.Equal("\\ud800x", ShownText.Plain(new string(['\ud800', 'x'])));

    [Fact]
    public void A_cut_never_splits_a_character()
    {
        Assert.Equal([new ShownRun("ab", false)], ShownText.Runs("ab😀", 3, out int cut));
        Assert.Equal(2, cut);
    }

    [Fact]
    public void Likelihood_and_confidence_of_who_did_it_share_no_sentence()
    {
        WhoModel who = Rich.Who!;
        Assert.Equal("It is likely that this was the work of Axiom (G0001).", who.Likelihood.Text);
        Assert.Equal("Confidence in this is low: without its strongest observation another explanation leads.", who.Confidence.Text);
        Assert.DoesNotContain(Rich.Book.All, s =>
            s.Text.Contains("onfidence", StringComparison.Ordinal) && s.Text.Contains("likely", StringComparison.Ordinal));
    }

    [Fact]
    public void What_speaks_of_an_observation_cites_what_shows_it()
    {
        WhoModel who = Rich.Who!;
        Assert.Equal([3, 4, 5], Assert.Single(who.Rivals[0].For).Events);
        Assert.All(who.Rivals[0].Against, s => Assert.Equal([3, 4, 5], s.Events));
        Assert.Contains(3, who.VerdictSentence.Events);
        Assert.All(who.Shown, number => Assert.Contains(Rich.Quoted(0), e => e.Number == number));
    }

    [Fact]
    public void A_verdict_cites_records_of_what_speaks_for_it_strongest_first()
    {
        Assessment assessment = With(MadeUpAssessment.Named(static () => "203.0.113.9"), (0, [7, 5], 0.25), (1, [4], 1.43), (2, [9], 2.6));
        WhoModel who = Who(assessment);

        Assert.Equal([9, 4, 7], who.VerdictSentence.Events);
        Assert.Equal("It rests on 203.0.113.9, China Chopper (S0020) and Server Software Component: Web Shell (T1505.003).", who.Basis!.Text);
        Assert.Equal([9, 4, 7], who.Basis.Events);
        Assert.Null(who.SummaryBasis);

        // A record that also shows what speaks as much against it carries nothing; nor does what next to nothing speaks for.
        Assert.Equal([5], Who(With(assessment, (0, [7, 5], 0.25), (1, [7], -0.2), (2, [9], 0.09))).VerdictSentence.Events);
        Assert.Empty(Who(assessment with { Verdict = Verdict.NotEnoughEvidence, Cluster = null, Group = null, Sponsor = null }).VerdictSentence.Events);
    }

    [Fact]
    public void What_a_group_is_not_known_for_does_not_carry_that_it_was_the_group()
    {
        Assessment assessment = With(MadeUpAssessment.Named(static () => "203.0.113.9"), (0, [7], 0.25), (1, [4], 1.43), (2, [], -1));
        GroupHypothesis axiom = assessment.Groups[0];
        WhoModel who = Who(assessment with { Groups = assessment.Groups.SetItem(0, axiom with { Weights = axiom.Weights.SetItem(1, new ObservationWeight(1.43, [])) }) });

        Assert.Equal([7], who.VerdictSentence.Events);
        Assert.Equal("It rests on Server Software Component: Web Shell (T1505.003).", who.Basis!.Text);
    }

    [Fact]
    public void A_verdict_that_rests_on_what_the_user_gave_says_so_and_cites_no_record()
    {
        Assessment named = MadeUpAssessment.Named(static () => "203.0.113.9");
        WhoModel mainly = Who(With(named, (0, [7], 0.25), (1, [], 1.43), (2, [], 2.6))), alone = Who(With(named, (0, [7], -0.2), (1, [], 1.43), (2, [], 2.6)));
        WhoModel partly = Who(With(named, (0, [7], 2.5), (1, [], 1.43), (2, [], -1)));

        Assert.Equal("It rests mainly on what the user gave, and no record shows it: 203.0.113.9 and China Chopper (S0020).", mainly.SummaryBasis!.Text);
        Assert.Equal(mainly.SummaryBasis.Text, mainly.Basis!.Text);
        Assert.Equal("It rests on what the user gave and on nothing else, and no record shows it: 203.0.113.9 and China Chopper (S0020).", alone.Basis!.Text);
        Assert.All(new[] { alone.SummaryVerdict, alone.SummaryBasis!, alone.VerdictSentence, alone.Basis }, static sentence => Assert.Empty(sentence.Events));
        Assert.Equal(
            "It rests mainly on Server Software Component: Web Shell (T1505.003). A part of it is what the user gave, and no record shows it: China Chopper (S0020).", partly.Basis!.Text);
        Assert.Equal([7], partly.VerdictSentence.Events);
    }

    [Fact]
    public void What_the_records_alone_say_stands_beside_it_and_cites_them()
    {
        Assessment given = With(MadeUpAssessment.Named(static () => "203.0.113.9"), (0, [7], 0.25), (1, [], 1.43), (2, [], 2.6));
        WhoModel who = Who(given with { ByRecordsAlone = new Robustness([1, 2], UnknownHypothesis.Id, RankedExplanation.UnknownName, 0.3, Verdict.NotEnoughEvidence, null) });

        Assert.Equal("By the records alone a group that is not known leads with 30%: that would not be enough evidence.", who.ByRecordsAlone!.Text);
        Assert.Equal(who.ByRecordsAlone.Text, who.SummaryByRecords!.Text);
        Assert.Equal([7], who.SummaryByRecords.Events);
        Assert.Null(Who(given).ByRecordsAlone);
    }

    [Fact]
    public void What_the_user_gave_is_marked_wherever_it_is_named_as_support()
    {
        WhoModel who = Who(With(MadeUpAssessment.Named(static () => "203.0.113.9"), (0, [7], 0.25), (1, [], 1.43), (2, [], 2.6)));

        Assert.Contains(who.Levels.SelectMany(static level => level.Grounds), static s =>
            s.Text == "China Chopper (S0020), given by the user, speaks for it (4.2 times as likely as under the average explanation).");
        Assert.All(who.Rivals[0].Against, static s => Assert.Contains(", given by the user, is not known of it", s.Text, StringComparison.Ordinal));
        Assert.StartsWith("If 203.0.113.9, given by the user, was misread or planted", who.WouldChange[0].Text, StringComparison.Ordinal);
        Assert.StartsWith("Without 203.0.113.9, given by the user, on which the result leans most, ", who.WithoutStrongest!.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("given", Assert.Single(who.Rivals[0].For).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_are_drawn_to_scale_to_the_side_for_which_they_speak()
    {
        WeightsLayout layout = WeightsLayout.Of(Rich.Who!);
        WeightBar[] bars = [.. layout.Rows.SelectMany(row => row.Bars)];
        Assert.Equal(["G0001", "G0002", "unknown"], Rich.Who!.Compared.Select(c => c.Id));
        Assert.All(bars, bar => Assert.Equal(bar.IsNegative, bar.X < WeightsLayout.Middle));
        Assert.All(bars, bar => Assert.InRange(bar.X, 0, WeightsLayout.Width - bar.Width));
        WeightBar most = bars.Single(bar => bar.Weight == "+2.60"), less = bars.Single(bar => bar.Weight == "+1.43");
        Assert.Equal(most.Width * 1.43 / 2.6, less.Width, 0.01);
        Assert.Equal(200, most.Width, 0.01);
        Assert.All(layout.Rows, row => Assert.True(row.Bars[^1].Y + WeightsLayout.BarHeight < layout.Height));
        Assert.Equal("T1505.003", Rich.Who.Assessment.Observations[layout.Rows[^1].Observation].Observation.Value);
    }

    private static WhoModel Who(Assessment assessment) => new(assessment, new ProseBook("i1"), events: 12);

    // Observations by position with the events that show them, none where the user gave them, and what they weigh for the first group.
    private static Assessment With(Assessment assessment, params (int At, int[] Events, double Weight)[] observed)
    {
        foreach ((int at, int[] events, double weight) in observed)
        {
            WeighedObservation one = assessment.Observations[at];
            GroupHypothesis first = assessment.Groups[0];
            assessment = assessment with
            {
                Observations = assessment.Observations.SetItem(at, one with
                {
                    Observation = one.Observation with { Bases = [ObservationBasis.Of(events.Length == 0 ? GivenObservations.Basis : "rule: One")], Events = [.. events] },
                }),
                Groups = assessment.Groups.SetItem(0, first with { Weights = first.Weights.SetItem(at, first.Weights[at] with { LogLikelihoodRatio = weight }) }),
            };
        }

        return assessment;
    }
}
