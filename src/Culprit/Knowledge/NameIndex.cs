using System.Text;

namespace Culprit.Knowledge;

/// <summary>Every name, alias and identifier of a knowledge base, and what each means.</summary>
internal sealed class NameIndex
{
    private const int MaxNameLength = 64;

    // Parts shorter than this are in too many names to say anything.
    private const int ShortestPart = 4;

    // What a group is called behind its name, and people leave out.
    private static readonly string[] Collectives = ["group", "team", "gang", "actor", "actors"];

    private readonly Dictionary<string, List<KnownName>> _byName = new(StringComparer.Ordinal);
    private readonly ILookup<string, string> _withdrawn;
    private readonly IReadOnlyDictionary<string, string> _successors;

    public NameIndex(KnowledgeBase knowledge, IReadOnlyDictionary<string, string> successors)
    {
        _successors = successors;
        _withdrawn = successors.OrderBy(static p => p.Key, StringComparer.Ordinal).ToLookup(static p => p.Value, static p => p.Key, StringComparer.Ordinal);
        foreach (KnownGroup group in knowledge.Groups)
        {
            Add(KnownKind.Group, group.Id, group.Name, group.Aliases.Select(static a => a.Name));
        }

        foreach (KnownCampaign campaign in knowledge.Campaigns)
        {
            Add(KnownKind.Campaign, campaign.Id, campaign.Name, campaign.Aliases.Select(static a => a.Name));
        }

        foreach (KnownSoftware software in knowledge.Software)
        {
            Add(KnownKind.Software, software.Id, software.Name, software.Aliases.Select(static a => a.Name));
        }

        foreach (KnownTechnique technique in knowledge.Techniques)
        {
            Add(KnownKind.Technique, technique.Id, technique.Name, []);
        }

        foreach (KnownActor actor in knowledge.Actors)
        {
            Add(KnownKind.Actor, actor.Uuid, actor.Name, actor.Aliases);
        }

        foreach (string vulnerability in knowledge.Groups.SelectMany(static g => g.Vulnerabilities)
            .Concat(knowledge.Campaigns.SelectMany(static c => c.Vulnerabilities))
            .Select(static r => r.Target).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            Add(KnownKind.Vulnerability, vulnerability, vulnerability, []);
        }
    }

    /// <summary>
    /// A name as it is compared: lower case, without white space, hyphens, underscores, dots and dashes. A name of nothing
    /// else stays as it is.
    /// </summary>
    public static string Normalised(string name)
    {
        var normal = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            if (!char.IsWhiteSpace(c) && c is not ('-' or '_' or '.' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014'))
            {
                normal.Append(char.ToLowerInvariant(c));
            }
        }

        return normal.Length == 0 ? name.Trim() : normal.ToString();
    }

    /// <summary>What <paramref name="text"/> means: groups first, then campaigns, software, techniques, actors, vulnerabilities.</summary>
    public IReadOnlyList<KnownName> Find(string text) => _byName.GetValueOrDefault(Normalised(text)) ?? [];

    /// <summary>What <see cref="KnowledgeBase.FindShort"/> gives.</summary>
    public IReadOnlyList<KnownName> FindShort(string text)
    {
        IReadOnlyList<KnownName> found = Find(text);
        string name = Normalised(text);
        return found.Any(static one => one.Kind == KnownKind.Group) ? found
            : [.. Collectives.SelectMany(word => _byName.GetValueOrDefault(name + word) ?? []).Where(static one => one.Kind is KnownKind.Group or KnownKind.Actor).Concat(found).DistinctBy(static one => (one.Kind, one.Id))];
    }

    /// <summary>
    /// Names that hold the text, then those within a third of its length by their spelling, nearest first, each entity once. Identifiers that are spelt
    /// alike mean nothing alike, so that none is among them.
    /// </summary>
    public IReadOnlyList<KnownName> Nearest(string text, int count)
    {
        string wanted = Normalised(text);
        if (wanted.Length is 0 or > MaxNameLength)
        {
            return [];
        }

        int limit = Math.Max(1, wanted.Length / 3);
        IEnumerable<KnownName> holding = wanted.Length < ShortestPart ? [] : _byName
            .Where(pair => pair.Key.Contains(wanted, StringComparison.Ordinal))
            .OrderBy(pair => pair.Key.StartsWith(wanted, StringComparison.Ordinal) ? 0 : 1).ThenBy(static pair => pair.Key.Length).ThenBy(static pair => pair.Key, StringComparer.Ordinal)
            .SelectMany(static pair => pair.Value);
        IEnumerable<KnownName> alike = _byName
            .Where(pair => Math.Abs(pair.Key.Length - wanted.Length) <= limit && pair.Key.Length <= MaxNameLength)
            .Select(pair => (Distance: Distance(wanted, pair.Key), pair.Key, Names: pair.Value))
            .Where(found => found.Distance <= limit)
            .OrderBy(static found => found.Distance).ThenBy(static found => found.Key, StringComparer.Ordinal)
            .SelectMany(static found => found.Names);
        return [.. holding.Concat(alike).Where(name => !IsIdentifier(name)).DistinctBy(static name => (name.Kind, name.Id)).Take(count)];
    }

    /// <summary>Other things of which a name begins with this one and goes on with another word or a number, each once: of <c>Medusa</c>, <c>Medusa Ransomware</c>.</summary>
    public IReadOnlyList<KnownName> BeginningWith(KnownName name) =>
        [.. _byName.Values.SelectMany(static names => names)
            .Where(other => (other.Kind != name.Kind || other.Id != name.Id) && !IsIdentifier(other) && GoesOn(other.Matched, name.Matched))
            .DistinctBy(static other => (other.Kind, other.Id)).OrderBy(static other => other.Kind).ThenBy(static other => other.Id, StringComparer.Ordinal)];

    // Words are divided by anything but letters and digits, by numbers (Industroyer2) and by a capital behind a small letter (MedusaLocker).
    private static bool GoesOn(string name, string start) =>
        start.Length > 0 && name.Length > start.Length && name.StartsWith(start, StringComparison.OrdinalIgnoreCase)
        && (name[start.Length - 1], name[start.Length]) is var (last, next)
        && (!char.IsLetterOrDigit(next) || (char.IsDigit(next) && !char.IsDigit(last)) || (char.IsUpper(next) && char.IsLower(last)));

    private bool IsIdentifier(KnownName name) => name.Matched == name.Id || _successors.ContainsKey(name.Matched);

    private void Add(KnownKind kind, string id, string name, IEnumerable<string> aliases)
    {
        var known = new KnownName(kind, id, name, id);
        Add(known);
        foreach (string matched in aliases.Prepend(name).Concat(_withdrawn[id]))
        {
            Add(known with { Matched = matched });
        }
    }

    private void Add(KnownName name)
    {
        string key = Normalised(name.Matched);
        if (!_byName.TryGetValue(key, out List<KnownName>? names))
        {
            _byName.Add(key, names = []);
        }

        // The first of several spellings of one name stands for all; those of one thing are added one after the other.
        if (names.Count == 0 || names[^1].Kind != name.Kind || names[^1].Id != name.Id)
        {
            names.Add(name);
        }
    }

    // Levenshtein's distance by two rows.
    private static int Distance(string a, string b)
    {
        Span<int> previous = stackalloc int[MaxNameLength + 1];
        Span<int> current = stackalloc int[MaxNameLength + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            }

            Span<int> free = previous;
            previous = current;
            current = free;
        }

        return previous[b.Length];
    }
}
