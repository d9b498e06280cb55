using System.Reflection;

namespace Culprit.Cli;

/// <summary>The program's name and version, as outputs and caches record it.</summary>
internal static class ToolVersion
{
    /// <summary>The version alone, such as <c>0.1.0</c>.</summary>
    public static string Number { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    /// <summary>Name and version, such as <c>culprit 0.1.0</c>.</summary>
    public static string Text => "culprit " + Number;
}
