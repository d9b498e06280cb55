using System.Globalization;
using Culprit.Attribution;
using Culprit.Attribution.History;
using Culprit.Attribution.Linking;

namespace Culprit.Tests.Attribution;

/// <summary>docs/attribution-linking.md says what sharing a thing is worth; each figure is held against the code.</summary>
public sealed class LinkingDocumentTests
{
    private static readonly Document Told = new("attribution-linking.md");

    // Traces of two victims; the first of a row is the one of which it is said how hard it is to forge.
    private static readonly (string First, (TraceKind Kind, TraceGrade Grade)[] Traces)[] Traces =
    [
        ("an address that somebody worked from in both", [(TraceKind.Address, TraceGrade.Worked)]),
        ("an address to which programs spoke in both", [(TraceKind.Address, TraceGrade.Reached)]),
        ("an address that was merely there", [(TraceKind.Address, TraceGrade.Present)]),
        ("an address or domain that on one side only stands in what was run", [(TraceKind.Address, TraceGrade.Written)]),
        ("an address that on one side was only refused", [(TraceKind.Address, TraceGrade.Knocked)]),
        ("an address of a content network, large service or resolver", [(TraceKind.Address, TraceGrade.Common)]),
        ("a domain that was asked for", [(TraceKind.Domain, TraceGrade.Reached), (TraceKind.Domain, TraceGrade.Common)]),
        ("a name below a service of dynamic names or free pages", [(TraceKind.Domain, TraceGrade.Present)]),
        ("a file's hash", [(TraceKind.Hash, TraceGrade.Reached), (TraceKind.Hash, TraceGrade.Common)]),
        ("a file's hash, where a record has no field for the publisher", [(TraceKind.Hash, TraceGrade.Present), (TraceKind.Hash, TraceGrade.Common)]),
        ("a service or task, a file's name", [(TraceKind.Service, TraceGrade.Reached), (TraceKind.FileName, TraceGrade.Reached), (TraceKind.FileName, TraceGrade.Common)]),
        ("a web shell's path, a user agent",
            [(TraceKind.WebShell, TraceGrade.Worked), (TraceKind.UserAgent, TraceGrade.Worked), (TraceKind.WebShell, TraceGrade.Common), (TraceKind.UserAgent, TraceGrade.Common)]),
        ("an account that was created", [(TraceKind.CreatedAccount, TraceGrade.Reached), (TraceKind.CreatedAccount, TraceGrade.Common)]),
    ];

    private static string Signs => Document.InWords(LikenessModel.MinSigns);

    [Fact]
    public void What_is_set_is_told_as_it_is() => Told.HasTable(
        "shared",
        [
            .. Traces.Select(static t => new Row(t.First, [.. t.Traces.Select(static s => Weigh(s).Weight)])),
            new("lists ascribe other indicators of both to one group, or to different ones", Circumstances.SameGroup, Circumstances.OtherGroup),
            new("a vulnerability, hours of work, the victims' sector, country",
                Circumstances.SameVulnerability, Circumstances.SameHours, Circumstances.SameSector, Circumstances.SameCountry),
            new($"hours of work that are {Document.InWords(Circumstances.FarHours)} hours or more apart around the clock, minutes counted (within {Document.InWords(Circumstances.NearHours)} hour they are the same)",
                Circumstances.OtherHours),
            new("both show infrastructure, and share none", SharedTraces.NoneShared),
            new("malware of one group alone here, of another alone there", PairWeigher.OtherUser),
            new("what is shared is years apart (the incidents, where no event shows anything shared)", PairWeigher.LateByYear, PairWeigher.Latest),
        ]);

    [Fact]
    public void How_hard_a_trace_is_to_forge_is_told_as_it_is()
    {
        var told = Told.Rows("shared").ToDictionary(static r => r[0], static r => r[2]);
        Assert.All(Traces, trace => Assert.Equal(
            Weigh(trace.Traces[0]).Spoofability switch { Spoofability.Hard => "yes", Spoofability.Moderate => "partly", _ => "no" }, told[trace.First]));
    }

    // One row stands for both.
    [Fact]
    public void A_task_is_worth_what_a_service_is_and_a_common_name_of_either_what_that_of_a_file_is_and_a_written_domain_what_an_address_is() => Assert.Multiple(
        () => Assert.Equal(Weigh((TraceKind.Address, TraceGrade.Written)), Weigh((TraceKind.Domain, TraceGrade.Written))),
        () => Assert.Equal(Weigh((TraceKind.Service, TraceGrade.Reached)).Weight, Weigh((TraceKind.Task, TraceGrade.Reached)).Weight),
        () => Assert.Equal(Weigh((TraceKind.FileName, TraceGrade.Common)).Weight, Weigh((TraceKind.Service, TraceGrade.Common)).Weight),
        () => Assert.Equal(Weigh((TraceKind.FileName, TraceGrade.Common)).Weight, Weigh((TraceKind.Task, TraceGrade.Common)).Weight));

