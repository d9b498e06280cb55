using System.Collections.Immutable;
using Culprit.Findings;
using Culprit.Primitives;

namespace Culprit.Cases;

/// <summary>Which lines of a timeline are wanted; all conditions hold together, and of one condition's values any.</summary>
public sealed record TimelineFilter
{
    /// <summary>Hosts, as records or the story name them: whole, or as far as the first dot, without case; empty takes all.</summary>
    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>Accounts: whole, or without their domain, without case; empty takes all.</summary>
    public ImmutableArray<string> Accounts { get; init; } = [];

    /// <summary>ATT&amp;CK tactics as ATT&amp;CK's URLs spell them; empty takes all.</summary>
    public ImmutableArray<string> Tactics { get; init; } = [];

    /// <summary>Incidents by number; empty takes all.</summary>
    public ImmutableArray<int> Incidents { get; init; } = [];

    /// <summary>The least level of what is shown; null takes events that no rule found too.</summary>
    public FindingLevel? Level { get; init; }

    /// <summary>Nothing before this time. What has no time is then left out.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Nothing at or after this time. What has no time is then left out.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether findings that are in no incident are wanted too.</summary>
    public bool All { get; init; }

    /// <summary>Whether an entry is wanted.</summary>
    public bool Includes(TimelineEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return (Incidents.IsEmpty || Incidents.Contains(entry.Incident))
            && (Level is null || entry.Level >= Level)
            && IncludesTime(entry.Time)
            && (Hosts.IsEmpty || Hosts.Any(h => IsHost(entry.Host, h) || IsHost(entry.Machine, h)))
            && (Accounts.IsEmpty || Accounts.Any(a => IsAccount(entry.Account, a)))
            && (Tactics.IsEmpty || entry.Tactics.Any(t => Tactics.Contains(t, StringComparer.OrdinalIgnoreCase)));
    }

    private static bool IsHost(string host, string wanted)
    {
        int dot = host.IndexOf('.', StringComparison.Ordinal);
        return Same(host, wanted) || (dot > 0 && Same(host[..dot], wanted) && !System.Net.IPAddress.TryParse(host, out _));
    }

    // DOMAIN\name and name@domain are the account that "name" means.
    private static bool IsAccount(string account, string wanted)
    {
        int at = account.IndexOf('@', StringComparison.Ordinal);
        return Same(account, wanted)
            || Same(account[(account.LastIndexOf('\\') + 1)..], wanted)
            || (at > 0 && Same(account[..at], wanted));
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private bool IncludesTime(EventTime time) =>
        (Since is null && Until is null)
        || (time.Certainty != TimeCertainty.Unknown
            && time.UtcTicks >= (Since?.UtcTicks ?? 0) && time.UtcTicks < (Until?.UtcTicks ?? long.MaxValue));
}
