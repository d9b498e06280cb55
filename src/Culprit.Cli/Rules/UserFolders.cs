namespace Culprit.Cli.Rules;

/// <summary>The user's folders, where each system keeps such things. Null where the system names none.</summary>
internal static class UserFolders
{
    /// <summary>For what the user installed: XDG data home, Application Support, local application data.</summary>
    public static string? Data(Func<string, string?> environment) =>
        OperatingSystem.IsWindows() ? Below(environment("LOCALAPPDATA"), "Culprit")
        : OperatingSystem.IsMacOS() ? Below(environment("HOME"), "Library/Application Support/Culprit")
        : Below(Absolute(environment("XDG_DATA_HOME")), "culprit") ?? Below(environment("HOME"), ".local/share/culprit");

    /// <summary>For what can be made again: XDG cache home, Caches, local application data.</summary>
    public static string? Cache(Func<string, string?> environment) =>
        OperatingSystem.IsWindows() ? Below(environment("LOCALAPPDATA"), "Culprit/Cache")
        : OperatingSystem.IsMacOS() ? Below(environment("HOME"), "Library/Caches/Culprit")
        : Below(Absolute(environment("XDG_CACHE_HOME")), "culprit") ?? Below(environment("HOME"), ".cache/culprit");

    /// <summary>For what the user keeps and no other machine should have, such as a key: XDG configuration home, Application Support, local application data.</summary>
    public static string? Configuration(Func<string, string?> environment) =>
        OperatingSystem.IsWindows() ? Below(environment("LOCALAPPDATA"), "Culprit")
        : OperatingSystem.IsMacOS() ? Below(environment("HOME"), "Library/Application Support/Culprit")
        : Below(Absolute(environment("XDG_CONFIG_HOME")), "culprit") ?? Below(environment("HOME"), ".config/culprit");

    // The XDG specification: a relative path is invalid and to be ignored.
    private static string? Absolute(string? path) => path is not null && Path.IsPathRooted(path) ? path : null;

    private static string? Below(string? folder, string name) => folder is null ? null : Path.Combine(folder, name);
}
