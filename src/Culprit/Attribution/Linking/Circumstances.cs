using System.Collections.Immutable;
using Culprit.Attribution.Weighing;

namespace Culprit.Attribution.Linking;

/// <summary>What lies around an intrusion: vulnerabilities, hours, victims, and what others ascribe it to. Weights are set and small.</summary>
internal static class Circumstances
{
    internal const double SameVulnerability = 0.4, SameHours = 0.2, OtherHours = -0.3, SameSector = 0.3, SameCountry = 0.1, SameGroup = 1, OtherGroup = -1;
    internal const double NearHours = 1, FarHours = 4;
    private const double Day = 24;

    /// <summary>Adds what both sides show.</summary>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public static void Add(List<LinkItem> items, IncidentProfile a, IncidentProfile b, CancellationToken stop)
    {
        ILookup<(ObservationKind, string), Observation> ofB = b.Observations.Where(static o => Of(o.Kind) is not null).ToLookup(Key);
        foreach (Observation one in a.Observations)
        {
            stop.ThrowIfCancellationRequested();
            if (Of(one.Kind) is (var line, var kind, var weight, var note) && ofB[Key(one)].FirstOrDefault() is { } other)
            {
                items.Add(Item(line, kind, one.Value, weight, note, [one], [other]));
            }
        }

        Hours(items, a, b);
        Ascribed(items, a, b, stop);
    }

    // What sharing an observation says; null for those that are weighed elsewhere or by more than being equal.
    private static (LinkLine Line, string Kind, double Weight, string Note)? Of(ObservationKind kind) => kind switch
    {
        ObservationKind.Vulnerability => (LinkLine.Access, "vulnerability", SameVulnerability, "What is published is exploited by many."),
        ObservationKind.VictimSector => (LinkLine.Victims, "victim's sector", SameSector, ""),
        ObservationKind.VictimCountry => (LinkLine.Victims, "victim's country", SameCountry, ""),
        _ => null,
    };

    // Upper and lower case are no difference.
    private static (ObservationKind, string) Key(Observation observation) => (observation.Kind, observation.Value.ToUpperInvariant());

    private static void Hours(List<LinkItem> items, IncidentProfile a, IncidentProfile b)
    {
        if (OffsetOf(a) is not ({ } one, { } hoursA) || OffsetOf(b) is not ({ } other, { } hoursB))
        {
            return;
        }

        // Hours go round: -11:00 and +13:00 are one hour of two days.
        double around = Math.Abs(hoursA - hoursB), apart = Math.Min(around, Day - around);
        if (apart <= NearHours)
        {
            items.Add(Item(LinkLine.Hours, "hours of work", "", SameHours, $"UTC{one.Value} and UTC{other.Value}.", [one], [other]));
        }
        else if (apart >= FarHours)
        {
            items.Add(Item(LinkLine.Hours, "different hours of work", "", OtherHours, $"UTC{one.Value} and UTC{other.Value}.", [one], [other]));
        }
    }

    // What both sides have is weighed as itself; what lists say of it would count it twice.
    private static void Ascribed(List<LinkItem> items, IncidentProfile a, IncidentProfile b, CancellationToken stop)
    {
        if (a.Ascribed.IsEmpty || b.Ascribed.IsEmpty)
        {
            return;
        }

        Observation[] ofA = Own(a, b), ofB = Own(b, a);
        if (ofA.Length == 0 || ofB.Length == 0)
        {
            return;
        }

        string[] groupsA = Groups(ofA), groupsB = Groups(ofB);
        string[] both = [.. groupsA.Intersect(groupsB, StringComparer.Ordinal)];
        items.Add(both.Length > 0
            ? Item(LinkLine.Ascribed, "ascribed to one group", string.Join(", ", both), SameGroup, "Lists ascribe indicators of both to it.", ofA, ofB)
            : Item(LinkLine.Ascribed, "ascribed to different groups", "", OtherGroup, $"Lists ascribe indicators of one to {string.Join(", ", groupsA)}, of the other to {string.Join(", ", groupsB)}.", ofA, ofB));

        Observation[] Own(IncidentProfile profile, IncidentProfile other)
        {
            var own = new List<Observation>();
            foreach (Observation one in profile.Ascribed)
            {
                stop.ThrowIfCancellationRequested();
                if (!Array.Exists(profile.TracesOf(one), t => other.Traces.Find(t.Kind, t.Value) is not null))
                {
                    own.Add(one);
                }
            }

            return [.. own];
        }
    }

    private static string[] Groups(Observation[] observations) =>
        [.. observations.SelectMany(static o => o.Indicators).Where(static c => !c.Shared).SelectMany(static c => c.GroupIds).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static (Observation?, double?) OffsetOf(IncidentProfile profile) =>
        profile.Observations.FirstOrDefault(static o => o.Kind == ObservationKind.WorkingHours) is { } one && WorkingZones.TryParse(one.Value, out double hours)
            ? (one, hours)
            : (null, null);

    private static LinkItem Item(LinkLine line, string kind, string value, double weight, string note, Observation[] a, Observation[] b) => new()
    {
        Line = line,
        Kind = kind,
        Value = value,
        LogLikelihoodRatio = weight,
        Spoofability = line == LinkLine.Hours ? Spoofability.Trivial : Spoofability.Easy,
        Note = note,
        FirstEvents = Events(a),
        SecondEvents = Events(b),
    };

    private static ImmutableArray<int> Events(Observation[] observations) => [.. observations.SelectMany(static o => o.Events).Distinct().Order()];
}
