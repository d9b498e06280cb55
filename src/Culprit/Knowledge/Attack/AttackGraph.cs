using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Culprit.Knowledge.Facts;

namespace Culprit.Knowledge.Attack;

/// <summary>STIX objects to facts: identifiers of ATT&amp;CK instead of STIX's, sources instead of references, no prose.</summary>
internal sealed partial class AttackGraph(StixObjects objects, WarningList warnings)
{
    private const int MaxRevocations = 32;

    private readonly KnowledgeDraft _draft = new();

    /// <summary>Live objects by their STIX identifier; of several with one ATT&amp;CK identifier the newest.</summary>
    private readonly Dictionary<string, StixObject> _live = new(StringComparer.Ordinal);

    /// <summary>The draft, without actors.</summary>
    public KnowledgeDraft ToDraft()
    {
        ChooseLive();
        CollectSources();
        _draft.Origins.AddRange(objects.Origins.Distinct());
        Dictionary<string, string> parents = Parents();
        foreach (StixObject live in _live.Values.OrderBy(static o => o.AttackId, StringComparer.Ordinal))
        {
            if (live.Type is "attack-pattern")
            {
                _draft.Techniques.Add(live.AttackId!, new KnownTechnique
                {
                    Id = live.AttackId!,
                    Name = live.Name,
                    Parent = parents.GetValueOrDefault(live.AttackId!),
                    Tactics = live.Tactics,
                    Platforms = live.Platforms,
                });
            }
            else
            {
                AddEntity(live);
            }
        }

        foreach (StixObject relation in objects.All.Where(static o => o.Type is "relationship" && o.Live && o.RelationshipType is "uses" or "attributed-to"))
        {
            AddRelation(relation);
        }

        AddWithdrawn();
        return _draft;
    }

    private void ChooseLive()
    {
        Dictionary<string, StixObject> byAttackId = new(StringComparer.Ordinal);
        foreach (StixObject candidate in objects.All.Where(static o => o.Live && o.AttackId is not null))
        {
            if (!byAttackId.TryGetValue(candidate.AttackId!, out StixObject? other))
            {
                byAttackId.Add(candidate.AttackId!, candidate);
                continue;
            }

            int age = string.CompareOrdinal(candidate.Modified, other.Modified);
            byAttackId[candidate.AttackId!] = age > 0 ? candidate : other;
            warnings.Add((age > 0 ? other : candidate).StixId, $"{candidate.AttackId} is given to two objects; {(age == 0 ? "of those changed at the same time the first by 'id'" : "the one changed last")} is kept");
        }

        foreach (StixObject chosen in byAttackId.Values)
        {
            _live.Add(chosen.StixId, chosen);
        }
    }

    // One name is one source. Where references of one name differ, the one that says most is taken, whatever their order.
    private void CollectSources()
    {
        foreach (IGrouping<string, StixReference> named in objects.All.Where(static o => o.Live)
            .SelectMany(static o => o.References).Where(Citations.IsSource).GroupBy(static r => r.Name, StringComparer.Ordinal))
        {
            _draft.Sources.Add(named.Key, named.Distinct().Select(Citations.ToSource)
                .OrderByDescending(static s => s.Published is not null)
                .ThenByDescending(static s => s.Publisher is not null)
                .ThenByDescending(static s => s.Url is not null)
                .ThenBy(static s => s.Published?.ToString(), StringComparer.Ordinal)
                .ThenBy(static s => s.Publisher, StringComparer.Ordinal)
                .ThenBy(static s => s.Url, StringComparer.Ordinal)
                .First());
        }
    }

    private Dictionary<string, string> Parents()
    {
        Dictionary<string, string> parents = new(StringComparer.Ordinal);
        HashSet<string> techniques = [.. _live.Values.Where(static o => o.Type is "attack-pattern").Select(static o => o.AttackId!)];
        foreach (string technique in techniques)
        {
            // The identifier of a sub-technique is that of its technique and a number; the relation (subtechnique-of) says the same again, and is not read.
            if (technique.Split('.') is [var parent, _] && techniques.Contains(parent))
            {
                parents.Add(technique, parent);
            }
        }

        return parents;
    }

    private void AddEntity(StixObject live)
    {
        EntityKind kind = live.Type switch
        {
            "intrusion-set" => EntityKind.Group,
            "campaign" => EntityKind.Campaign,
            "tool" => EntityKind.Tool,
            _ => IsCommodity(live) ? EntityKind.Commodity : EntityKind.Malware,
        };
        var entity = new EntityDraft(kind, live.AttackId!, live.Name)
        {
            Created = live.Created ?? DateOnly.MinValue,
            FirstSeen = live.FirstSeen,
            LastSeen = live.LastSeen,
            Platforms = live.Platforms,
        };
        if (kind is EntityKind.Group && live.Created is null)
        {
            warnings.Add($"{live.StixId} ({live.AttackId})", "has no day of creation; the first day of all is taken");
        }

        ILookup<string, string> aliasCitations = live.References
            .Where(static r => !Citations.IsSource(r) || r.Description?.Contains(Citations.Mark, StringComparison.Ordinal) is true)
            .SelectMany(static r => Citations.Cited(r.Description ?? "").Select(cited => (r.Name, cited)))
            .ToLookup(static pair => pair.Name, static pair => pair.cited, StringComparer.Ordinal);
        entity.Aliases.AddRange(live.Aliases.Select(alias => new KnownAlias(alias, SourcesOf(aliasCitations[alias]))));
        if (kind is EntityKind.Group && Description(live) is { } description)
        {
            entity.Countries.AddRange(description.Countries.Select(c => new CountryClaim(c.Code, ClaimOrigin.Attack, c.Suspected, null, null, SourcesOf(c.Cited))));
            entity.Sponsors.AddRange(description.Sponsors.Select(s => new SponsorClaim(s.Body, s.Country, ClaimOrigin.Attack, s.Suspected, null, SourcesOf(s.Cited))));
        }

        _draft.Entities.Add(entity.Id, entity);
    }

