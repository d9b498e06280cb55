using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Culprit.Knowledge.Facts;

namespace Culprit.Knowledge.Attack;

/// <summary>
/// Objects of a STIX bundle (2.0 or 2.1) as MITRE publishes ATT&amp;CK. What is of another kind or without an identifier
/// of ATT&amp;CK is passed over; what is of a known kind and cannot be used is warned of.
/// </summary>
internal static partial class StixReader
{
    // ATT&CK's descriptions have at most some 5,000 characters. Nothing is looked for behind this in what somebody else wrote, so that looking always ends.
    private const int MaxDescription = 16 << 10;

    // What references call ATT&CK. Bundles of ICS before version 9, of Mobile before version 10 and of PRE-ATT&CK each have a name of their own.
    private static readonly string[] AttackSources = ["mitre-attack", "mitre-ics-attack", "mitre-mobile-attack", "mitre-pre-attack"];

    /// <summary>Reads the objects; false where none is of ATT&amp;CK.</summary>
    public static bool Read(string file, JsonElement objects, StixObjects into, WarningList warnings)
    {
        var bundle = new Bundle();
        List<StixObject> found = [];
        int number = 0;
        foreach (JsonElement element in objects.EnumerateArray())
        {
            number++;
            try
            {
                if (element.ValueKind is not JsonValueKind.Object)
                {
                    warnings.Add($"{file}, object {number}", $"is {element.ValueKind}, not an object; left out");
                }
                else if (Read(element, bundle, out string? wrong) is { } read)
                {
                    found.Add(read);
                    if (read.Modified.Length == 0 && Changed(element) is { } written)
                    {
                        warnings.Add($"{file}, object {number} ({FactText.Clean(read.StixId, 80)})", $"was changed at '{FactText.Clean(written, 40)}', which is no time as STIX writes it; every other version counts as newer");
                    }
                }
                else
                {
                    into.PassOver(Json.Text(element, "id"));
                    if (wrong is not null)
                    {
                        warnings.Add($"{file}, object {number} ({FactText.Clean(Json.Text(element, "id"), 80) ?? "without id"})", wrong + "; left out");
                    }
                }
            }
            catch (InvalidOperationException e)
            {
                // A property's name that is no valid Unicode.
                warnings.Add($"{file}, object {number}", e.Message + "; left out");
            }
        }

        // Bundles of other origins hold relations too.
        if (!found.Exists(static o => o.AttackId is not null))
        {
            return false;
        }

        found.ForEach(into.Add);

        into.Origins.Add(new KnowledgeOrigin(
            ClaimOrigin.Attack, "MITRE " + (bundle.Title ?? "ATT&CK"), bundle.Version ?? VersionInName().Match(file).Groups["version"].Value,
            bundle.Newest, "MITRE ATT&CK licence", bundle.Notice ?? ""));
        return true;
    }

    private static StixObject? Read(JsonElement element, Bundle bundle, out string? wrong)
    {
        wrong = null;
        string? changed = Changed(element);
        string modified = changed is null ? "" : StixTime.InOrder(changed) ?? "";
        bundle.Note(Day(modified));
        switch (Json.Text(element, "type"))
        {
            case "relationship":
                return Relationship(element, modified, out wrong);
            case "intrusion-set" or "attack-pattern" or "malware" or "tool" or "campaign":
                return Entity(element, modified, out wrong);
            case "x-mitre-collection":
                bundle.Version = FactText.CleanItem(Json.Text(element, "x_mitre_version"));
                bundle.Title = FactText.CleanItem(Json.Text(element, "name"));
                return null;
            case "x-mitre-matrix":
                bundle.Title ??= FactText.CleanItem(Json.Text(element, "name"));
                return null;
            case "marking-definition":
                bundle.Notice ??= element.TryGetProperty("definition", out JsonElement definition) ? FactText.Clean(Json.Text(definition, "statement")) : null;
                return null;
            default:
                return null;
        }
    }

    private static StixObject? Relationship(JsonElement element, string modified, out string? wrong)
    {
        string? id = Json.Text(element, "id");
        string? type = Json.Text(element, "relationship_type");
        string? source = Json.Text(element, "source_ref");
        string? target = Json.Text(element, "target_ref");
        wrong = null;
        if (type is not (null or "uses" or "attributed-to" or "revoked-by"))
        {
            return null;
        }

        if (id is null || type is null || source is null || target is null)
        {
            wrong = "a relationship needs the texts 'id', 'relationship_type', 'source_ref' and 'target_ref'";
            return null;
        }

        return new StixObject
        {
            Type = "relationship",
            StixId = id,
            Modified = modified,
            Live = IsLive(element),
            AttackId = null,
            Description = Description(element) ?? "",
            References = References(element),
            RelationshipType = type,
            SourceRef = source,
            TargetRef = target,
        };
    }

