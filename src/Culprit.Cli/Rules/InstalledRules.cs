namespace Culprit.Cli.Rules;

/// <summary>
/// The public rule sets that the user installed: one zip archive each in the user's data folder, so that a set is
/// replaced by one rename and is never half there.
/// </summary>
internal static class InstalledRules
{
    /// <summary>The folder; null where the system names no place for it.</summary>
    public static string? Folder(Func<string, string?> environment) =>
        UserFolders.Data(environment) is { } data ? Path.Combine(data, "rules") : null;

    /// <summary>The archives, by name.</summary>
    public static IReadOnlyList<string> Sets(Func<string, string?> environment)
    {
        string? folder = Folder(environment);
        return folder is not null && Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.zip").Order(StringComparer.Ordinal)]
            : [];
    }
}
