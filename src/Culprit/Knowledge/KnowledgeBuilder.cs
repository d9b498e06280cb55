using System.Text.Json;
using Culprit.Knowledge.Attack;
using Culprit.Knowledge.Facts;
using Culprit.Knowledge.Joining;
using Culprit.Knowledge.Misp;

namespace Culprit.Knowledge;

/// <summary>What a file of knowledge is, told by its content.</summary>
public enum KnowledgeFormat
{
    /// <summary>None that is known.</summary>
    None,

    /// <summary>Facts, as <see cref="KnowledgeBase.Write"/> writes them.</summary>
    Facts,

    /// <summary>A STIX bundle (2.0 or 2.1) of ATT&amp;CK.</summary>
    AttackBundle,

    /// <summary>The threat-actor cluster of the MISP galaxy.</summary>
    MispThreatActors,
}

/// <summary>Something in a file that could not be used; the rest was.</summary>
/// <param name="Where">The file and the object in it.</param>
/// <param name="What">What is wrong, and what became of it.</param>
public sealed record KnowledgeWarning(string Where, string What);

/// <summary>
/// Builds a knowledge base from files as they are published. Of prose nothing is kept: facts alone. Several bundles of
/// ATT&amp;CK are joined by STIX identifiers, the newest version of each object being the one that counts.
/// </summary>
public sealed class KnowledgeBuilder
{
    /// <summary>No file of knowledge is larger, in bytes.</summary>
    public const int MaxFileBytes = 512 << 20;

    /// <summary>So many warnings are kept; the last says how many more there were.</summary>
    public const int MaxWarnings = 1000;

    private readonly WarningList _warnings = new(MaxWarnings);
    private readonly StixObjects _stix = new();
    private readonly List<KnowledgeOrigin> _mispOrigins = [];
    private readonly Dictionary<string, ActorDraft> _actors = new(StringComparer.Ordinal);
    private KnowledgeBase? _kept;
    private KnowledgeBase? _added;

    /// <summary>What could not be used, in the order of reading.</summary>
    public IReadOnlyList<KnowledgeWarning> Warnings => _warnings.All;

    /// <summary>How many warnings there were, also of those that are not kept.</summary>
    public int WarningCount => _warnings.Total;

    /// <summary>Whether a file that begins like this is of facts, of whatever version.</summary>
    /// <param name="start">Its first bytes, at least 32 of them where it has so many.</param>
    public static bool IsFacts(ReadOnlySpan<byte> start) => FactsReader.IsFacts(start);

    /// <summary>Reads a file, whatever of the formats it has.</summary>
    /// <param name="name">What the file is called; warnings and errors say it.</param>
    /// <param name="content">Its bytes.</param>
    /// <exception cref="KnowledgeException">It is of a known format and damaged, or too large.</exception>
    public KnowledgeFormat Add(string name, Stream content)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(content);
        try
        {
            byte[] bytes = BoundedRead.ToEnd(content, MaxFileBytes);
            return FactsReader.IsFacts(bytes) ? AddFacts(bytes) : AddJson(name, bytes);
        }
        catch (KnowledgeException e)
        {
            throw new KnowledgeException($"{name}: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new KnowledgeException($"{name}: {Json.Where(e)}", e);
        }
    }

    /// <summary>Keeps of <paramref name="knowledge"/> what no file gives: its groups where no bundle of ATT&amp;CK, its actors where no cluster of MISP is added.</summary>
    public void Keep(KnowledgeBase knowledge) => _kept = knowledge;

    /// <summary>The knowledge base.</summary>
    /// <exception cref="KnowledgeException">Nothing was added, or groups and actors share so many names that these are none.</exception>
    public KnowledgeBase Build()
    {
        KnowledgeBase? rest = _added ?? _kept;
        if (_added is null && _stix.Count == 0 && _actors.Count == 0)
        {
            throw new KnowledgeException("there is no knowledge: no ATT&CK bundle, no threat-actor cluster of MISP, no facts");
        }

        if (_added is not null && _stix.Count == 0 && _actors.Count == 0)
        {
            return _added;
        }

        KnowledgeDraft draft = _stix.Count > 0 ? new AttackGraph(_stix, _warnings).ToDraft() : rest?.ToDraft() ?? new KnowledgeDraft();
        if (_stix.Count == 0)
        {
            draft.Origins.RemoveAll(o => o.Origin is ClaimOrigin.MispGalaxy && _actors.Count > 0);
        }

        TakeActors(draft, rest);
        draft.Links.Clear();
        draft.Links.AddRange(ActorLinks.Find(draft.Entities.Values.Where(static e => e.Kind is EntityKind.Group).OrderBy(static e => e.Id, StringComparer.Ordinal), draft.Actors.Values));
        return KnowledgeBase.Of(draft);
    }

    private void TakeActors(KnowledgeDraft draft, KnowledgeBase? rest)
    {
        if (_actors.Count > 0)
        {
            draft.Origins.AddRange(_mispOrigins);
            Replace(_actors);
        }
        else if (_stix.Count > 0 && rest is not null)
        {
            KnowledgeDraft other = rest.ToDraft();
            draft.Origins.AddRange(other.Origins.Where(static o => o.Origin is ClaimOrigin.MispGalaxy));
            Replace(other.Actors);
        }

        void Replace(Dictionary<string, ActorDraft> actors)
        {
            draft.Actors.Clear();
            foreach ((string uuid, ActorDraft actor) in actors)
            {
                draft.Actors.Add(uuid, actor);
            }
        }
    }

    private KnowledgeFormat AddFacts(byte[] bytes)
    {
        if (_added is not null)
        {
            throw new KnowledgeException("these are the second facts; facts are whole, so give one file of them");
        }

        using var stream = new MemoryStream(bytes, writable: false);
        _added = KnowledgeBase.Read(stream);
        return KnowledgeFormat.Facts;
    }

    private KnowledgeFormat AddJson(string name, byte[] bytes)
    {
        ReadOnlyMemory<byte> text = MarkedText.AsUtf8(bytes);
        if (text.Span.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..])
        {
            return KnowledgeFormat.None;
        }

        using JsonDocument document = JsonDocument.Parse(text);
        try
        {
            return Add(name, document.RootElement);
        }
        catch (InvalidOperationException e)
        {
            throw new KnowledgeException(Json.HalfOfAPair, e);
        }
    }

    private KnowledgeFormat Add(string name, JsonElement root)
    {
        if (Json.Text(root, "type") is "bundle" && root.TryGetProperty("objects", out JsonElement objects) && objects.ValueKind is JsonValueKind.Array)
        {
            return StixReader.Read(name, objects, _stix, _warnings) ? KnowledgeFormat.AttackBundle : KnowledgeFormat.None;
        }

        if (Json.Text(root, "type") is "threat-actor" && root.TryGetProperty("values", out JsonElement values) && values.ValueKind is JsonValueKind.Array)
        {
            _mispOrigins.Add(GalaxyReader.Read(name, root, values, _actors, _warnings));
            return KnowledgeFormat.MispThreatActors;
        }

        return KnowledgeFormat.None;
    }
}
