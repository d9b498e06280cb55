using System.Globalization;
using System.Text.Json;

namespace Culprit.Knowledge;

/// <summary>Values of JSON that may be of any type and hold anything.</summary>
internal static class Json
{
    /// <summary>What is wrong where looking for a property throws <see cref="InvalidOperationException"/>.</summary>
    public const string HalfOfAPair = "the name of a property is no text: it holds half of a surrogate pair";

    /// <summary>The text of a property; null where there is none, it is no text, or no valid Unicode.</summary>
    public static string? Text(JsonElement element, string property) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(property, out JsonElement value) ? Text(value) : null;

    /// <summary>The texts of a property that is a list of texts or a single one.</summary>
    public static IEnumerable<string> Texts(JsonElement element, string property)
    {
        if (element.ValueKind is not JsonValueKind.Object || !element.TryGetProperty(property, out JsonElement value))
        {
            yield break;
        }

        if (value.ValueKind is JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                if (Text(item) is { } text)
                {
                    yield return text;
                }
            }
        }
        else if (Text(value) is { } single)
        {
            yield return single;
        }
    }

    /// <summary>The items of a property that is a list, whatever they are.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement element, string property) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(property, out JsonElement value) && value.ValueKind is JsonValueKind.Array
            ? value.EnumerateArray()
            : [];

    /// <summary>The objects of a property that is a list.</summary>
    public static IEnumerable<JsonElement> Objects(JsonElement element, string property) =>
        Items(element, property).Where(static item => item.ValueKind is JsonValueKind.Object);

    /// <summary>Whether a property is true.</summary>
    public static bool IsTrue(JsonElement element, string property) =>
        element.TryGetProperty(property, out JsonElement value) && value.ValueKind is JsonValueKind.True;

    /// <summary>Where JSON is damaged and how, without a full stop; lines and bytes are counted from 1.</summary>
    public static string Where(JsonException e)
    {
        // What the library says ends with the place in its own terms.
        string what = e.Message.Split(" LineNumber: ")[0].TrimEnd('.');
        return string.Create(CultureInfo.InvariantCulture, $"damaged JSON at line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}: {what}");
    }

    /// <summary>As <see cref="Text(JsonElement, string)"/>, with a number as it is written.</summary>
    public static string? TextOrNumber(JsonElement element, string property) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(property, out JsonElement value) && value.ValueKind is JsonValueKind.Number
            ? value.GetRawText()
            : Text(element, property);

    private static string? Text(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escaped surrogate without its other half, or bytes that are no UTF-8: no text.
            return null;
        }
    }
}
