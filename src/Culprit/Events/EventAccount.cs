using Culprit.Evidence;

namespace Culprit.Events;

/// <summary>Finds the account of an event.</summary>
internal static class EventAccount
{
    // A user name, and the domain that belongs to it ("" where the name has it already, or there is none).
    private static readonly (string User, string Domain)[] Actor =
    [
        ("SubjectUserName", "SubjectDomainName"),
        ("User", ""),
        ("SourceUser", ""),
        ("TargetUserName", "TargetDomainName"),
        ("UserName", "DomainName"),
        ("AccountName", "Domain"),
        ("Security_UserID", ""),
    ];

    private static readonly (string User, string Domain)[] Logon =
    [
        ("TargetUserName", "TargetDomainName"),
        .. Actor,
    ];

    private static readonly (string User, string Domain)[] RemoteDesktop =
    [
        ("Param1", "Param2"),
        .. Actor,
    ];

    private static readonly (string User, string Domain)[] Web = [("cs-username", "")];

    /// <summary>The account of a record.</summary>
    public static string Of(scoped in RecordView record, EventRoute route, EventContext context)
    {
        foreach ((string user, string domain) in Candidates(record.Layout.Kind, route))
        {
            if (!TryGet(in record, user, out ReadOnlySpan<char> name))
            {
                continue;
            }

            return domain.Length > 0 && !name.ContainsAny('\\', '@') && TryGet(in record, domain, out ReadOnlySpan<char> of)
                ? context.Intern(string.Concat(of, "\\", name))
                : context.Intern(name);
        }

        return "";
    }

    private static (string User, string Domain)[] Candidates(RecordKind kind, EventRoute route)
    {
        if (kind == RecordKind.WebRequest)
        {
            return Web;
        }

        bool isSecurity = string.Equals(route.Provider, "Microsoft-Windows-Security-Auditing", StringComparison.OrdinalIgnoreCase);
        return route.EventId switch
        {
            // Logon, failed logon, logoff, Kerberos and NTLM authentication, session reconnected and disconnected.
            4624 or 4625 or 4634 or 4647 or 4768 or 4769 or 4770 or 4771 or 4776 or 4778 or 4779 when isSecurity => Logon,
            1149 when route.Provider.EndsWith("RemoteConnectionManager", StringComparison.OrdinalIgnoreCase) => RemoteDesktop,
            _ => Actor,
        };
    }

    private static bool TryGet(scoped in RecordView record, string field, out ReadOnlySpan<char> text)
    {
        text = default;
        int at = record.Layout.IndexOf(field);
        return at >= 0 && record.TryGetText(at, 0, out text) && text.Length > 0 && text is not "-";
    }
}
