using System.Globalization;
using Culprit.Attribution;
using Culprit.Attribution.History;
using Culprit.Attribution.Judging;
using Culprit.Attribution.Model;
using Culprit.Attribution.Observing;
using Culprit.Attribution.Profiles;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>docs/attribution.md says with which weights, caps, half-lives and thresholds evidence is weighed; each is held against the code.</summary>
public sealed class AttributionDocumentTests
{
    private static readonly Document Told = new("attribution.md");

    private static string Few => Document.InWords(JudgementRules.MinFeatures);

    private static string Naming => Percent(JudgementRules.Naming);

    [Fact]
    public void What_is_set_is_told_as_it_is() => Told.HasTable(
        "evidence",
        new("hash of a listed file", FurtherEvidence.FileWeight, FurtherEvidence.FileHalfLife, FurtherEvidence.IndicatorCap),
        new("listed domain or URL", FurtherEvidence.DomainWeight, FurtherEvidence.DomainHalfLife),
        new("listed address", FurtherEvidence.AddressWeight, FurtherEvidence.AddressHalfLife * 12),
        new("listed path", FurtherEvidence.PathWeight, FurtherEvidence.FileHalfLife),
        new("the same on shared infrastructure (dynamic DNS, names and addresses of clouds, tunnels, ...)", FurtherEvidence.SharedCap),
        new("the same in lists of n groups"),
        new("domains and URLs below one registered domain; URLs at one address, and that address with any port"),
        new("domains and URLs below a registered domain of the victim's own", 0),
        new("listed values that stand in command lines, scripts and other text alone", Math.Round(FurtherEvidence.WrittenCap, 1)),
        new("listed values that stand in what anybody can send (a query, a referer, a user agent, the name of whoever logs on)", FurtherEvidence.SharedCap, FurtherEvidence.SharedCap),
        new("vulnerability that n groups exploited", FurtherEvidence.VulnerabilityWeight, FurtherEvidence.VulnerabilityCap),
        new("victim's sector or country, where the group's victims are known", FurtherEvidence.VictimFor, FurtherEvidence.VictimAgainst),
        new($"hours of work that fit {WorkingHours.Begins} to {WorkingHours.Ends} o'clock of the group's country", FurtherEvidence.HoursFor, FurtherEvidence.HoursAgainst));

    [Fact]
    public void What_is_said_of_what_is_set_is_so()
    {
        string most = Document.InWords(IndicatorCrowds.Most);
        Told.SaysOnly(
            "### Everything else: set, not fitted", "**How it was met.**",
            $"Indicators without a date are taken for {Document.InWords(ProfileSet.UndatedAge)} years old, and so are reports.",
            "who had a domain in 2020 need not have had it in 2012",
            $"Of more than {most} that lists ascribe to the same groups the strongest {most} are weighed, of one registered domain the strongest before others, of more than {Document.InWords(IndicatorCrowds.MostOfAll)} in all",
            $"Of vulnerabilities that groups exploited those {Document.InWords(VulnerabilityCrowds.Most)} are weighed that the fewest did, and {Document.InWords(VulnerabilityCrowds.MostWeightless)} others are kept",
            $"Of the lists that hold one value {Document.InWords(IndicatorClaims.Most)} are kept");
    }

    [Fact]
    public void Who_is_weighed_is_told_as_it_is() => Told.SaysOnly(
        "## What is weighed", "### Techniques and software: fitted",
        $"every group of the knowledge base with at least {Document.InWords(ProfileSet.MinTechniques)} known techniques",
        "Their probabilities sum to 1.",
        $"or at least {Document.InWords(ThinGroups.MinShared)} techniques and pieces of software (all that is published, where that is less, but {Document.InWords(JudgementRules.MinFeatures)} at least), and half of all that was",
        $"A weight of 0 is that of the average explanation, 0.7 is odds of {Math.Exp(0.7):F0} to 1, 2.3 of {Math.Exp(2.3):F0} to 1.");

