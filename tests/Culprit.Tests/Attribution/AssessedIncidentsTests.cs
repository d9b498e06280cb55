using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Culprit.Attribution;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

public sealed class AssessedIncidentsTests
{
    private static readonly AssessmentRequest Request = new()
    {
        Year = 2020,
        UnknownBaseRate = 0.4,
        GroupFactors = System.Collections.Immutable.ImmutableSortedDictionary<string, double>.Empty.Add("G0016", 2),
        Given =
        [
            GivenObservations.Technique(KnowledgeBase.Embedded.Technique("T1505.003")!, KnowledgeBase.Embedded),
            GivenObservations.Software(KnowledgeBase.Embedded.SoftwareOf("S0013")!) with { Bases = [ObservationBasis.Of("\u202e\u001b[31m<b>\"")] },
            GivenObservations.Software(KnowledgeBase.Embedded.SoftwareOf("S0020")!),
            GivenObservations.VictimCountry("GB")!,
        ],
    };

    [Fact]
    public void What_was_written_is_read_and_written_again_the_same()
    {
        byte[] written = Written(IncidentAssessor.Assess(Request, KnowledgeBase.Embedded));

        AssessedIncidents read = AssessedIncidents.Read(written);

        Assert.Equal(written, Written(read));
        Assert.Equal(KnowledgeBase.Embedded.Sha256, read.KnowledgeSha256);
        Assert.Equal((2020, 0.4, 2.0), (read.Request.Year, read.Request.UnknownBaseRate, read.Request.GroupFactors["G0016"]));
        Assert.Equal(Request.Given.Select(static o => (o.Kind, o.Value, o.Basis)), read.Request.Given.Select(static o => (o.Kind, o.Value, o.Basis)));
        Assert.Contains(read.Incidents[0].Assessment.Groups.SelectMany(static g => g.Weights).SelectMany(static w => w.Sources), static s => s.Name.Length > 0 && s.Published is not null);
    }

    [Fact]
    public void What_was_asked_for_comes_to_the_same_again()
    {
        byte[] written = Written(IncidentAssessor.Assess(Request, KnowledgeBase.Embedded));

        Assert.Equal(written, Written(IncidentAssessor.Assess(AssessedIncidents.Read(written).Request, KnowledgeBase.Embedded)));
    }

    [Theory]
    [InlineData(IncidentAssessor.MaxIncidents, 0)]
    [InlineData(IncidentAssessor.MaxIncidents + 3, 3)]
    public void How_many_incidents_are_left_out_is_known(int incidents, int leftOut)
    {
        Incident[] made = [.. Enumerable.Range(1, incidents).Select(static n => new MadeIncident("one").Make(n).Incident)];

        AssessedIncidents assessed = IncidentAssessor.Assess(
            [.. made, made[0] with { Number = incidents + 1, Severity = IncidentSeverity.Low }], new Dictionary<int, Finding>(), new AssessmentRequest(), KnowledgeBase.Embedded);

        Assert.Equal((IncidentAssessor.MaxIncidents, leftOut), (assessed.Incidents.Length, assessed.LeftOut));
        Assert.Equal(0, IncidentAssessor.Assess(made, new Dictionary<int, Finding>(), new AssessmentRequest { Incident = 2 }, KnowledgeBase.Embedded).LeftOut);
    }

    // One order for every page: what tells most of any of the explanations that are shown comes first, be it for the leader or for a rival.
    [Fact]
    public void Observations_are_shown_by_what_they_weigh_most_whomever_they_speak_for()
    {
        Observation[] observed = Observed.Of("S0023 S0559 S0417 T1003.005 T1059.001 T1566.001 T1071.001 T1027 T1105");
        Assessment assessment = new Attributor(KnowledgeBase.Embedded).Assess(observed, new AssessmentOptions { Year = 2020 });
        double[] most = [.. RankedExplanation.ByTelling(assessment).Select(i => RankedExplanation.Compared(assessment).Max(c => Math.Abs(c.Weights[i].LogLikelihoodRatio)))];

        Assert.Equal(Enumerable.Range(0, observed.Length), RankedExplanation.ByTelling(assessment).Order());
        Assert.Equal(most.Select(static m => Math.Round(m, 6)), most.Select(static m => Math.Round(m, 6)).OrderDescending());
        Assert.NotEqual(most.OrderDescending(), RankedExplanation.ByTelling(assessment).Select(i => Math.Abs(RankedExplanation.Of(assessment)[0].Weights[i].LogLikelihoodRatio)).OrderDescending());
    }

    [Fact]
    public void Assessing_what_is_given_alone_stops_when_asked_to() =>
        Assert.Throws<OperationCanceledException>(() => IncidentAssessor.Assess(Request, KnowledgeBase.Embedded, stop: new CancellationToken(canceled: true)));

    [Fact]
    public void Numbers_have_at_most_six_digits_and_probabilities_sum_to_one()
    {
        using var json = JsonDocument.Parse(Written(IncidentAssessor.Assess(Request, KnowledgeBase.Embedded)));
        JsonElement assessment = json.RootElement.GetProperty("incidents")[0].GetProperty("assessment");
        JsonElement[] groups = [.. assessment.GetProperty("groups").EnumerateArray()];

        Assert.All(
            groups.SelectMany(static g => g.GetProperty("weights").EnumerateArray()).Select(static w => w.GetProperty("log_likelihood_ratio").GetRawText()),
            static number => Assert.Matches(@"^-?\d+(\.\d{1,6})?$", number));
        Assert.Equal(1, groups.Sum(static g => g.GetProperty("probability").GetDouble()) + assessment.GetProperty("unknown").GetProperty("probability").GetDouble(), 3);
        Assert.Equal(["id", "name"], groups[0].GetProperty("group").EnumerateObject().Select(static p => p.Name));
    }

