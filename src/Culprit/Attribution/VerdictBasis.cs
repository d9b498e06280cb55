using System.Collections.Immutable;

namespace Culprit.Attribution;

/// <summary>What carries the explanation that a verdict names, and what of it nobody but the user says.</summary>
public sealed class VerdictBasis
{
    private const string Mark = ", " + GivenObservations.Basis;

    private const int Most = 4, MostGiven = 6, LongestName = 80;

    private readonly Assessment _assessment;
    private readonly RankedExplanation? _named;
    private readonly Dictionary<int, double> _shows = [];

    /// <summary>Reads an assessment.</summary>
    public VerdictBasis(Assessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        _assessment = assessment;
        _named = assessment.Verdict switch
        {
            Verdict.NamedGroup => RankedExplanation.Of(assessment).FirstOrDefault(one => assessment.Group!.GroupIds.Contains(one.Id, StringComparer.Ordinal)),
            Verdict.NamedCluster => RankedExplanation.Of(assessment).FirstOrDefault(one => assessment.Cluster!.GroupIds.Contains(one.Id, StringComparer.Ordinal)),
            Verdict.UnknownGroup => RankedExplanation.Of(assessment).First(static one => one.IsUnknown),
            _ => null,
        };
        All = _named is null ? []
            : [.. Enumerable.Range(0, assessment.Observations.Length).Where(Speaks).OrderByDescending(Weight).ThenBy(static i => i)];
        foreach (int i in _named is null ? [] : Enumerable.Range(0, assessment.Observations.Length))
        {
            foreach (int number in assessment.Observations[i].Observation.Events)
            {
                _shows[number] = _shows.GetValueOrDefault(number) + Weight(i);
            }
        }
    }

    /// <summary>The observations that speak for it, by position, strongest first; empty where nothing is named.</summary>
    public ImmutableArray<int> All { get; }

    /// <summary>Whether the user gave any of them.</summary>
    public bool IsPartlyGiven => All.Any(IsGiven);

    /// <summary>Whether the user alone says that something was observed, so that no record shows it.</summary>
    public static bool IsGiven(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return observation.Events.IsEmpty && observation.Findings.IsEmpty;
    }

    /// <summary>
    /// Records of what carries it most, strongest first, one for each: a record that shows as much against it as for it carries nothing.
    /// Empty where the user gave all that carries it.
    /// </summary>
    /// <param name="events">How many events the incident has.</param>
    public ImmutableArray<int> Records(int events) =>
    [
        .. All.Where(i => !IsGiven(i)).Take(Most)
            .SelectMany(i => _assessment.Observations[i].Observation.Events.Where(number => number >= 0 && number < events && _shows[number] >= ObservationWeight.NextToNothing).Take(1))
            .Distinct(),
    ];

    /// <summary>What it rests on, as a sentence, which tells what the user gave from what records show; null where nothing single carries it.</summary>
    public string? Sentence()
    {
        int[] given = [.. All.Where(IsGiven)], shown = [.. All.Where(i => !IsGiven(i))];
        string Given() => Listed(given, MostGiven);
        string Shown() => Listed([.. shown.Take(Most)], Most);
        return All.IsEmpty ? null
            : shown.Length == 0 ? $"It rests on what the user gave and on nothing else, and no record shows it: {Given()}."
            : given.Length == 0 && _named!.IsUnknown ? $"It rests on everything together, which fits no known group well; what fits them least is {Shown()}."
            : given.Length == 0 ? $"It rests {(shown.Length > Most ? "most " : "")}on {Shown()}."
            : given.Sum(Weight) >= shown.Sum(Weight) || !RecordsSayTheSame ? $"It rests mainly on what the user gave, and no record shows it: {Given()}."
            : $"It rests mainly on {Shown()}. A part of it is what the user gave, and no record shows it: {Given()}.";
    }

    /// <summary>A sentence in which what the user alone says is marked as such, behind its name.</summary>
    public string Marked(string sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        foreach (string name in _assessment.Observations.Select(static one => one.Observation).Where(IsGiven).SelectMany(Called).Distinct(StringComparer.Ordinal))
        {
            if (EndOf(name, sentence) is var end and >= 0)
            {
                sentence = sentence[..end] + Mark + (sentence[end] == ' ' ? "," : "") + sentence[end..];
            }
        }

        return sentence;
    }

    /// <summary>Whether a sentence names an observation, and not another of which the name holds this one's (<c>evil.example</c> in <c>evil.example/a</c>).</summary>
    public static bool IsNamed(Observation observation, string sentence)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(sentence);
        return Called(observation).Any(name => EndOf(name, sentence) >= 0);
    }

    // Behind the first place where a name stands by itself; -1 where there is none.
    private static int EndOf(string name, string sentence)
    {
        for (int at = sentence.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = sentence.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            int end = at + name.Length;
            if ((at == 0 || sentence[at - 1] == ' ') && end < sentence.Length
                && (sentence[end] is ' ' or ',' || (sentence[end] is ':' or '.' && (end + 1 == sentence.Length || sentence[end + 1] == ' '))))
            {
                return end;
            }
        }

        return -1;
    }

    // Sentences speak of the victim in words of their own.
    private static IEnumerable<string> Called(Observation observation) =>
        observation.Kind is ObservationKind.VictimSector or ObservationKind.VictimCountry
            ? [AssessmentSentences.Name(observation), $"the victim ({observation.Name})"] : [AssessmentSentences.Name(observation)];

    private bool IsGiven(int observation) => IsGiven(_assessment.Observations[observation].Observation);

    // What a group is not known for never speaks for it, however much more it speaks against others.
    private bool Speaks(int i) => Weight(i) >= ObservationWeight.NextToNothing && (_named!.IsUnknown || _assessment.Observations[i].Observation switch
    {
        { NewMalware: true } => false,
        { Kind: ObservationKind.Technique or ObservationKind.Software } => !_named.Weights[i].Sources.IsEmpty,
        _ => true,
    });

    private bool RecordsSayTheSame => _assessment.ByRecordsAlone is not { } records || (records.Verdict == _assessment.Verdict && records.Leader == _named!.Id);

    private double Weight(int observation) => _named!.Weights[observation].LogLikelihoodRatio;

    // a, b and c; past so many a, b and 7 more.
    private string Listed(int[] observations, int most)
    {
        string[] names = [.. observations.Select(i => Cut(AssessmentSentences.Name(_assessment.Observations[i].Observation))).Distinct(StringComparer.Ordinal)];
        return names.Length == 1 ? names[0]
            : names.Length <= most ? $"{string.Join(", ", names[..^1])} and {names[^1]}"
            : $"{string.Join(", ", names[..most])} and {names.Length - most} more";
    }

    private static string Cut(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";
}