    [Fact]
    public void The_terms_are_those_that_are_fitted() => Told.HasTable(
        "term",
        [.. Term.Names.Take(Term.Unknown).Select(static name => new Row($"`{name}`", name switch
        {
            "recent-reports" => [ProfileSet.ActivityDecay],
            "profile" => [OwnLikeness.Usual + OwnLikeness.Spared, OwnLikeness.Spared],
            _ => [],
        })), new("`unknown` and its terms")]);

    [Fact]
    public void What_is_said_of_what_is_fitted_is_so()
    {
        KnowledgeBase knowledge = KnowledgeBase.Embedded;
        int uncited = knowledge.Groups.SelectMany(static g => g.Techniques.Concat(g.Software)).Concat(knowledge.Campaigns.SelectMany(static c => c.Techniques.Concat(c.Software)))
            .Count(static r => r.Sources.IsEmpty);
        Assert.Equal(2, ProfileSet.MalwareFactor);
        Told.SaysOnly(
            "### Techniques and software: fitted", "### Everything else: set, not fitted",
            $"What ATT&CK says without citing a source ({Document.InWords(uncited)} relations,",
            $"are mixed with {Document.InWords(Terms.CommonMentions)} mentions of what everybody does",
            $"over its reports of {Document.InWords(OwnLikeness.MinFeatures)} features or more,",
            $"mixed with {OwnLikeness.Usual} (what it is on average) as of {Document.InWords(OwnLikeness.UsualReports)} more reports.",
            "malware twice that",
            $"Knowledge fades to {ProfileSet.YearlyDecay} of its weight a year.",
            $"`knowledge show` says so of {knowledge.Software.Count(static s => s.Kind == SoftwareKind.Commodity)} pieces.",
            $"of {KnowledgeBase.Embedded.Software.Count(static s => OfferedMalware.Has(s.Id))} more pieces that other reports agree on",
            $"it makes no explanation more than {Document.InWords(EvidenceScales.TentativeOdds)} times as likely",
            $"fewer than one in {Document.InWords(ProfileSet.MostWholes)} groups that are known for it or a part",
            $"Nobody is named by fewer than {Few} signs");
    }

    // Where no more is known of an event than its kind, an address counts as met in those that the table has and what it leaves to the record.
    [Fact]
    public void What_shows_that_an_indicator_was_met_is_told_by_the_events_that_do()
    {
        static double[] MetIn(EventWriter writer, string field) =>
            [.. Enumerable.Range(0, 10_000).Where(id => NetworkPeers.Of(writer, id, field, record: null) == IndicatorContact.Met).Select(static id => (double)id)];

        static double[] CalledIn(EventWriter writer, string field) => [.. Enumerable.Range(0, 10_000).Where(id => CalledServers.IsOfCaller(writer, id, field)).Select(static id => (double)id)];

        Told.HasTable(
            "who wrote it",
            new("Sysmon", [.. MetIn(EventWriter.Sysmon, "DestinationIp"), 22]),
            new("Security", [.. MetIn(EventWriter.Security, "DestAddress"), 5157, 4624, 4625, 4648, 4768, 4770, 5140, 5145, .. MetIn(EventWriter.Security, "RemoteAddress"), .. MetIn(EventWriter.Security, "CallingStationID")]),
            new("DNS client, name server of Windows"),
            new("BITS"),
            new("remote desktops and their gateway"),
            new("clients of remote desktops, shares and WinRM", [.. CalledIn(EventWriter.RemoteDesktopClient, "Value"), .. CalledIn(EventWriter.RemoteManagement, "connection")]),
            new("OpenSSH of Windows"),
            new("AppLocker, code integrity"),
            new("Defender, antivirus and EDR of other makers", CalledIn(EventWriter.Antivirus, "Destination")),
            new("web servers, IIS, proxies"));
        Assert.Empty(new double[] { 4624, 4625, 4648, 4770, 5140, 5145 }.Except(MetIn(EventWriter.Security, "IpAddress")));
    }

