using System.Text.Json;

namespace Culprit.Cli.Output;

/// <summary>Enumerations as every output for programs writes them: lower case with underscores.</summary>
internal static class SnakeCase
{
    /// <summary>The word for a value, such as <c>realistic_possibility</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
