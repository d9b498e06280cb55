using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Culprit.Knowledge.Facts;

/// <summary>Facts (<see cref="FactKinds"/>) to a draft. Whatever is wrong ends the reading, with the line: facts are made by a program, and what a program makes is whole.</summary>
internal sealed class FactsReader
{
    /// <summary>No knowledge base is larger.</summary>
    public const int MaxBytes = 64 << 20;

    private const int MaxFields = 7;

    // What a judgement calls the group that is not known.
    private const string NotKnown = "unknown";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly KnowledgeDraft _draft = new();
    private readonly List<KnownSource> _sources = [];
    private readonly string _text;
    private readonly Dictionary<string, KnownTechnique>.AlternateLookup<ReadOnlySpan<char>> _techniques;
    private readonly Dictionary<string, EntityDraft>.AlternateLookup<ReadOnlySpan<char>> _entities;
    private readonly Dictionary<string, ActorDraft>.AlternateLookup<ReadOnlySpan<char>> _actors;
    private readonly HashSet<string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, bool> _certain = new(StringComparer.Ordinal);
    private readonly Range[] _ranges = new Range[MaxFields + 1];
    private int _start;
    private int _length;
    private int _line;

    private FactsReader(string text)
    {
        _text = text;
        _techniques = _draft.Techniques.GetAlternateLookup<ReadOnlySpan<char>>();
        _entities = _draft.Entities.GetAlternateLookup<ReadOnlySpan<char>>();
        _actors = _draft.Actors.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Whether the bytes begin as facts do, of whatever version.</summary>
    public static bool IsFacts(ReadOnlySpan<byte> start) =>
        start.Length > FactKinds.Header.Length && start[FactKinds.Header.Length] == (byte)'\t' && Ascii.Equals(start[..FactKinds.Header.Length], FactKinds.Header);

    /// <summary>Reads <paramref name="facts"/>.</summary>
    /// <exception cref="KnowledgeException">They are no facts of this format; the message names the line.</exception>
    public static KnowledgeDraft Read(ReadOnlySpan<byte> facts)
    {
        string text;
        try
        {
            text = Strict.GetString(facts);
        }
        catch (DecoderFallbackException e)
        {
            throw new KnowledgeException($"line {facts[..Math.Clamp(e.Index, 0, facts.Length)].Count((byte)'\n') + 1}: not UTF-8; the facts were damaged on their way here, so get them again", e);
        }

        var reader = new FactsReader(text);
        reader.ReadLines();
        return reader._draft;
    }

    private void ReadLines()
    {
        int end = _text.Length;
        for (_start = 0; _start < end; _start += _length + 1)
        {
            _line++;
            int feed = _text.AsSpan(_start).IndexOf('\n');
            if (feed < 0)
            {
                throw Wrong("the facts end within a line: they are cut off, so get them again");
            }

            _length = feed;
            ReadLine();
        }

        if (_line == 0)
        {
            throw Wrong($"there is nothing; facts begin with '{FactKinds.Header}'");
        }

        if (_draft.Origins.Count == 0)
        {
            throw Wrong("no line says what the facts were built from ('origin')");
        }
    }

    private void ReadLine()
    {
        ReadOnlySpan<char> line = _text.AsSpan(_start, _length);
        int count = line.Split(_ranges, '\t');
        ReadOnlySpan<char> kind = line[_ranges[0]];
        if (_line == 1)
        {
            if (!kind.SequenceEqual(FactKinds.Header))
            {
                throw Wrong($"these are no facts: they do not begin with '{FactKinds.Header}'");
            }

            if (count != 2 || !Field(1).SequenceEqual(FactKinds.Version))
            {
                throw Wrong($"the facts are of format '{Shown(count > 1 ? Field(1) : [])}', and this program reads format {FactKinds.Version}; update the program or build the facts with it");
            }

            return;
        }

        Action<FactsReader>? read = Known(kind, out int fields);
        if (read is null)
        {
            throw Wrong($"there is no kind of fact '{Shown(kind)}'");
        }

        if (count != fields + 1)
        {
            throw Wrong($"'{kind}' has {fields} fields, and here are {count - 1}");
        }

        read(this);
    }

    private static Action<FactsReader>? Known(ReadOnlySpan<char> kind, out int fields)
    {
        (fields, Action<FactsReader>? read) = kind switch
        {
            FactKinds.Uses => (3, static r => r.Uses()),
            FactKinds.Source => (5, static r => r.Source()),
            FactKinds.Reference => (2, static r => r.Reference()),
            FactKinds.Synonym => (2, static r => r.Actor(1).Aliases.Add(r.Required(2))),
            FactKinds.Victim => (3, static r => r.Victim()),
            FactKinds.Alias => (3, static r => r.Entity(1).Aliases.Add(new KnownAlias(r.Required(2), r.Sources(3)))),
            FactKinds.Technique => (5, static r => r.Technique()),
            FactKinds.Software => (4, static r => r.Software()),
            FactKinds.Group => (3, static r => r.Add(new EntityDraft(EntityKind.Group, r.Required(1), r.Required(2)) { Created = r.Day(3) ?? throw r.Wrong("the day of creation is missing") })),
            FactKinds.Campaign => (4, static r => r.Add(new EntityDraft(EntityKind.Campaign, r.Required(1), r.Required(2)) { FirstSeen = r.Day(3), LastSeen = r.Day(4) })),
            FactKinds.Actor => (5, static r => r.NewActor()),
            FactKinds.Exploits => (3, static r => r.Entity(1, EntityKind.Group, EntityKind.Campaign).Vulnerabilities.Add(new Relation(r.Required(2), r.Sources(3)))),
            FactKinds.Attributed => (3, static r => r.Entity(1, EntityKind.Campaign).AttributedTo.Add(new Relation(r.Entity(2, EntityKind.Group).Id, r.Sources(3)))),
            FactKinds.Country => (4, static r => r.Country()),
            FactKinds.Sponsor => (5, static r => r.Entity(1, EntityKind.Group).Sponsors.Add(new SponsorClaim(r.Required(2), r.Optional(3), ClaimOrigin.Attack, r.IsSuspected(4), null, r.Sources(5)))),
            FactKinds.Successor => (2, static r => r.Successor()),
            FactKinds.Retired => (2, static r => r.Retired()),
            FactKinds.Same => (3, static r => r.Link(certain: true)),
            FactKinds.Candidate => (3, static r => r.Link(certain: false)),
            FactKinds.Origin => (6, static r => r.Origin()),
            _ => (0, (Action<FactsReader>?)null),
        };
        return read;
    }

    private void Origin() => _draft.Origins.Add(new KnowledgeOrigin(
        Field(1) switch
        {
            FactKinds.Attack => ClaimOrigin.Attack,
            FactKinds.MispGalaxy => ClaimOrigin.MispGalaxy,
            _ => throw Wrong($"there is no origin '{Shown(Field(1))}'"),
        },
        Required(2), Optional(3) ?? "", Day(4), Required(5), Optional(6) ?? ""));

    private void Source()
    {
        if (Number(Field(1)) != _sources.Count + 1)
        {
            throw Wrong($"source {Shown(Field(1))} is not the next, which is {_sources.Count + 1}");
        }

        SourceDate? published = null;
        if (!Field(4).IsEmpty)
        {
            published = SourceDate.TryParse(Field(4), out SourceDate date) ? date : throw Wrong($"'{Shown(Field(4))}' is no date such as 2021, 2021-06 or 2021-06-07");
        }

        var source = new KnownSource { Number = _sources.Count + 1, Name = Required(2), Publisher = Optional(3), Published = published, Url = Optional(5) };
        if (!_draft.Sources.TryAdd(source.Name, source))
        {
            throw Wrong($"source '{Shown(source.Name)}' is there twice");
        }

        _sources.Add(source);
    }

    private void Technique()
    {
        var technique = new KnownTechnique { Id = Required(1), Name = Required(2), Parent = Optional(3), Tactics = List(4), Platforms = List(5) };
        Define(technique.Id);
        _draft.Techniques.Add(technique.Id, technique);

        if (technique.Parent is { } parent && !_draft.Techniques.ContainsKey(parent))
        {
            throw Wrong($"no line above defines {Shown(parent)}, the parent of {Shown(technique.Id)}");
        }
    }

    private void Software() => Add(new EntityDraft(
        Field(3) switch
        {
            FactKinds.Malware => EntityKind.Malware,
            FactKinds.Tool => EntityKind.Tool,
            FactKinds.Commodity => EntityKind.Commodity,
            _ => throw Wrong($"software is malware, commodity or tool, not '{Shown(Field(3))}'"),
        },
        Required(1), Required(2))
    { Platforms = List(4) });

    private void Add(EntityDraft entity)
    {
        Define(entity.Id);
        _draft.Entities.Add(entity.Id, entity);
    }

    // Whoever asks for an identifier may write it in letters of either case.
    private void Define(string id)
    {
        if (id.Equals(NotKnown, StringComparison.OrdinalIgnoreCase))
        {
            throw Wrong($"'{id}' is no identifier: it stands for a group that is not known");
        }

        if (!_ids.Add(id))
        {
            throw Wrong($"{Shown(id)} is there twice{(_draft.Techniques.ContainsKey(id) || _draft.Entities.ContainsKey(id) || _draft.Actors.ContainsKey(id) ? "" : ", in letters of another case")}");
        }
    }

    private void NewActor()
    {
        int? confidence = Field(4).IsEmpty ? null : Number(Field(4));
        if (confidence > 100)
        {
            throw Wrong($"a confidence is 0 to 100, not {confidence}");
        }

        var actor = new ActorDraft(Required(1), Required(2)) { Country = Optional(3), Confidence = confidence, Sponsor = Optional(5) };
        Define(actor.Uuid);
        _draft.Actors.Add(actor.Uuid, actor);
    }

    private void Successor()
    {
        ReadOnlySpan<char> current = Field(2);
        if (!_techniques.ContainsKey(current) && !_entities.ContainsKey(current))
        {
            throw Wrong($"no line above defines {Shown(current)}");
        }

        if (!_draft.Successors.TryAdd(Required(1), current.ToString()))
        {
            throw Wrong($"{Shown(Field(1))} has a successor already");
        }
    }

    private void Retired()
    {
        string id = Required(1);
        Define(id);
        if (!_draft.Retired.TryAdd(id, Required(2)) || _draft.Successors.ContainsKey(id))
        {
            throw Wrong($"{Shown(id)} has a successor, so that it is not retired");
        }
    }

    private void Country() => Entity(1, EntityKind.Group).Countries.Add(new CountryClaim(
        Required(2),
        ClaimOrigin.Attack,
        IsSuspected(3),
        null, null, Sources(4)));

    private bool IsSuspected(int field) => Field(field) switch
    {
        FactKinds.Stated => false,
        FactKinds.Suspected => true,
        _ => throw Wrong($"a claim is stated or suspected, not '{Shown(Field(field))}'"),
    };

    private void Uses()
    {
        EntityDraft entity = Entity(1);
        ReadOnlySpan<char> target = Field(2);
        if (_techniques.TryGetValue(target, out KnownTechnique? technique))
        {
            entity.Techniques.Add(new Relation(technique.Id, Sources(3)));
        }
        else if (_entities.TryGetValue(target, out EntityDraft? software) && software.IsSoftware)
        {
            entity.Software.Add(new Relation(software.Id, Sources(3)));
        }
        else
        {
            throw Wrong($"no line above defines the technique or software {Shown(target)}");
        }
    }

    private void Victim()
    {
        ActorDraft actor = Actor(1);
        List<string> victims = Field(2) switch
        {
            FactKinds.VictimCountry => actor.VictimCountries,
            FactKinds.VictimSector => actor.VictimSectors,
            FactKinds.VictimOther => actor.OtherVictims,
            _ => throw Wrong($"a victim is a country, a sector or other, not '{Shown(Field(2))}'"),
        };
        victims.Add(Required(3));
    }

    private void Reference() => Actor(1).References.Add(Required(2));

    private void Link(bool certain)
    {
        EntityDraft group = Entity(1, EntityKind.Group);
        if (!_certain.TryAdd(group.Id, certain) && (certain || _certain[group.Id]))
        {
            throw Wrong($"{Shown(group.Id)} is the same as one actor or may be several, and not both");
        }

        _draft.Links.Add(new ActorLink(group.Id, Actor(2).Uuid, List(3), certain));
    }

    private EntityDraft Entity(int field) => _entities.TryGetValue(Field(field), out EntityDraft? entity)
        ? entity
        : throw Wrong($"no line above defines {Shown(Field(field))}");

    private EntityDraft Entity(int field, EntityKind kind, EntityKind? other = null) => Entity(field) is var entity && (entity.Kind == kind || entity.Kind == other)
        ? entity
        : throw Wrong($"{Shown(Field(field))} is no {(kind is EntityKind.Group ? FactKinds.Group : FactKinds.Campaign)}");

    private ActorDraft Actor(int field) => _actors.TryGetValue(Field(field), out ActorDraft? actor)
        ? actor
        : throw Wrong($"no line above defines the actor {Shown(Field(field))}");

    private ImmutableArray<KnownSource> Sources(int field)
    {
        ReadOnlySpan<char> numbers = Field(field);
        if (numbers.IsEmpty)
        {
            return [];
        }

        var sources = new KnownSource[numbers.Count(',') + 1];
        int i = 0;
        foreach (Range range in numbers.Split(','))
        {
            int number = Number(numbers[range]);
            sources[i++] = number >= 1 && number <= _sources.Count
                ? _sources[number - 1]
                : throw Wrong($"there is no source {number}; the last is {_sources.Count}");
        }

        return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(sources);
    }

    private ImmutableArray<string> List(int field) => Field(field).IsEmpty ? [] : [.. Field(field).ToString().Split('|')];

    private DateOnly? Day(int field) => Field(field).IsEmpty ? null
        : DateOnly.TryParseExact(Field(field), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day
        : throw Wrong($"'{Shown(Field(field))}' is no day such as 2021-06-07");

    private string Required(int field) => Optional(field) ?? throw Wrong($"field {field} is empty");

    private string? Optional(int field)
    {
        ReadOnlySpan<char> value = Field(field);
        if (value.Length > FactText.MaxLength)
        {
            throw Wrong($"field {field} is longer than {FactText.MaxLength} characters");
        }

        return value.IsEmpty ? null : value.ToString();
    }

    private int Number(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw Wrong($"'{Shown(digits)}' is no number");

    private ReadOnlySpan<char> Field(int field) => _text.AsSpan(_start, _length)[_ranges[field]];

    private static string Shown(ReadOnlySpan<char> text) => text.Length <= 60 ? text.ToString() : string.Concat(text[..60], "...");

    private KnowledgeException Wrong(string what) => new($"line {Math.Max(1, _line)}: {what}");
}
