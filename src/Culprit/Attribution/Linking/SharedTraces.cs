using System.Globalization;
using Culprit.Knowledge;

namespace Culprit.Attribution.Linking;

/// <summary>
/// The traces that two incidents share: met by kind and value, weighed by what happened through them, worded. And what it says that both show
/// infrastructure and share none.
/// </summary>
/// <param name="a">One incident.</param>
/// <param name="b">The other.</param>
/// <param name="same">The events of either that are the same records: what they alone show is seen once, not shared.</param>
/// <param name="sameVictim">Whether both have one victim, whose own things both have too.</param>
internal sealed class SharedTraces(IncidentProfile a, IncidentProfile b, (IReadOnlySet<int> First, IReadOnlySet<int> Second) same, bool sameVictim)
{
    internal const double NoneShared = -0.2;

    private HashSet<string>? _domains;

    // The registered domains that both show.
    private HashSet<string> Domains => _domains ??=
        [.. a.Traces.All.Where(t => t.Kind == TraceKind.Domain && b.Traces.Find(t.Kind, t.Value) is not null).Select(static t => RegisteredDomains.OfHolder(t.Value))];

    /// <summary>Adds what is shared, or that no infrastructure is.</summary>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public void Add(List<LinkItem> items, CancellationToken stop)
    {
        bool isAbsent = true;
        foreach (Trace whole in a.Traces.All)
        {
            stop.ThrowIfCancellationRequested();
            if (b.Traces.Find(whole.Kind, whole.Value) is not { } others)
            {
                continue;
            }

            // What is seen once is not shared, and is no sign of absence either; nor is what knocks everywhere a sign of presence.
            bool isThere = true;
            if (whole.Without(same.First) is { } one && others.Without(same.Second) is { } other)
            {
                TraceGrade grade = one.Grade < other.Grade ? one.Grade : other.Grade;
                items.Add(Weigh(one, other, grade));
                isThere = grade >= TraceGrade.Written;
            }

            isAbsent &= !isThere || TraceWeights.Of(whole.Kind).Line != LinkLine.Infrastructure;
        }

        if (isAbsent && a.Traces.ShowInfrastructure && b.Traces.ShowInfrastructure)
        {
            items.Add(Absence);
        }
    }

    private static LinkItem Absence => new()
    {
        Line = LinkLine.Infrastructure,
        Kind = "no shared infrastructure",
        Value = "",
        LogLikelihoodRatio = NoneShared,
        Spoofability = Spoofability.Easy,
        Note = "Both show addresses or domains of the intruder, and share none.",
    };

    private LinkItem Weigh(Trace one, Trace other, TraceGrade grade)
    {
        (LinkLine line, string kind, double halfLife) = TraceWeights.Of(one.Kind);
        (double weight, Spoofability spoofability, string note) = TraceWeights.Weigh(one.Kind, grade, sameVictim);
        bool isPublished = spoofability == Spoofability.Hard && (one.IsPublished || other.IsPublished);
        double afterChance = TraceWeights.AfterChance(weight, (long)a.Traces.Count(one.Kind, grade) * b.Traces.Count(one.Kind, grade));
        double years = Gap.Years((one.First, one.Last), (other.First, other.Last));
        return new LinkItem
        {
            Line = line,
            Kind = kind,
            Value = one.Value,
            LogLikelihoodRatio = afterChance * Math.Pow(2, -years / halfLife),
            Spoofability = isPublished ? Spoofability.Moderate : spoofability,
            Note = Note(note, isPublished, isByChance: afterChance < weight, years > halfLife / 2 ? years : null, one.KnownAs.Length > 0 ? one.KnownAs : other.KnownAs),
            FirstEvents = one.Events,
            SecondEvents = other.Events,
            Whole = WholeOf(one, other),
            OfGroup = one.IsOfGroup || other.IsOfGroup,
            OnlyWritten = grade == TraceGrade.Written,
        };
    }

    // Names below one registered domain are one thing, and so is the address that one of them was answered with: whose the domain is, theirs they are.
    private string WholeOf(Trace one, Trace other)
    {
        if (one.Kind == TraceKind.Domain)
        {
            return RegisteredDomains.OfHolder(one.Value);
        }

        if (one.Kind != TraceKind.Address)
        {
            return "";
        }

        string[] names = [.. one.AnswerOf.Concat(other.AnswerOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return names.Length == 0 ? one.Value : Array.Find(names, Domains.Contains) ?? names[0];
    }

    private static string Note(string note, bool isPublished, bool isByChance, double? longYears, string knownAs)
    {
        string[] sentences =
        [
            note,
            isPublished ? "A list publishes it, so that others can use it to point at whoever had it." : "",
            isByChance ? "So many were seen on both sides that some may meet by chance." : "",
            knownAs.Length > 0 ? $"Records of one side know the file by the hash {knownAs} alone, which others show to be the same file's." : "",
            longYears is { } years ? string.Create(CultureInfo.InvariantCulture, $"It was seen {years:F1} years apart, in which such things change hands.") : "",
        ];
        return string.Join(' ', sentences.Where(static s => s.Length > 0));
    }
}
