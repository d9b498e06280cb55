using System.Collections.Immutable;
using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Dossier.Model;

/// <summary>Which events of an incident show which ATT&amp;CK tactic and technique, by the rules of their findings.</summary>
public sealed class Sightings
{
    private readonly Dictionary<int, RuleInfo> _rules = [];
    private readonly SortedDictionary<string, SortedSet<int>> _byTechnique = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<int>> _byTactic = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _tacticOf = [];

    /// <summary>Looks at each event's findings.</summary>
    public Sightings(DossierIncident of)
    {
        ArgumentNullException.ThrowIfNull(of);
        foreach (DossierFinding finding in of.Findings)
        {
            _rules.TryAdd(finding.Number, finding.Rule);
        }

        foreach (IncidentEvent happened in of.Incident.Events)
        {
            foreach (int number in happened.Findings)
            {
                if (_rules.TryGetValue(number, out RuleInfo? rule))
                {
                    See(happened.Number, rule.Attack);
                }
            }
        }
    }

    /// <summary>The techniques of which an event is known, sorted.</summary>
    public IEnumerable<string> Techniques => _byTechnique.Keys;

    /// <summary>All events that show a tactic or technique.</summary>
    public IEnumerable<int> All => _byTechnique.Values.Concat(_byTactic.Values).SelectMany(static events => events);

    /// <summary>The events that show a technique or, where it has none of its own, one of its sub-techniques.</summary>
    public ImmutableArray<int> Of(string technique) => [.. _byTechnique
        .Where(pair => IsOrBelow(pair.Key, technique))
        .SelectMany(static pair => pair.Value).Distinct().Order()];

    /// <summary>The events that show exactly this technique.</summary>
    public ImmutableArray<int> Exactly(string technique) => _byTechnique.TryGetValue(technique, out SortedSet<int>? events) ? [.. events] : [];

    /// <summary>The events that show a tactic.</summary>
    public ImmutableArray<int> OfTactic(string tactic) => _byTactic.TryGetValue(tactic, out SortedSet<int>? events) ? [.. events] : [];

    /// <summary>The tactic of an event, the latest in ATT&amp;CK's order where it has several; empty where none is known.</summary>
    public string TacticOf(int number) => _tacticOf.GetValueOrDefault(number, "");

    /// <summary>The rules of an event's findings.</summary>
    public IEnumerable<RuleInfo> RulesOf(IncidentEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return happened.Findings.Where(_rules.ContainsKey).Select(number => _rules[number]).DistinctBy(static rule => (rule.Id, rule.Title));
    }

    /// <summary>Whether an identifier is a technique or one of its sub-techniques.</summary>
    public static bool IsOrBelow(string id, string technique)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(technique);
        return id.StartsWith(technique, StringComparison.Ordinal) && (id.Length == technique.Length || id[technique.Length] == '.');
    }

    private void See(int number, AttackReferences attack)
    {
        foreach (string technique in attack.Techniques)
        {
            Add(_byTechnique, technique, number);
        }

        foreach (string tactic in attack.Tactics)
        {
            Add(_byTactic, tactic, number);
            if (!_tacticOf.TryGetValue(number, out string? known) || AttackReferences.TacticOrder(tactic) > AttackReferences.TacticOrder(known))
            {
                _tacticOf[number] = tactic;
            }
        }
    }

    private static void Add(IDictionary<string, SortedSet<int>> to, string key, int number)
    {
        if (!to.TryGetValue(key, out SortedSet<int>? events))
        {
            to.Add(key, events = []);
        }

        events.Add(number);
    }
}
