using Culprit.Findings;

namespace Culprit.Dossier.Text;

/// <summary>Lists of names in a sentence, and names that belong to Windows rather than to anybody.</summary>
public static class Names
{
    private static readonly string[] BuiltIn =
    [
        "SYSTEM", "LOCAL SYSTEM", "LOCAL SERVICE", "NETWORK SERVICE", "ANONYMOUS LOGON", "Administrator", "Administrators", "Guest", "Everyone", "Users",
        "NT AUTHORITY", "NT SERVICE", "BUILTIN", "IIS APPPOOL", "DefaultAppPool", "Window Manager", "Font Driver Host", "WORKGROUP", "krbtgt", "Public", "Default",
        "Default User", "All Users", "TrustedInstaller", "-", "N/A",
    ];

    /// <summary>Whether a name stands on every Windows host, so that it names nobody.</summary>
    public static bool IsBuiltIn(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length == 0
            || BuiltIn.Contains(name, StringComparer.OrdinalIgnoreCase)
            || name.StartsWith("DWM-", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("UMFD-", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether an account is one of Windows' own or of an application pool: nobody has its password.</summary>
    public static bool IsServiceIdentity(string account)
    {
        ArgumentNullException.ThrowIfNull(account);
        int at = account.LastIndexOf('\\');
        return IsBuiltIn(account) && !account.Equals("Administrator", StringComparison.OrdinalIgnoreCase)
            || (at > 0 && IsBuiltIn(account[..at]))
            || account.EndsWith('$');
    }

    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and c</c>; past a limit <c>a, b and 7 more</c>. Each name is shown as evidence is.</summary>
    public static string List(IEnumerable<string> names, int limit = 6)
    {
        string[] shown = [.. names.Select(static name => ShownText.Plain(name, 80)).Distinct(StringComparer.Ordinal)];
        return shown.Length switch
        {
            0 => "",
            1 => shown[0],
            _ when shown.Length <= limit => string.Join(", ", shown[..^1]) + " and " + shown[^1],
            _ => string.Join(", ", shown[..limit]) + $" and {shown.Length - limit} more",
        };
    }

    /// <summary>A tactic as it stands in a sentence, such as <c>credential access</c>.</summary>
    public static string Tactic(string tactic) => AttackReferences.TacticTitle(tactic) is { Length: > 0 } title ? title[..1] + title[1..].ToLowerInvariant() : "";
}
