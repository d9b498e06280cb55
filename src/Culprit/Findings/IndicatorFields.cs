using Culprit.Evidence;

namespace Culprit.Findings;

/// <summary>Whose event a record is, as far as the meaning of its fields' names depends on it.</summary>
internal enum EventMaker
{
    /// <summary>Sysmon.</summary>
    Sysmon,

    /// <summary>Another part of Windows.</summary>
    Windows,

    /// <summary>Anybody else: a virus scanner, a service of one's own, a web server.</summary>
    Other,
}

/// <summary>How a field is read for indicators.</summary>
internal enum FieldReading
{
    /// <summary>As any text.</summary>
    Text,

    /// <summary>Where it holds a URL: it is called a version, and versions look like addresses.</summary>
    Url,

    /// <summary>Not at all.</summary>
    None,
}

/// <summary>Which fields hold names and addresses of others. A name that is a number or an account to Sysmon is free text to a virus scanner.</summary>
internal static class IndicatorFields
{
    private const string Sysmon = "Microsoft-Windows-Sysmon";
    private const string SysmonChannel = "Microsoft-Windows-Sysmon/Operational";
    private const string WindowsPrefix = "Microsoft-Windows-";

    // Times, and what Sysmon says of accounts, of programs' makers, whether they are signed, and of kinds of events, where neither
    // names nor addresses of others stand.
    private static readonly HashSet<string> OfSysmon = new(StringComparer.OrdinalIgnoreCase)
    {
        "UtcTime", "CreationUtcTime", "PreviousCreationUtcTime", "User", "ParentUser", "SourceUser", "TargetUser", "Company", "Product", "Description", "RuleName",
        "Signed", "SignatureStatus", "EventType", "Protocol", "Initiated", "SourcePortName", "DestinationPortName", "GrantedAccess",
    };

    // Of requests: their time, the server that recorded them, and the whole line, of which fields were made.
    private static readonly HashSet<string> OfRequests = new(StringComparer.OrdinalIgnoreCase) { "s-ip", "s-computername", "s-sitename", "date", "time", "raw" };

    // What numbers processes, sessions and accounts looks like nothing that is looked for.
    private static readonly string[] Numbers = ["ProcessId", "ThreadId", "LogonId", "SessionId", "IntegrityLevel"];

    private static readonly string[] NumbersOfWindows = ["Version", "Guid", "Sid"];

    /// <summary>Whose event a record is.</summary>
    public static EventMaker MakerOf(scoped in RecordView record)
    {
        RecordLayout layout = record.Layout;
        if (layout.ProviderField >= 0 && record.TryGetText(layout.ProviderField, 0, out ReadOnlySpan<char> provider) && !provider.IsEmpty)
        {
            return provider.Equals(Sysmon, StringComparison.OrdinalIgnoreCase) ? EventMaker.Sysmon
                : provider.StartsWith(WindowsPrefix, StringComparison.OrdinalIgnoreCase) ? EventMaker.Windows
                : EventMaker.Other;
        }

        return layout.ChannelField < 0 || !record.TryGetText(layout.ChannelField, 0, out ReadOnlySpan<char> channel) ? EventMaker.Other
            : channel.Equals(SysmonChannel, StringComparison.OrdinalIgnoreCase) ? EventMaker.Sysmon
            : channel.StartsWith(WindowsPrefix, StringComparison.OrdinalIgnoreCase) || channel is "Security" ? EventMaker.Windows
            : EventMaker.Other;
    }

    /// <summary>Whether all records of a layout have one maker.</summary>
    public static bool HaveOneMaker(scoped in RecordView record)
    {
        RecordLayout layout = record.Layout;
        int field = layout.ProviderField >= 0 ? layout.ProviderField : layout.ChannelField;
        return layout.Kind != RecordKind.WindowsEvent || field < 0 || record.IsConstant(field);
    }

    /// <summary>How a field is read.</summary>
    /// <param name="kind">What the record is.</param>
    /// <param name="maker">Whose event it is.</param>
    /// <param name="name">The field's name.</param>
    public static FieldReading Of(RecordKind kind, EventMaker maker, string name)
    {
        bool isKnown = kind == RecordKind.WebRequest ? OfRequests.Contains(name) : maker == EventMaker.Sysmon && OfSysmon.Contains(name);
        return isKnown || EndsWithOne(name, Numbers) || (maker != EventMaker.Other && EndsWithOne(name, NumbersOfWindows)) ? FieldReading.None
            : name.EndsWith("Version", StringComparison.OrdinalIgnoreCase) ? FieldReading.Url
            : FieldReading.Text;
    }

    // Without a lambda, which would be an object for each field of each layout: evidence of many machines has tens of thousands of layouts.
    private static bool EndsWithOne(string name, string[] endings)
    {
        foreach (string ending in endings)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