    [Fact]
    public void What_is_said_of_what_is_set_is_so()
    {
        double[] others = [.. Enum.GetValues<TraceKind>().Where(static k => k is not (TraceKind.Address or TraceKind.Domain)).Select(HalfLife).Distinct()];
        Told.SaysOnly(
            "## What is set", "## What is fitted",
            "natural logarithms (3 is 20 to 1, 6 is 400 to 1)",
            $"An address says half as much after {HalfLife(TraceKind.Address)} years, a domain after {HalfLife(TraceKind.Domain)}, all else after {Assert.Single(others)}.",
            $"the logarithm of the comparisons past {TraceWeights.FreeComparisons} is taken off; a {Document.InWords(1 / TraceWeights.LeastShare)}th of the weight remains at least.",
            $"The order of techniques adds at most {PairWeigher.MostOfOrder},",
            $"and {Document.InWords(PairWeigher.MinOrdered)} steps at least must be shared");
    }

    [Fact]
    public void How_a_pair_is_judged_is_told_as_it_is()
    {
        const double rate = CampaignLinker.DefaultBaseRate;
        const int many = 40, pairs = many * (many - 1) / 2;
        Assert.Equal(1.0 / 3, PairWeights.DependentShare);
        Told.SaysOnly(
            "## How a pair is judged", "## What is set",
            $"before anything is compared: {100 * rate} % unless `--base-rate`",
            string.Create(CultureInfo.InvariantCulture, $"With 2 incidents a pair begins at {100 * rate} %, with {many} ({pairs} pairs) at {100 * rate / (many - 1):F2} %:"),
            $"is what chance brings among {pairs} pairs",
            "each counts a third",
            $"adds at most the odds of {Math.Exp(PairWeigher.MostByName):F0} to 1");
    }

    [Fact]
    public void What_is_said_of_what_is_fitted_is_so()
    {
        LinkingScore whole = WholeHistory.OfLinking.Scores[0];
        Assert.Equal(3, ReportPairs.OfDifferent);
        Told.SaysOnly(
            "## What is fitted", "## What this cannot know",
            $"published within {Document.InWords(ReportPairs.Years)} years of one another, about one group ({whole.Same} pairs) against about two groups (every third pair: {whole.Different:N0})",
            $"only where {Signs} things that happened at least, by rules and by events, show them on both sides",
            $"(techniques between {LikenessModel.LeastOfTechniques} and {LikenessModel.MostOfTechniques}, malware {LikenessModel.MostOfMalware}, "
                + $"by rules and names alone {PairWeigher.MostByName:F1}, tools {LikenessModel.MostOfTools})",
            "nothing is evaluated and the exit code is 1");
    }

    [Fact]
    public void How_well_reports_are_told_apart_is_told_as_it_is() => Told.HasTable(
        "of each report",
        [
            .. new[] { "what logs can show", "a random half of it", "a random quarter" }.Zip(
                WholeHistory.OfLinking.Scores, static (told, s) => new Row(told, s.Area, s.SameFound, s.DifferentFound, s.CalibrationError, s.LogLoss) { IsRounded = true }),
        ]);

    [Fact]
    public void How_much_is_compared_is_told_as_it_is() => Told.SaysOnly(
        "## What this cannot know", "",
        $"Of one incident {TraceReader.MaxTraces:N0} addresses, domains, files and names are compared",
        $"and {TraceReader.MaxUrls} URLs of one text",
        $"a second where two incidents share {TraceReader.MaxTraces:N0} of them, ten seconds for {CampaignLinker.MaxIncidents} incidents of one campaign",
        $"Of what pairs share {Document.InWords(CampaignLinker.MaxItems)} things are kept, and the {Document.InWords(CampaignLinker.LeastItems)} strongest of each pair at least.");

    private static (double Weight, Spoofability Spoofability, string Note) Weigh((TraceKind Kind, TraceGrade Grade) trace) => TraceWeights.Weigh(trace.Kind, trace.Grade, sameVictim: false);

    private static double HalfLife(TraceKind kind) => TraceWeights.Of(kind).HalfLife;
}