    // The largest factors are kept as what a user may give, since what is kept must be written and read again.
    [Fact]
    public void Factors_are_kept_within_bounds()
    {
        AssessmentRequest request = Request with { GroupFactors = Request.GroupFactors.SetItem("G0016", 1e300).SetItem("G0007", 1e-300) };

        AssessedIncidents read = AssessedIncidents.Read(Written(IncidentAssessor.Assess(request, KnowledgeBase.Embedded)));

        Assert.Equal((1_000_000.0, 0.000001), (read.Request.GroupFactors["G0016"], read.Request.GroupFactors["G0007"]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_factor_that_is_none_is_not_taken_for_the_least(double factor) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => IncidentAssessor.Assess(Request with { GroupFactors = Request.GroupFactors.SetItem("G0016", factor) }, KnowledgeBase.Embedded));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"format\":9,\"sources\":[]}")]
    [InlineData("{\"format\":9,\"sources\":[{\"number\":1},{\"number\":1}]}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public void What_is_none_is_refused(string json) =>
        Assert.Throws<InvalidDataException>(() => AssessedIncidents.Read(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("""(?<="group":)\{"id":"[^"]*",""", "{")]
    [InlineData("""(?<="group":)\{"id":"[^"]*",""", """{"id":null,""")]
    [InlineData("""(?<="group":)\{"id":"[^"]*",""", """{"id":"",""")]
    [InlineData("""(?<="group":)\{"id":"[^"]*",""", """{"id":7,""")]
    [InlineData("""(?<="group":\{"id":"[^"]*"),"name":"[^"]*"\}""", "}")]
    [InlineData("""(?<="group":\{"id":"[^"]*"),"name":"[^"]*"\}""", ""","name":null}""")]
    [InlineData("""group":\{[^}]*\}""", """group":7""")]
    [InlineData("""G0016":2""", """G0016":1e300""")]
    [InlineData("""G0016":2""", """G0016":1e999""")]
    [InlineData("""G0016":2""", """G0016":0""")]
    [InlineData("""G0016":2""", """G0016":-1""")]
    [InlineData("""unknown_base_rate":0.4""", """unknown_base_rate":1""")]
    [InlineData("""log_likelihood_ratio":[^,]*,""", """log_likelihood_ratio":-1e28,""")]
    [InlineData("""limits":\[""", """limits":[null,""")]
    [InlineData("""groups":\[""", """groups":[null,""")]
    [InlineData("""weights":\[\{[^}]*\},""", """weights":[""")]
    [InlineData("""dropped":\[[0-9]+""", """dropped":[4""")]
    [InlineData("""dropped":\[[0-9]+""", """dropped":[-1""")]
    [InlineData("""dropped":\[[0-9]+\]""", """dropped":[]""")]
    [InlineData("""bases":\[\{.*?\}\](?=,"events")""", """bases":[]""")]
    [InlineData("""(?<=observations":\[\{"observation":\{[^[]*)bases":\[\{.*?\}\](?=,"events")""", """bases":[]""")]
    [InlineData("""cells":\[""", """cells":["neutral",""")]
    [InlineData("""sources":\[[0-9]+""", """sources":[999999""")]
    public void What_was_written_and_is_none_any_more_is_refused(string pattern, string changed)
    {
        string written = Encoding.UTF8.GetString(Written(IncidentAssessor.Assess(Request, KnowledgeBase.Embedded)));
        string broken = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Replace(written, changed, 1);

        Assert.NotEqual(written, broken);
        Assert.Throws<InvalidDataException>(() => AssessedIncidents.Read(Encoding.UTF8.GetBytes(broken)));
    }

    [Theory]
    [InlineData("""(?<="cluster":)\{.*?\}(?=,"group":\{"level")""", "null")]
    [InlineData("""(?<="group":)\{"level".*?\}(?=,"sponsor")""", "null")]
    [InlineData("""verdict":"named_group""", """verdict":"not_enough_evidence""")]
    public void A_group_is_judged_where_one_is_named_and_nowhere_else(string pattern, string changed)
    {
        KnowledgeBase knowledge = KnowledgeBase.Embedded;
        string[] telling = ["T1574.002", "T1039", "T1111", "T1550.002", "T1213.002", "T1003.003"];
        AssessmentRequest request = new() { Year = 2020, Given = [.. telling.Select(t => GivenObservations.Technique(knowledge.Technique(t)!, knowledge))] };
        string written = Encoding.UTF8.GetString(Written(IncidentAssessor.Assess(request, knowledge)));
        string broken = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Replace(written, changed, 1);

        Assert.Equal(Verdict.NamedGroup, AssessedIncidents.Read(Encoding.UTF8.GetBytes(written)).Incidents[0].Assessment.Verdict);
        Assert.NotEqual(written, broken);
        Assert.Throws<InvalidDataException>(() => AssessedIncidents.Read(Encoding.UTF8.GetBytes(broken)));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    public void What_another_version_wrote_is_told_from_what_is_none(int format) =>
        Assert.Throws<AssessmentFormatException>(() => AssessedIncidents.Read(Encoding.UTF8.GetBytes($"{{\"format\":{format},\"sources\":[]}}")));

    private static byte[] Written(AssessedIncidents assessed)
    {
        using var stream = new MemoryStream();
        assessed.Write(stream);
        return stream.ToArray();
    }
}
