using System.Collections.Immutable;
using System.Security.Cryptography;
using Culprit.Knowledge.Facts;

namespace Culprit.Knowledge;

/// <summary>
/// What is publicly known of groups, software, techniques, campaigns and vulnerabilities, and who said so and when: one
/// graph, read from facts and never changed. Facts come from files of MITRE ATT&amp;CK and the MISP galaxy: Attack and Misp
/// read those, Joining links groups with actors, Facts keeps the result.
/// </summary>
public sealed class KnowledgeBase
{
    private const string ResourcePrefix = "culprit-knowledge/";

    private static readonly Lazy<KnowledgeBase> Lazy = new(ReadEmbedded);

    private readonly KnowledgeParts _parts;
    private readonly byte[] _facts;
    private readonly Dictionary<string, KnownGroup> _groups;
    private readonly Dictionary<string, KnownSoftware> _software;
    private readonly Dictionary<string, KnownTechnique> _techniques;
    private readonly Dictionary<string, KnownCampaign> _campaigns;
    private readonly Dictionary<string, KnownActor> _actors;
    private readonly Lazy<string> _sha256;
    private readonly Lazy<NameIndex> _names;
    private readonly Lazy<ImmutableArray<OpenQuestion>> _questions;

    private KnowledgeBase(KnowledgeDraft draft, byte[]? facts)
    {
        _parts = draft.Assemble();
        _facts = facts ?? FactsWriter.Write(_parts);
        _sha256 = new Lazy<string>(() => Convert.ToHexStringLower(SHA256.HashData(_facts)));
        _groups = ById(_parts.Groups, static g => g.Id);
        _software = ById(_parts.Software, static s => s.Id);
        _techniques = ById(_parts.Techniques, static t => t.Id);
        _campaigns = ById(_parts.Campaigns, static c => c.Id);
        _actors = ById(_parts.Actors, static a => a.Uuid);
        _names = new Lazy<NameIndex>(() => new NameIndex(this, _parts.Successors));
        _questions = new Lazy<ImmutableArray<OpenQuestion>>(() => Joining.ActorLinks.Questions(_parts.Links, Actor));
    }

    /// <summary>What ships with the program. Read when first asked for.</summary>
    public static KnowledgeBase Embedded => Lazy.Value;

    /// <summary>SHA-256 of the facts, lower-case hexadecimal: which knowledge a judgement rests on.</summary>
    public string Sha256 => _sha256.Value;

    /// <summary>What it was built from.</summary>
    public IReadOnlyList<KnowledgeOrigin> Origins => _parts.Origins;

    /// <summary>Every source that a fact rests on, by number.</summary>
    public IReadOnlyList<KnownSource> Sources => _parts.Sources;

    /// <summary>The groups, by identifier.</summary>
    public IReadOnlyList<KnownGroup> Groups => _parts.Groups;

    /// <summary>The software, by identifier.</summary>
    public IReadOnlyList<KnownSoftware> Software => _parts.Software;

    /// <summary>The techniques, by identifier.</summary>
    public IReadOnlyList<KnownTechnique> Techniques => _parts.Techniques;

    /// <summary>The campaigns, by identifier.</summary>
    public IReadOnlyList<KnownCampaign> Campaigns => _parts.Campaigns;

    /// <summary>The actors of the MISP galaxy, by UUID.</summary>
    public IReadOnlyList<KnownActor> Actors => _parts.Actors;

    /// <summary>Groups that share names with actors and are not certainly the same, by group.</summary>
    public IReadOnlyList<OpenQuestion> Questions => _questions.Value;

    /// <summary>Identifiers that were withdrawn, and those that took their place.</summary>
    public IReadOnlyDictionary<string, string> Successors => _parts.Successors;

    /// <summary>Identifiers that were withdrawn and that nothing took the place of, and the names of what they stood for.</summary>
    public IReadOnlyDictionary<string, string> Retired => _parts.Retired;

    /// <summary>Which actors groups are or may be.</summary>
    internal IReadOnlyList<ActorLink> Links => _parts.Links;

    /// <summary>Everything that it holds, fact by fact, in the order in which they are written.</summary>
    internal IEnumerable<Fact> Facts => Fact.All(_parts);

    /// <summary>Reads facts, as <see cref="Write"/> writes them.</summary>
    /// <exception cref="KnowledgeException">They are none, or damaged; the message names the line and what is wrong with it.</exception>
    public static KnowledgeBase Read(Stream facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return Read(BoundedRead.ToEnd(facts, FactsReader.MaxBytes));
    }

    /// <summary>Writes the facts, whose hash is <see cref="Sha256"/>.</summary>
    public void Write(Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write(_facts);
    }

    /// <summary>The group; where <paramref name="id"/> was withdrawn, the one that took its place; null where there is none.</summary>
    public KnownGroup? Group(string id) => _groups.GetValueOrDefault(Current(id));

    /// <summary>The software, as <see cref="Group"/>.</summary>
    public KnownSoftware? SoftwareOf(string id) => _software.GetValueOrDefault(Current(id));

