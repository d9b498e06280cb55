using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Culprit.Knowledge;

namespace Culprit.Attribution.Observing;

/// <summary>
/// What software a family's name means, where vendors leave out what ATT&amp;CK adds: a platform (<c>Winnti for Windows</c>), a version (<c>LockBit 3.0</c>),
/// what sort of thing it is (<c>QuasarRAT</c>).
/// </summary>
internal sealed partial class ThreatFamilies
{
    // What remains of a name says which thing is meant only where it is long enough to be a name.
    private const int ShortestRest = 5;

    private static readonly ConditionalWeakTable<KnowledgeBase, ThreatFamilies> Made = [];

    // Families that vendors call otherwise than ATT&CK does. Manuscrypt and NukeSped are not among them: vendors call several of Lazarus' programs so.
    private static readonly FrozenDictionary<string, string> OfVendors = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["bazarldr"] = "S0534",
        ["chopper"] = "S0020",
        ["chinachopper"] = "S0020",
        ["cobalt"] = "S0154",
        ["cobaltstrike"] = "S0154",
        ["cobeacon"] = "S0154",
        ["foxblade"] = "S0697",
        ["mikatz"] = "S0002",
        ["sharphound"] = "S0521",
        ["wannacrypt"] = "S0366",
        ["wincred"] = "S0005",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly KnowledgeBase _knowledge;
    private readonly ILookup<string, (KnownSoftware Software, string Platform)> _shortened;

    private ThreatFamilies(KnowledgeBase knowledge)
    {
        _knowledge = knowledge;
        _shortened = knowledge.Software
            .SelectMany(static software => software.Aliases.Select(static a => a.Name).Prepend(software.Name), static (software, name) => (Software: software, Name: name))
            .SelectMany(static entry => Shortened(entry.Name), static (entry, name) => (Key: Key(name.Short), entry.Software, name.Platform))
            .Where(static entry => IsTelling(entry.Key))
            .ToLookup(static entry => entry.Key, static entry => (entry.Software, entry.Platform), StringComparer.Ordinal);
    }

    /// <summary>The families of a knowledge base.</summary>
    public static ThreatFamilies Of(KnowledgeBase knowledge) => Made.GetValue(knowledge, static k => new ThreatFamilies(k));

    /// <summary>All software that a family may be; none where the knowledge base has none of that name.</summary>
    /// <param name="family">The family, such as <c>PlugX</c>.</param>
    /// <param name="platform">On what it runs, as ATT&amp;CK calls that; empty where that is not known.</param>
    public IReadOnlyList<KnownSoftware> Find(string family, string platform)
    {
        return Of(family) is { Length: > 0 } found ? found
            : Kind().Match(family) is { Success: true } kind && family[..kind.Index] is var rest && IsTelling(Key(rest)) ? Of(rest) : [];

        KnownSoftware[] Of(string name) => OfVendors.TryGetValue(name, out string? id) && _knowledge.SoftwareOf(id) is { } alias ? [alias]
            : Named(name) is { Length: > 0 } named ? named : ByPlatform(_shortened[Key(name)], platform);
    }

    private KnownSoftware[] Named(string name) =>
        [.. _knowledge.Find(name).Where(static found => found.Kind == KnownKind.Software).Select(found => _knowledge.SoftwareOf(found.Id)).OfType<KnownSoftware>().DistinctBy(static s => s.Id, StringComparer.Ordinal)];

    // Of several that are told apart by their platform, that of the event.
    private static KnownSoftware[] ByPlatform(IEnumerable<(KnownSoftware Software, string Platform)> found, string platform)
    {
        (KnownSoftware Software, string Platform)[] all = [.. found.DistinctBy(static f => f.Software.Id, StringComparer.Ordinal)];
        var there = all.Where(f => f.Platform.Equals(platform, StringComparison.OrdinalIgnoreCase));
        return [.. (all.Length > 1 && platform.Length > 0 && all.All(static f => f.Platform.Length > 0) && there.Any() ? there : all).Select(static f => f.Software).OrderBy(static s => s.Id, StringComparer.Ordinal)];
    }

    private static IEnumerable<(string Short, string Platform)> Shortened(string name)
    {
        if (Platform().Match(name) is { Success: true } platform)
        {
            yield return (name[..platform.Index], platform.Groups["on"].Value);
        }
        else if ((Version().Match(name) is { Success: true } version ? version : Kind().Match(name)) is { Success: true } addition)
        {
            yield return (name[..addition.Index], "");
        }
    }

    private static bool IsTelling(string key) => key.Length >= ShortestRest && !SoftwareNames.IsWord(key) && !ThreatNames.IsGeneric(key);

    private static string Key(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    [GeneratedRegex(@" for (?<on>Windows|Linux|macOS|Android|iOS)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Platform();

    [GeneratedRegex(@"(?<=[A-Za-z])[ -]v?[0-9]+(\.[0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();

    // A word of its own by a space or by its capitals: PITRAT is a name.
    [GeneratedRegex(@"([ -](RAT|Rat|Loader|LOADER)|(?<=[a-z0-9])(RAT|Rat|Loader))$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Kind();
}