    private bool IsCommodity(StixObject malware)
    {
        try
        {
            return SoftwareDescription.IsCommodity(malware.Description);
        }
        catch (RegexMatchTimeoutException)
        {
            warnings.Add($"{malware.StixId} ({malware.AttackId})", "has a description that no person wrote; nothing is taken from it");
            return false;
        }
    }

    private GroupDescription? Description(StixObject group)
    {
        try
        {
            return GroupDescription.Read(group.Description, [group.Name, .. group.Aliases]);
        }
        catch (RegexMatchTimeoutException)
        {
            warnings.Add($"{group.StixId} ({group.AttackId})", "has a description that no person wrote; nothing is taken from it");
            return null;
        }
    }

    private void AddRelation(StixObject relation)
    {
        if (!Ends(relation, out StixObject? from, out StixObject? to))
        {
            return;
        }

        // ATT&CK of 2017 says of techniques that they use the software which does them.
        if (relation.RelationshipType is "uses" && from.Type is "attack-pattern" && to.Type is "malware" or "tool")
        {
            (from, to) = (to, from);
        }

        if (!_draft.Entities.TryGetValue(from.AttackId!, out EntityDraft? entity))
        {
            warnings.Add(relation.StixId, $"says that the technique {from.AttackId} uses or is attributed to something; left out");
            return;
        }

        List<Relation>? relations = (relation.RelationshipType, entity.Kind, to.Type) switch
        {
            ("uses", _, "attack-pattern") => entity.Techniques,
            ("uses", EntityKind.Group or EntityKind.Campaign, "malware" or "tool") => entity.Software,
            ("attributed-to", EntityKind.Campaign, "intrusion-set") => entity.AttributedTo,
            _ => null,
        };
        if (relations is null)
        {
            warnings.Add(relation.StixId, $"{from.AttackId} {relation.RelationshipType} {to.AttackId} is no relation that is known; left out");
            return;
        }

        ImmutableArray<KnownSource> sources = [.. relation.References.Where(Citations.IsSource).Select(r => _draft.Sources[r.Name])];
        relations.Add(new Relation(to.AttackId!, sources));
        if (relation.RelationshipType is "uses" && entity.Kind is EntityKind.Group or EntityKind.Campaign)
        {
            entity.Vulnerabilities.AddRange(CveIdentifier().Matches(relation.Description)
                .Select(match => new Relation("CVE-" + match.Groups["number"].Value, sources)));
        }
    }

    // Relations of what was withdrawn are many and no mistake; those of what is nowhere are one.
    private bool Ends(StixObject relation, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out StixObject? from, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out StixObject? to)
    {
        to = null;
        if (_live.TryGetValue(relation.SourceRef, out from) && _live.TryGetValue(relation.TargetRef, out to))
        {
            return true;
        }

        foreach (string end in (ReadOnlySpan<string>)[relation.SourceRef, relation.TargetRef])
        {
            if (objects.Find(end) is null)
            {
                warnings.Add(relation.StixId, $"leads to {FactText.Clean(end, 80)}, which is {(objects.IsPassedOver(end) ? "nothing that is read" : "in no file")}; left out");
            }
        }

        return false;
    }

    private void AddWithdrawn()
    {
        Dictionary<string, string> revokedBy = new(StringComparer.Ordinal);
        foreach (StixObject relation in objects.All.Where(static o => o.RelationshipType is "revoked-by"))
        {
            revokedBy.TryAdd(relation.SourceRef, relation.TargetRef);
        }

        foreach (StixObject withdrawn in objects.All.Where(static o => !o.Live && o.AttackId is not null))
        {
            string id = withdrawn.AttackId!;
            if (_draft.Techniques.ContainsKey(id) || _draft.Entities.ContainsKey(id))
            {
                continue;
            }

            if (SuccessorOf(withdrawn, revokedBy) is { } successor)
            {
                _draft.Retired.Remove(id);
                _draft.Successors.TryAdd(id, successor);
            }
            else if (!_draft.Successors.ContainsKey(id))
            {
                _draft.Retired.TryAdd(id, withdrawn.Name);
            }
        }
    }

    private string? SuccessorOf(StixObject withdrawn, Dictionary<string, string> revokedBy)
    {
        string at = withdrawn.StixId;
        int steps = 0;
        while (!_live.ContainsKey(at) && revokedBy.TryGetValue(at, out string? next) && steps++ < MaxRevocations)
        {
            at = next;
        }

        if (_live.TryGetValue(at, out StixObject? successor))
        {
            return successor.AttackId;
        }

        if (revokedBy.ContainsKey(withdrawn.StixId))
        {
            warnings.Add($"{withdrawn.StixId} ({withdrawn.AttackId})", steps >= MaxRevocations
                ? "is revoked by what is revoked by it; it has no successor"
                : "is revoked by what is withdrawn itself or in no file; it has no successor");
        }

        return null;
    }

    private ImmutableArray<KnownSource> SourcesOf(IEnumerable<string> names) =>
        [.. names.Select(name => _draft.Sources.GetValueOrDefault(name)).OfType<KnownSource>().Distinct()];

    [GeneratedRegex(@"\bCVE-(?<number>(?:19|20)[0-9]{2}-[0-9]{4,7})\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CveIdentifier();
}
