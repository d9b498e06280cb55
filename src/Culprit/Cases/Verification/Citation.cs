using System.Collections.Immutable;
using Culprit.Events;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Cases.Verification;

/// <summary>A place in the evidence, and what is said of the record that stands there.</summary>
internal sealed record Citation
{
    /// <summary>Who cites it, in words.</summary>
    public required string By { get; init; }

    /// <summary>The place.</summary>
    public required CitedPlace Place { get; init; }

    public required EventTime Time { get; init; }

    public required string Host { get; init; }

    public required string Account { get; init; }

    /// <summary>The channel; null where it is not quoted.</summary>
    public string? Channel { get; init; }

    /// <summary>The provider; null where it is not quoted.</summary>
    public string? Provider { get; init; }

    /// <summary>The event id; null where it is not quoted.</summary>
    public int? EventId { get; init; }

    /// <summary>Values that are quoted of it.</summary>
    public ImmutableArray<MatchedValue> Values { get; init; } = [];

    /// <summary>The event, where all of the record is quoted.</summary>
    public IncidentEvent? Whole { get; init; }

    /// <summary>What a finding cites.</summary>
    public static IEnumerable<Citation> Of(Finding finding, int number) => finding.IsCorrelation
        ? finding.Events.Select(e => new Citation
        {
            By = $"finding {number} ({finding.Rule.Title})",
            Place = PlaceOf(e.Place),
            Time = e.Time,
            Host = e.Host,
            Account = e.Account,
        })
        : finding.Places.Select(place => new Citation
        {
            By = $"finding {number} ({finding.Rule.Title})",
            Place = PlaceOf(place),
            Time = finding.Time,
            Host = finding.Host,
            Account = finding.Account,
            Channel = finding.Channel,
            Provider = finding.Provider,
            EventId = finding.EventId,
            Values = finding.Matched,
        });

    /// <summary>What an event of an incident cites.</summary>
    public static IEnumerable<Citation> Of(IncidentEvent e, int incident) => e.Places.Select((place, i) => new Citation
    {
        By = $"event {e.Number} of incident {incident}",
        Place = place,
        Time = e.Time,
        Host = e.Host,
        Account = e.Account,
        Channel = e.Channel,
        Provider = e.Provider,
        EventId = e.EventId,
        Whole = i == 0 ? e : e with { Fields = [] },
    });

    /// <summary>What of it a record does not say; empty where it says all.</summary>
    public string HoldAgainst(scoped in EventView view)
    {
        string problem = view.Record.Length != Place.Length ? $"the record has {view.Record.Length} bytes, not {Place.Length}"
            : view.RecordId != Place.RecordId ? $"the record's number is {view.RecordId}, not {Place.RecordId}"
            : view.Time != Time ? $"the record's time is {view.Time.Utc:O}, not {Time.Utc:O}"
            : !Same(view.Host, Host) ? $"the record's host is '{view.Host}', not '{Host}'"
            : !Same(view.Account, Account) ? $"the record's account is '{view.Account}', not '{Account}'"
            : Channel is not null && !Same(view.Route.Channel, Channel) ? $"the record's channel is '{view.Route.Channel}', not '{Channel}'"
            : Provider is not null && !Same(view.Route.Provider, Provider) ? $"the record's provider is '{view.Route.Provider}', not '{Provider}'"
            : EventId is not null && view.Route.EventId != EventId ? $"the record's event id is {view.Route.EventId}, not {EventId}"
            : "";
        if (problem.Length > 0)
        {
            return problem;
        }

        foreach (MatchedValue value in Values.Where(static v => v.Value.Length > 0))
        {
            if (!Holds(in view, value.Value))
            {
                return $"no field of the record has the value '{value.Value}'";
            }
        }

        return Whole is null ? "" : HoldWhole(in view, Whole);
    }

    private static string HoldWhole(scoped in EventView view, IncidentEvent whole) =>
        view.Identity.ToString("x32", System.Globalization.CultureInfo.InvariantCulture) != whole.Identity ? "the record is another one: its identity differs"
        : whole.Fields.IsEmpty || view.ToEvent().Fields.SequenceEqual(whole.Fields) ? ""
        : "the record's fields are others";

    private static bool Holds(scoped in EventView view, string value)
    {
        for (int field = 0; field < view.Record.Layout.FieldNames.Count; field++)
        {
            for (int i = 0; view.Record.TryGetText(field, i, out ReadOnlySpan<char> text); i++)
            {
                if (QuotedText.IsOf(value, text))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Copies of one record may write names in other letters.
    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static CitedPlace PlaceOf(EvidencePlace place) =>
        new(place.Source.Path, place.Source.Sha256, place.Offset, place.Length, place.RecordId);
}