    /// <summary>The technique, as <see cref="Group"/>.</summary>
    public KnownTechnique? Technique(string id) => _techniques.GetValueOrDefault(Current(id));

    /// <summary>The campaign, as <see cref="Group"/>.</summary>
    public KnownCampaign? Campaign(string id) => _campaigns.GetValueOrDefault(Current(id));

    /// <summary>The actor of that UUID; null where there is none.</summary>
    public KnownActor? Actor(string uuid) => _actors.GetValueOrDefault(uuid);

    /// <summary>The groups that are said to use a technique or software, or to have exploited a vulnerability, by identifier: relations to the group, with who says so.</summary>
    /// <param name="id">The identifier of what is used; where it was withdrawn, the one that took its place counts.</param>
    public ImmutableArray<Relation> GroupsUsing(string id) => From(Groups, static g => g.Id, static g => [g.Techniques, g.Software, g.Vulnerabilities], id);

    /// <summary>The campaigns in which something was used, as <see cref="GroupsUsing"/>.</summary>
    public ImmutableArray<Relation> CampaignsUsing(string id) => From(Campaigns, static c => c.Id, static c => [c.Techniques, c.Software, c.Vulnerabilities], id);

    /// <summary>The software that implements a technique, as <see cref="GroupsUsing"/>.</summary>
    public ImmutableArray<Relation> SoftwareUsing(string technique) => From(Software, static s => s.Id, static s => [s.Techniques], technique);

    /// <summary>The campaigns that are attributed to a group, as <see cref="GroupsUsing"/>.</summary>
    public ImmutableArray<Relation> CampaignsOf(string group) => From(Campaigns, static c => c.Id, static c => [c.AttributedTo], group);

    /// <summary>The groups that an actor is certainly the same as, by identifier.</summary>
    public IEnumerable<KnownGroup> GroupsOfActor(string uuid) => Groups.Where(g => g.ActorIds.Contains(uuid, StringComparer.Ordinal));

    /// <summary>Everything that <paramref name="text"/> is the identifier, the name or an alias of. Case, spaces, hyphens, underscores and dots do not matter.</summary>
    public IReadOnlyList<KnownName> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _names.Value.Find(text);
    }

    /// <summary>What <see cref="Find"/> gives, and before it the group or actor of which <paramref name="text"/> is the name without a last word that says only what it is (Lazarus Group, Sandworm Team).</summary>
    public IReadOnlyList<KnownName> FindShort(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _names.Value.FindShort(text);
    }

    /// <summary>At most <paramref name="count"/> names that are nearest to <paramref name="text"/>, for where <see cref="Find"/> gives nothing; never identifiers.</summary>
    public IReadOnlyList<KnownName> Nearest(string text, int count = 5)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _names.Value.Nearest(text, count);
    }

    /// <summary>Other things of which a name begins with this one and goes on with another word or a number, each once, by kind and identifier.</summary>
    public IReadOnlyList<KnownName> BeginningWith(KnownName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _names.Value.BeginningWith(name);
    }

    /// <summary>
    /// The groups that a list of indicators means, by identifier: those that it gives, else the one that its other names mean, else the one that it
    /// is called after. Several where it gives several itself; none where names mean several groups, or none that is known.
    /// </summary>
    public ImmutableArray<string> GroupsOf(IndicatorList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return Joining.ListGroups.Of(list, this);
    }

    /// <summary>The base that a draft makes.</summary>
    internal static KnowledgeBase Of(KnowledgeDraft draft) => new(draft, facts: null);

    /// <summary>The facts as a draft, which may be changed.</summary>
    internal KnowledgeDraft ToDraft() => FactsReader.Read(_facts);

    // Facts say what a thing uses; this is the way back.
    private ImmutableArray<Relation> From<T>(IEnumerable<T> all, Func<T, string> idOf, Func<T, ImmutableArray<Relation>[]> relations, string to)
    {
        string target = Current(to);
        return [.. all.SelectMany(one => relations(one).SelectMany(static r => r)
            .Where(r => r.Target.Equals(target, StringComparison.OrdinalIgnoreCase)).Select(r => r with { Target = idOf(one) }))];
    }

    private static Dictionary<string, T> ById<T>(ImmutableArray<T> all, Func<T, string> id)
    {
        var byId = new Dictionary<string, T>(all.Length, StringComparer.OrdinalIgnoreCase);
        foreach (T one in all)
        {
            byId.Add(id(one), one);
        }

        return byId;
    }

    private static KnowledgeBase Read(byte[] facts) => new(FactsReader.Read(facts), facts);

    private static KnowledgeBase ReadEmbedded()
    {
        System.Reflection.Assembly assembly = typeof(KnowledgeBase).Assembly;
        using Stream stream = assembly.GetManifestResourceStream(ResourcePrefix + "attack.facts")!;
        byte[] facts = new byte[stream.Length];
        stream.ReadExactly(facts);
        return Read(facts);
    }

    private string Current(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _parts.Successors.GetValueOrDefault(id.ToUpperInvariant()) ?? id;
    }
}