    private static StixObject? Entity(JsonElement element, string modified, out string? wrong)
    {
        wrong = null;
        string type = Json.Text(element, "type")!;
        JsonElement[] own = [.. Json.Objects(element, "external_references").Where(static r => IsAttack(Json.Text(r, "source_name")))];
        if (own.Length == 0)
        {
            return null;
        }

        string? attackId = own.Select(static r => Json.Text(r, "external_id")).FirstOrDefault(static id => id is not null);
        if (attackId is null)
        {
            wrong = $"its reference to {Json.Text(own[0], "source_name")} needs the text 'external_id'";
            return null;
        }

        string? stixId = Json.Text(element, "id");
        string? name = FactText.Clean(Json.Text(element, "name"), 256);
        if (stixId is null || name is null)
        {
            wrong = "the texts 'id' and 'name' are needed";
            return null;
        }

        if (!AttackIdentifier().IsMatch(attackId) || !Fits(type, attackId[0]))
        {
            wrong = $"'{FactText.Clean(attackId, 40)}' is no identifier that ATT&CK gives to {type}";
            return null;
        }

        return new StixObject
        {
            Type = type,
            StixId = stixId,
            Modified = modified,
            Live = IsLive(element),
            AttackId = attackId,
            Name = name,
            Description = Description(element) ?? "",
            Created = Day(Json.Text(element, "created")),
            FirstSeen = Day(Json.Text(element, "first_seen")),
            LastSeen = Day(Json.Text(element, "last_seen")),
            Aliases = [.. Json.Texts(element, "aliases").Concat(Json.Texts(element, "x_mitre_aliases"))
                .Select(static a => FactText.Clean(a, 256)).OfType<string>().Where(a => a != name).Distinct(StringComparer.Ordinal)],
            Platforms = Items(Json.Texts(element, "x_mitre_platforms")),
            Tactics = Items(Json.Objects(element, "kill_chain_phases")
                .Where(static p => Json.Text(p, "kill_chain_name")?.StartsWith("mitre-", StringComparison.Ordinal) is true)
                .Select(static p => Json.Text(p, "phase_name")).OfType<string>()),
            References = References(element),
        };
    }

    private static ImmutableArray<StixReference> References(JsonElement element) =>
        [.. Json.Objects(element, "external_references")
            .Select(static r => (Name: FactText.Clean(Json.Text(r, "source_name"), 256), Url: Json.Text(r, "url"), Description: Description(r)))
            .Where(static r => r.Name is not null && !IsAttack(r.Name))
            .Select(static r => new StixReference(r.Name!, r.Url, r.Description))];

    private static ImmutableArray<string> Items(IEnumerable<string> texts) =>
        [.. texts.Select(FactText.CleanItem).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string? Description(JsonElement element) => Json.Text(element, "description") is not { } text ? null
        : CitationOf2017().Replace(text.Length <= MaxDescription ? text : text[..MaxDescription], Citations.Mark + " ${name})");

    private static string? Changed(JsonElement element) => Json.TextOrNumber(element, "modified") ?? Json.TextOrNumber(element, "created");

    private static bool IsAttack(string? source) => AttackSources.Contains(source, StringComparer.Ordinal);

    private static bool IsLive(JsonElement element) => !Json.IsTrue(element, "revoked") && !Json.IsTrue(element, "x_mitre_deprecated");

    private static bool Fits(string type, char letter) => letter == type switch
    {
        "intrusion-set" => 'G',
        "attack-pattern" => 'T',
        "campaign" => 'C',
        _ => 'S',
    };

    private static DateOnly? Day(string? moment) =>
        moment?.Length >= 10 && DateOnly.TryParseExact(moment.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;

    [GeneratedRegex(@"^(?:[GSC][0-9]{4}|T[0-9]{4}(?:\.[0-9]{3})?)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AttackIdentifier();

    // In 2017 ATT&CK cited as [[Citation: Name]]; since then, as (Citation: Name).
    [GeneratedRegex(@"\[\[Citation: ?(?<name>[^\[\]]{1,256})\]\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CitationOf2017();

    [GeneratedRegex(@"attack[-_v]*(?<version>[0-9]{1,3}(\.[0-9]{1,3}){1,2})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionInName();

    // What a bundle says of itself.
    private sealed class Bundle
    {
        public string? Title { get; set; }

        public string? Version { get; set; }

        public string? Notice { get; set; }

        public DateOnly? Newest { get; private set; }

        public void Note(DateOnly? day) => Newest = day > Newest || Newest is null ? day ?? Newest : Newest;
    }
}
