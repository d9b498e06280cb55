using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Culprit.Knowledge.Facts;

namespace Culprit.Knowledge;

/// <summary>
/// What is publicly known of groups, software, techniques, campaigns and vulnerabilities, and who said so and when: one
/// graph, read from facts and never changed. Facts come from files of MITRE ATT&amp;CK and the MISP galaxy
/// : Attack and Misp read those, Joining links groups with actors, Facts keeps the result.
/// </summary>
public sealed class KnowledgeBase
{
    private const string ResourcePrefix = "culprit-knowledge/";

    private static readonly Lazy<KnowledgeBase> Lazy = new(ReadEmbedded);

    private readonly KnowledgeParts _parts;
    private readonly byte[] _facts;
    private readonly FrozenDictionary<string, KnownGroup> _groups;
    private readonly FrozenDictionary<string, KnownSoftware> _software;
    private readonly FrozenDictionary<string, KnownTechnique> _techniques;
    private readonly FrozenDictionary<string, KnownCampaign> _campaigns;
    private readonly FrozenDictionary<string, KnownActor> _actors;
    private readonly Lazy<NameIndex> _names;
    private readonly Lazy<ImmutableArray<OpenQuestion>> _questions;

    private KnowledgeBase(KnowledgeDraft draft, byte[]? facts)
    {
        _parts = draft.Assemble();
        _facts = facts ?? FactsWriter.Write(_parts);
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(_facts));
        _groups = Groups.ToFrozenDictionary(static g => g.Id, StringComparer.OrdinalIgnoreCase);
        _software = Software.ToFrozenDictionary(static s => s.Id, StringComparer.OrdinalIgnoreCase);
        _techniques = Techniques.ToFrozenDictionary(static t => t.Id, StringComparer.OrdinalIgnoreCase);
        _campaigns = Campaigns.ToFrozenDictionary(static c => c.Id, StringComparer.OrdinalIgnoreCase);
        _actors = Actors.ToFrozenDictionary(static a => a.Uuid, StringComparer.OrdinalIgnoreCase);
        _names = new Lazy<NameIndex>(() => new NameIndex(this, _parts.Successors));
        _questions = new Lazy<ImmutableArray<OpenQuestion>>(() => Joining.ActorLinks.Questions(_parts.Links, Actor));
    }

    /// <summary>What ships with the program. Read when first asked for.</summary>
    public static KnowledgeBase Embedded => Lazy.Value;

    /// <summary>SHA-256 of the facts, lower-case hexadecimal: which knowledge a judgement rests on.</summary>
    public string Sha256 { get; }

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

    /// <summary>Everything that <paramref name="text"/> is the identifier, the name or an alias of. Case, spaces, hyphens, underscores and dots do not matter.</summary>
    public IReadOnlyList<KnownName> Find(string text) => _names.Value.Find(text);

    /// <summary>At most <paramref name="count"/> names that are nearest to <paramref name="text"/>, for where <see cref="Find"/> gives nothing.</summary>
    public IReadOnlyList<KnownName> Nearest(string text, int count = 5) => _names.Value.Nearest(text, count);

    /// <summary>The base that a draft makes.</summary>
    internal static KnowledgeBase Of(KnowledgeDraft draft) => new(draft, facts: null);

    /// <summary>The facts as a draft, which may be changed.</summary>
    internal KnowledgeDraft ToDraft() => FactsReader.Read(_facts);

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
