using System.Collections.Immutable;
using Culprit.Attribution;
using Culprit.Dossier.Text;
using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Dossier.Model;

/// <summary>How far the evidence carries a judgement.</summary>
public enum Confidence
{
    /// <summary>One kind of record alone, or none that could be read again.</summary>
    Low,

    /// <summary>Several kinds of records agree, but something that would matter is missing.</summary>
    Moderate,

    /// <summary>Several kinds of records agree and nothing that would matter is known to be missing.</summary>
    High,
}

/// <summary>How sure the dossier is that there was an intrusion. Likelihood and confidence are told apart.</summary>
public sealed class Certainty
{
    private Certainty(Likelihood likelihood, Prose likelihoodSentence, Confidence confidence, Prose confidenceSentence, ImmutableArray<Prose> carries, ImmutableArray<Prose> limits)
    {
        Likelihood = likelihood;
        LikelihoodSentence = likelihoodSentence;
        Confidence = confidence;
        ConfidenceSentence = confidenceSentence;
        Carries = carries;
        Limits = limits;
    }

    /// <summary>How likely an intrusion is.</summary>
    public Likelihood Likelihood { get; }

    /// <summary>The same as a sentence.</summary>
    public Prose LikelihoodSentence { get; }

    /// <summary>How far the evidence carries that.</summary>
    public Confidence Confidence { get; }

    /// <summary>The same as a sentence.</summary>
    public Prose ConfidenceSentence { get; }

    /// <summary>What the confidence rests on.</summary>
    public ImmutableArray<Prose> Carries { get; }

    /// <summary>What takes from it.</summary>
    public ImmutableArray<Prose> Limits { get; }

    /// <summary>Judges an incident by the rules that docs/dossier.md has. <paramref name="anchor"/> is that of its chapter.</summary>
    public static Certainty Of(Incident incident, DossierInput input, ProseBook book, string anchor)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(book);
        Likelihood likelihood = IncidentLikelihood.Of(incident);
        Prose sentence = book.Judge($"{AssessmentSentences.Opening(likelihood)} this was an intrusion.");
        ImmutableArray<Prose> carries = [.. CarriesOf(incident).Select(reason => book.Note(reason, anchor + "-records"))];
        ImmutableArray<Prose> limits = [.. LimitsOf(incident, input).Select(limit => limit.Part is null ? book.Judge(limit.Text) : book.Note(limit.Text, limit.Part.Length == 0 ? "coverage" : $"{anchor}-{limit.Part}"))];
        Confidence confidence = carries.IsEmpty || Kinds(incident) < 2 ? Confidence.Low : limits.IsEmpty ? Confidence.High : Confidence.Moderate;
        Prose how = book.Judge(confidence switch
        {
            Confidence.High => "Confidence in this account is high.",
            Confidence.Moderate => "Confidence in this account is moderate.",
            _ => "Confidence in this account is low.",
        });
        return new Certainty(likelihood, sentence, confidence, how, carries, limits);
    }

    private static int Kinds(Incident incident) => incident.Events.Select(static happened => (happened.Kind, happened.Channel)).Distinct().Count();

    private static IEnumerable<string> CarriesOf(Incident incident)
    {
        int kinds = Kinds(incident);
        int hosts = incident.Events.Select(static happened => happened.Machine).Where(static host => host.Length > 0).Distinct(StringComparer.Ordinal).Count();
        if (kinds > 1)
        {
            yield return $"Logs of {kinds} kinds on {Moments.Count(hosts, "host")} agree with each other, and each was written on its own.";
        }

        int cited = incident.Events.Length;
        if (cited > 0)
        {
            yield return $"It rests on {Moments.Count(cited, "record")}, each of which is quoted here with its place in the evidence.";
        }

        if (cited > 0 && incident.Events.All(static happened => happened.Time.Certainty is TimeCertainty.Exact))
        {
            yield return "All times are exact.";
        }
    }

    private static IEnumerable<(string Text, string? Part)> LimitsOf(Incident incident, DossierInput input)
    {
        if (incident.Events.IsEmpty)
        {
            yield return ("The evidence was not read again for the records of this incident.", "");
        }

        if (incident.Phases.Any(static phase => phase.Techniques.Any(static id => Sightings.IsOrBelow(id, "T1070.001") || Sightings.IsOrBelow(id, "T1562.002"))))
        {
            yield return ("Logs were cleared or switched off, so that records are missing.", "attack");
        }

        int unread = input.Sources.Count(static source => source.NotReadReason.Length > 0);
        if (unread > 0)
        {
            yield return ($"{Moments.Count(unread, "source")} of evidence could not be read to the end.", "");
        }

        int assumed = incident.Events.Count(static happened => happened.Time.Certainty is not TimeCertainty.Exact);
        if (assumed > 0)
        {
            yield return ($"The times of {Moments.Count(assumed, "record")} are not exact.", "records");
        }

        int open = incident.Story?.Limits.Length ?? 0;
        if (open > 0)
        {
            yield return ($"{Moments.Count(open, "question")} cannot be answered from these logs.", null);
        }

        string[] silent = [.. incident.Hosts.Select(static host => host.Name)
            .Where(host => host.Length > 0 && !incident.Events.Any(happened => string.Equals(happened.Machine, host, StringComparison.OrdinalIgnoreCase)))];
        if (silent.Length > 0 && !incident.Events.IsEmpty)
        {
            yield return ($"There is no record of its own for {Names.List(silent)}.", "records");
        }
    }
}
