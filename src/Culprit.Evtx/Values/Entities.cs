namespace Culprit.Evtx.Values;

/// <summary>Entity references of XML.</summary>
internal static class Entities
{
    /// <summary>The longest text that an entity gives.</summary>
    public const int MaxLength = 34;

    /// <summary>The character of one of the five predefined entities; any other is shown as it was written.</summary>
    public static string Resolve(ReadOnlySpan<char> name) => name switch
    {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => name.Length <= MaxLength - 2 ? string.Concat("&", name, ";") : "\uFFFD",
    };
}