    [Fact]
    public void What_the_lists_that_ship_say_is_told_as_it_is()
    {
        IndicatorSet set = IndicatorSet.BuiltIn;
        bool[] means = [.. set.Lists.Select(static l => !KnowledgeBase.Embedded.GroupsOf(l).IsEmpty)];
        int values = set.Lists.Select((_, list) => means[list] ? set.Facts.ExtentOf(list).Item1 : 0).Sum();
        Told.SaysOnly("**Whom a list means.**", "### Base rates", string.Create(
            CultureInfo.InvariantCulture,
            $"Of the {set.Lists.Length} lists that ship, {means.Count(static m => m)} with {values:N0} of the {set.Count:N0} values mean a group of the knowledge base."));
    }

    [Fact]
    public void The_base_rate_is_told_as_it_is() =>
        Told.SaysOnly("### Base rates", "## From figures to words", $"the unknown group has the share that new groups had in history ({Percent(AttributionModel.Embedded.UnknownRate)})");

    [Fact]
    public void From_which_figures_on_something_is_said_is_told_as_it_is()
    {
        Assert.All(AttributionModel.Embedded.Words, static w => Assert.True(w.Usable, "Some word is not used, and the document says that none is left out at present."));
        Told.SaysOnly(
            "## From figures to words", "## How often it was right",
            $"A group is named from {Naming} on, when at least {Few} techniques or pieces of software of {Few} signs that it is known for,",
            $"without the victim and the hours it must still have its {Naming}.",
            $"implemented together by {Document.InWords(CommonCompany.Programs)} pieces of software or more",
            $"(by odds of {3 * Math.Exp(Support.Speaks):F0} to 3)",
            $"another group leads with {Naming} or more",
            $"nothing was published within {Document.InWords(JudgementRules.LongSilence)} years of what is judged",
            $"nothing was published of it for {Document.InWords(JudgementRules.LongSilence)} years",
            $"what {Document.InWords(AssessmentBuilder.MostOwners + 1)} groups or more have",
            "At present none does.",
            $"all have {Naming} together",
            $"Techniques of fewer than {Few} signs that speak for the group are no line by themselves, nor is software where there are fewer than {Few} in all:");
    }

    // What is measured is a matter of HistoryTests; what it is measured by is one of constants.
    [Fact]
    public void How_history_is_measured_is_told_as_it_is() => Told.Says(
        $"on what ships with the program (ATT&CK v{KnowledgeBase.Embedded.Origins[0].Version}).",
        $"cited for at least {Document.InWords(HeldOutCases.MinTechniques)} techniques of a group is hidden",
        $"Weights are fitted in {Document.InWords(HistoryRun.Folds)} folds of groups",
        $"random parts are drawn {Document.InWords(Part.Repetitions)} times",
        $"| new groups' cases in which some group gets {Percent(Scores.Named)} or more |",
        $"| coverage at {Percent(Scores.Precision)} precision where known groups are asked for |",
        $"as long as at least {100 * Scores.Precision:F0} of 100 are right",
        $"is over {Document.InWords(Scores.Bins)} bins of equal width",
        $"in all cases in which some group has {Percent(Scores.Named)} or more",
        $"| {Document.InWords(FalseFlags.Tools)} of its rarest techniques and tools |");

    [Fact]
    public void How_each_word_fared_is_told_as_the_weights_that_ship_have_it()
    {
        Told.HasTable("word", [.. AttributionModel.Embedded.Words.Select(static w => new Row(Yardstick.Name(w.Likelihood), w.Count, w.Rate, w.Low, w.High) { IsRounded = true })]);
        Assert.Equal(AttributionModel.Embedded.Words.Select(static w => w.Usable ? "yes" : "no"), Told.Rows("word").Select(static r => r[^1]));
    }

    private static string Percent(double share) => $"{100 * share:F0} %";
}
