using System.Collections.Immutable;
using System.Globalization;
using Culprit.Attribution;
using Culprit.Cli.Knowledge;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Spectre.Console;

namespace Culprit.Cli.Attribution;

/// <summary>
/// Who most likely did it, for a person who is tired: the verdict, how likely it is, how sound its basis is, and only then the
/// figures. Likelihood and confidence never share a sentence.
/// </summary>
internal sealed class AttributionPage(CliHost host, KnowledgeInUse use, int top)
{
    private readonly Page _page = new(host);

    /// <summary>Writes assessments.</summary>
    public void Write(AssessedIncidents assessed)
    {
        if (assessed.Incidents.IsEmpty)
        {
            _page.Line($"No incident is assessed: none is of {IncidentAssessor.LeastSeverity.ToString().ToLowerInvariant()} severity or above.", Tone.Strong);
            _page.Line("--incident N assesses one all the same.", Tone.Quiet);
            return;
        }

        if (assessed.Incidents.Length > 1)
        {
            Overview(assessed.Incidents);
        }

        bool first = assessed.Incidents.Length == 1;
        foreach (IncidentAssessment one in assessed.Incidents)
        {
            if (!first)
            {
                host.Out.WriteLine();
                host.Out.WriteLine();
            }

            first = false;
            if (one.Incident > 0)
            {
                _page.Line($"INCIDENT {one.Incident}", Tone.Strong);
            }

            Write(one.Assessment, assessed.Request);
        }

        if (assessed.LeftOut > 0)
        {
            host.Out.WriteLine();
            _page.Hanging(
                "",
                $"The {IncidentAssessor.MaxIncidents} gravest incidents are assessed, and no more at once: {Words.Count(assessed.LeftOut, "more incident")} of "
                + $"{IncidentAssessor.LeastSeverity.ToString().ToLowerInvariant()} severity or above {(assessed.LeftOut == 1 ? "is" : "are")} not. --incident N assesses another.");
        }
    }

    private void Overview(ImmutableArray<IncidentAssessment> incidents)
    {
        Grid table = _page.Table(("incident", 1), ("who", 0), ("likelihood", 0), ("confidence", 0));
        foreach (IncidentAssessment one in incidents)
        {
            Assessment said = one.Assessment;
            string who = said.Verdict switch
            {
                Verdict.NamedGroup => said.Group!.Subject,
                Verdict.NamedCluster => said.Cluster!.Subject,
                Verdict.UnknownGroup => RankedExplanation.UnknownName,
                _ => "not enough evidence",
            };
            table.AddRow(
                _page.Cell(one.Incident.ToString(CultureInfo.InvariantCulture)), _page.Cell(who, said.Verdict is Verdict.NotEnoughEvidence ? Tone.Quiet : Tone.Strong),
                _page.Cell(AssessmentSentences.Word(said) is { } word ? AssessmentSentences.Name(word) : ""),
                _page.Cell(said.Confidence is { } confidence ? AssessmentSentences.Name(confidence) : ""));
        }

        _page.Write(table);
    }

    private void Write(Assessment assessment, AssessmentRequest request)
    {
        _page.Line(AssessmentSentences.Verdict(assessment), Tone.Strong);
        Paragraph([AssessmentSentences.Likelihood(assessment)]);
        Paragraph([AssessmentSentences.Confidence(assessment)]);
        Paragraph([.. new[] { new VerdictBasis(assessment).Sentence(), AssessmentSentences.ByRecordsAlone(assessment) }.OfType<string>()]);
        Paragraph(assessment.Reasons);
        if (assessment.Group is { } group && !group.Caps.IsEmpty)
        {
            List("Why no stronger word", group.Caps);
        }

        Judgements(assessment);
        var tables = new AttributionTables(_page, host, assessment);
        tables.Ranking(top);
        tables.Weights();
        Rivals(assessment);
        tables.Hypotheses();
        List("What would change this", assessment.WouldChange);
        if (AssessmentSentences.WithoutStrongest(assessment) is { Length: > 0 } without)
        {
            List("Without the strongest observation", [without]);
        }

        List("What it cannot know", assessment.Limits);
        Basis(assessment, request);
    }

    private void Judgements(Assessment assessment)
    {
        foreach ((string heading, Judgement? judgement) in new[] { ("The body of activity", assessment.Cluster), ("A state behind it", assessment.Sponsor) })
        {
            if (judgement is not null)
            {
                _page.Heading(heading);
                Sentence(judgement.LikelihoodSentence);
                Sentence(judgement.ConfidenceSentence);
                foreach (string cap in judgement.Caps.Concat(judgement.Grounds))
                {
                    Item(cap);
                }
            }
        }

        if (assessment.NoSponsor is { } none)
        {
            _page.Heading("A state behind it");
            Sentence(none);
        }
    }

    private void Rivals(Assessment assessment)
    {
        _page.Heading("Other explanations, and what speaks against them");
        foreach (Rival rival in assessment.Rivals)
        {
            _page.Line($"  {rival.Name}: {AssessmentSentences.Percent(rival.Probability)}", Tone.Strong);
            foreach (string sentence in rival.Against)
            {
                _page.Hanging("    against  ", sentence);
            }

            foreach (string sentence in rival.For)
            {
                _page.Hanging("    for      ", sentence);
            }
        }
    }

    private void Basis(Assessment assessment, AssessmentRequest request)
    {
        _page.Heading("What it rests on");
        Fact("knowledge", $"{string.Join(", ", use.Base.Origins.Select(static o => KnowledgeText.Origin(o)))}; {use.From}");
        Fact("", $"SHA-256 {assessment.KnowledgeSha256}");
        Fact("weights", $"SHA-256 {assessment.ModelSha256}");
        Fact("year", assessment.Year.ToString(CultureInfo.InvariantCulture) + (request.Year is null ? "" : ", given by the user"));
        Fact("base rates", $"groups that are not known do {AssessmentSentences.UnknownRate(assessment)} of intrusions"
            + (request.UnknownBaseRate is null ? ", as in history" : ", given by the user"));
        foreach ((string id, double factor) in assessment.GroupFactors)
        {
            Fact("", string.Create(CultureInfo.InvariantCulture, $"{RankedExplanation.NameOf(assessment, id)}: odds times {factor:0.######}, given by the user")
                + (assessment.TooThin.Any(g => g.Group.Id == id) ? ", and without effect: too little is published to weigh it" : ""));
        }

        Fact("left out", $"{Words.Count(assessment.TooThin.Length, "group")} of which too little is published to be weighed; they count as not known");
    }

    private void Fact(string name, string value) => _page.Hanging("  " + name.PadRight(12), value);

    private void List(string heading, ImmutableArray<string> sentences)
    {
        if (!sentences.IsEmpty)
        {
            _page.Heading(heading);
            foreach (string sentence in sentences)
            {
                Item(sentence);
            }
        }
    }

    private void Item(string sentence) => _page.Hanging("  - ", sentence);

    private void Sentence(string sentence) => _page.Hanging("  ", sentence);

    private void Paragraph(ImmutableArray<string> sentences)
    {
        if (!sentences.IsEmpty)
        {
            host.Out.WriteLine();
            _page.Hanging("", string.Join(' ', sentences));
        }
    }
}
