using System.Collections.Frozen;
using Culprit.Incidents.Joining;

namespace Culprit.Attribution.Observing;

/// <summary>How an indicator was met, by the field that holds it. What connects, asks or lies somewhere must be had; what is only written costs a word.</summary>
internal static class IndicatorContacts
{
    // What whoever sends a request writes into it, beside everything that web servers' logs call cs-... (from client to server).
    private static readonly FrozenSet<string> Sent = FrozenSet.ToFrozenSet(
        ["X-Forwarded-For", "referer", "referrer", "user_agent", "userAgent", "user-agent", "query", "uri", "request", "request_uri", "raw"],
        StringComparer.OrdinalIgnoreCase);

    // What whoever runs a program on a machine writes.
    private static readonly FrozenSet<string> Written = FrozenSet.ToFrozenSet(
        [
            "CommandLine", "ParentCommandLine", "ProcessCommandLine", "ScriptBlockText", "Payload", "ContextInfo", "HostApplication", "TaskContent", "Message",
            "Data", "Details", "ServiceFileName", "ImagePath", "RelativeTargetName", "Arguments", "argv", "command", "cmdline", "exe_args",
        ], StringComparer.OrdinalIgnoreCase);

    /// <summary>The strongest of a finding's fields.</summary>
    /// <param name="position">The finding, by position.</param>
    /// <param name="kind">What the indicator is, such as <c>domain</c>.</param>
    /// <param name="signs">The incident.</param>
    public static IndicatorContact Of(int position, string kind, IncidentSigns signs) =>
        signs.Finding(position).Matched.Select(m => Of(m.Field, kind, () => IsProxied(signs, position))).DefaultIfEmpty(IndicatorContact.Met).Min();

    private static IndicatorContact Of(string path, string kind, Func<bool> isProxied)
    {
        string field = path[(path.LastIndexOf('.') + 1)..];
        return field is "cs-host" or "cs-uri" && kind != "path" ? isProxied() ? IndicatorContact.Met : IndicatorContact.Sent
            : field.StartsWith("cs-", StringComparison.OrdinalIgnoreCase) || field.StartsWith("cs(", StringComparison.OrdinalIgnoreCase) || Sent.Contains(field) ? IndicatorContact.Sent
            : Written.Contains(field) ? IndicatorContact.Written
            : IndicatorContact.Met;
    }

    // A request from inside is one that a proxy passed on to the host that it names; one from outside came to whoever keeps the log, and may name any.
    private static bool IsProxied(IncidentSigns signs, int position) =>
        signs.EventsOf(position).Any(e => AddressRange.IsPrivate(signs.Incident.Events[e].Value("c-ip")));
}
