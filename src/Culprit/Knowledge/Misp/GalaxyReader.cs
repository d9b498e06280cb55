using System.Globalization;
using System.Text.Json;
using Culprit.Knowledge.Facts;
using Culprit.Knowledge.Places;

namespace Culprit.Knowledge.Misp;

/// <summary>The threat-actor cluster of the MISP galaxy: names, country, confidence, sponsor, victims, addresses. Descriptions are not kept.</summary>
internal static class GalaxyReader
{
    private const int MaxVictim = 80;
    private const string ConfidenceName = "attribution-confidence";

    // What is read of an actor's meta besides: texts, and lists of them, or a single one.
    private static readonly string[] Single = ["country", "cfr-suspected-state-sponsor"];
    private static readonly string[] Lists = ["synonyms", "refs", "cfr-suspected-victims", "suspected-victims", "cfr-target-category", "targeted-sector"];

    /// <summary>Reads the actors and says what they are from.</summary>
    public static KnowledgeOrigin Read(string file, JsonElement root, JsonElement values, Dictionary<string, ActorDraft> into, WarningList warnings)
    {
        int number = 0;
        foreach (JsonElement value in values.EnumerateArray())
        {
            number++;
            string where = $"{file}, actor {number}";
            try
            {
                if (Actor(value, where, warnings) is { } actor && !into.TryAdd(actor.Uuid, actor))
                {
                    warnings.Add(where, $"the UUID {actor.Uuid} is given to two actors; the first is kept");
                }
            }
            catch (InvalidOperationException e)
            {
                // A property's name that is no valid Unicode.
                warnings.Add(where, e.Message + "; left out");
            }
        }

        string version = root.TryGetProperty("version", out JsonElement element) && element.ValueKind is JsonValueKind.Number && element.TryGetInt64(out long given)
            ? given.ToString(CultureInfo.InvariantCulture)
            : "";
        return new KnowledgeOrigin(ClaimOrigin.MispGalaxy, "MISP galaxy threat-actor", version, null, "CC0-1.0 OR BSD-2-Clause", "");
    }

    private static ActorDraft? Actor(JsonElement value, string where, WarningList warnings)
    {
        string? name = FactText.Clean(Json.Text(value, "value"), 256);
        if (name is null || !Guid.TryParseExact(Json.Text(value, "uuid"), "D", out Guid uuid))
        {
            warnings.Add(where, "the text 'value' and a UUID are needed; left out");
            return null;
        }

        JsonElement meta = value.TryGetProperty("meta", out JsonElement given) ? given : default;
        WarnOfTypes(meta, where, warnings);
        string? country = Json.Text(meta, "country");
        string? code = string.IsNullOrWhiteSpace(country) ? null : CountryNames.Code(country);
        if (code is null && !string.IsNullOrWhiteSpace(country))
        {
            warnings.Add(where, $"'{FactText.Clean(country, 40)}' is no country; left out");
        }

        string? sponsor = FactText.Clean(Json.Text(meta, "cfr-suspected-state-sponsor"), MaxVictim);
        var actor = new ActorDraft(uuid.ToString("D"), name)
        {
            Country = code,
            Confidence = Confidence(Json.TextOrNumber(meta, ConfidenceName), where, warnings),
            Sponsor = string.Equals(sponsor, "Unknown", StringComparison.OrdinalIgnoreCase) ? null : sponsor,
        };
        actor.Aliases.AddRange(Json.Texts(meta, "synonyms").Select(static s => FactText.Clean(s, 256)).OfType<string>().Where(s => s != name));
        actor.References.AddRange(Json.Texts(meta, "refs").Select(static r => FactText.Clean(r)).OfType<string>()
            .Where(static r => Uri.TryCreate(r, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"));
        foreach (string victim in Json.Texts(meta, "cfr-suspected-victims").Concat(Json.Texts(meta, "suspected-victims"))
            .Select(static v => FactText.Clean(v, MaxVictim)).OfType<string>())
        {
            if (CountryNames.Code(victim) is { } attacked)
            {
                actor.VictimCountries.Add(attacked);
            }
            else
            {
                actor.OtherVictims.Add(victim);
            }
        }

        actor.VictimSectors.AddRange(Json.Texts(meta, "cfr-target-category").Concat(Json.Texts(meta, "targeted-sector"))
            .Select(static s => FactText.Clean(s, MaxVictim)).OfType<string>());
        return actor;
    }

    // What is of another type than the galaxy has it holds nothing that could be read, and must not go unseen.
    private static void WarnOfTypes(JsonElement meta, string where, WarningList warnings)
    {
        if (meta.ValueKind is not JsonValueKind.Object)
        {
            if (meta.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            {
                warnings.Add(where, "'meta' is no object; left out");
            }

            return;
        }

        foreach (string property in Single.Where(p => Kind(p) is not JsonValueKind.String))
        {
            warnings.Add(where, $"'{property}' is no text; left out");
        }

        if (Kind(ConfidenceName) is not (JsonValueKind.String or JsonValueKind.Number))
        {
            warnings.Add(where, $"'{ConfidenceName}' is no number; left out");
        }

        foreach (string property in Lists.Where(p => Kind(p) is not JsonValueKind.String && !Json.Items(meta, p).All(static v => v.ValueKind is JsonValueKind.String)))
        {
            warnings.Add(where, $"'{property}' holds what is no text; that is left out");
        }

        foreach (string property in Lists.Where(p => Kind(p) is not (JsonValueKind.String or JsonValueKind.Array)))
        {
            warnings.Add(where, $"'{property}' is no list of texts; left out");
        }

        // What is not there is as good as a text that says nothing.
        JsonValueKind Kind(string property) =>
            meta.TryGetProperty(property, out JsonElement value) && value.ValueKind is not JsonValueKind.Null ? value.ValueKind : JsonValueKind.String;
    }

    private static int? Confidence(string? text, string where, WarningList warnings)
    {
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int confidence) && confidence <= 100)
        {
            return confidence;
        }

        warnings.Add(where, $"'{FactText.Clean(text, 40)}' is no confidence from 0 to 100; left out");
        return null;
    }
}
