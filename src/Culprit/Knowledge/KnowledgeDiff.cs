using Culprit.Knowledge.Facts;

namespace Culprit.Knowledge;

/// <summary>What became of a fact.</summary>
public enum ChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>It is there in both, and says something else or rests on other sources.</summary>
    Changed,
}

/// <summary>A difference between two knowledge bases.</summary>
/// <param name="Change">What became of the fact.</param>
/// <param name="Fact">What kind of fact: <c>group</c>, <c>alias</c>, <c>uses</c> and so on.</param>
/// <param name="Subject">The identifier of what it speaks of.</param>
/// <param name="Object">What it says of it; empty where the subject itself came or went.</param>
/// <param name="Before">What it said or rested on before; empty where it is new.</param>
/// <param name="After">What it says or rests on now; empty where it is gone.</param>
public sealed record KnowledgeChange(ChangeKind Change, string Fact, string Subject, string Object, string Before, string After);

/// <summary>
/// Compares knowledge bases fact by fact, by everything that is read of facts. Numbers of sources do not count, their names do.
/// </summary>
public static class KnowledgeDiff
{
    private const string Unknown = "unknown";

    // The order in which changes are told: what came and went first, then what is said of it.
    private static readonly string[] Order =
    [
        FactKinds.Origin, FactKinds.Group, FactKinds.Campaign, FactKinds.Software, FactKinds.Technique, FactKinds.Actor, FactKinds.Successor, FactKinds.Retired,
        FactKinds.Source, FactKinds.Alias, FactKinds.Country, FactKinds.Sponsor, FactKinds.Attributed, FactKinds.Exploits, FactKinds.Uses, FactKinds.Same, FactKinds.Candidate,
        FactKinds.Synonym, FactKinds.Victim, FactKinds.Reference,
    ];

    /// <summary>The differences: by kind of fact, subject and object.</summary>
    public static IReadOnlyList<KnowledgeChange> Compare(KnowledgeBase before, KnowledgeBase after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        Dictionary<(string Fact, string Subject, string Object), Said> old = All(before), current = All(after);
        IEnumerable<KnowledgeChange> gone = old.Where(pair => !current.ContainsKey(pair.Key))
            .Select(static pair => new KnowledgeChange(ChangeKind.Removed, pair.Key.Fact, pair.Key.Subject, pair.Key.Object, pair.Value.Told, ""));
        IEnumerable<KnowledgeChange> come = current.Where(pair => !old.ContainsKey(pair.Key))
            .Select(static pair => new KnowledgeChange(ChangeKind.Added, pair.Key.Fact, pair.Key.Subject, pair.Key.Object, "", pair.Value.Told));
        IEnumerable<KnowledgeChange> other = current.Where(pair => old.TryGetValue(pair.Key, out Said? was) && was.Compared != pair.Value.Compared)
            .Select(pair => new KnowledgeChange(ChangeKind.Changed, pair.Key.Fact, pair.Key.Subject, pair.Key.Object, old[pair.Key].Told, pair.Value.Told));
        return [.. gone.Concat(come).Concat(other)
            .OrderBy(static c => Array.IndexOf(Order, c.Fact))
            .ThenBy(static c => c.Subject, StringComparer.Ordinal)
            .ThenBy(static c => c.Object, StringComparer.Ordinal)];
    }

    // Several facts of one kind may say something of the same: collections of one name, victims of two kinds.
    private static Dictionary<(string Fact, string Subject, string Object), Said> All(KnowledgeBase knowledge) =>
        knowledge.Facts.Select(static fact => (Fact: fact, Of: Of(fact))).GroupBy(static one => (one.Fact.Kind, one.Of.Subject, one.Of.Object))
            .ToDictionary(static facts => facts.Key, static facts => new Said(
                string.Join('\n', facts.Select(static one => Compared(one.Fact))),
                string.Join(facts.Key.Kind is FactKinds.Victim ? "/" : "; ", facts.Select(static one => one.Of.Told))));

    // What a fact speaks of, what it says of it, and by what; as people read it.
    private static (string Subject, string Object, string Told) Of(Fact fact) => fact switch
    {
        { Kind: FactKinds.Origin, Fields: [var collection, var name, var version, var date, var licence, var notice] } =>
            (collection!, name!, Parts(Given("version", version), date ?? Unknown, licence, Given("notice", notice))),
        { Kind: FactKinds.Source, Fields: [_, var name, var publisher, var date, var address] } =>
            (name!, "", Parts(Given("publisher", publisher), Given("date", date), Given("address", address))),
        { Kind: FactKinds.Group, Fields: [var id, var name, var created] } => (id!, "", Parts(name, "listed " + (created ?? Unknown))),
        { Kind: FactKinds.Campaign, Fields: [var id, var name, var first, var last] } => (id!, "", Parts(name, $"{first ?? Unknown} to {last ?? Unknown}")),
        { Kind: FactKinds.Software, Fields: [var id, var name, var kind, var platforms] } => (id!, "", Parts(name, kind, Items(platforms))),
        { Kind: FactKinds.Technique, Fields: [var id, var name, var parent, var tactics, var platforms] } =>
            (id!, "", Parts(name, Given("parent", parent), Items(tactics), Items(platforms))),
        { Kind: FactKinds.Actor, Fields: [var id, var name, var country, var confidence, var sponsor] } =>
            (id!, "", Parts(name, Given("country", country), Given("confidence", confidence), Given("sponsor", sponsor))),
        { Kind: FactKinds.Successor, Fields: [var id, var successor] } => (id!, "", successor!),
        { Kind: FactKinds.Retired, Fields: [var id, var name] } => (id!, "", name!),
        { Kind: FactKinds.Country, Fields: [var id, var country, var how] } => (id!, country!, $"{how}; {Names(fact)}"),
        { Kind: FactKinds.Sponsor, Fields: [var id, var sponsor, var country, var how] } => (id!, sponsor!, Parts(Given("country", country), $"{how}; {Names(fact)}")),
        { Kind: FactKinds.Victim, Fields: [var id, var kind, var victim] } => (id!, victim!, kind!),
        { Kind: FactKinds.Same or FactKinds.Candidate, Fields: [var id, var actor, var names] } => (id!, actor!, Items(names)),
        _ => (fact.Fields[0]!, fact.Fields[1]!, Names(fact)),
    };

    // Told alike is not the same: a name may hold what divides names. No field holds a tab.
    private static string Compared(Fact fact) =>
        string.Join('\t', [.. fact.Kind is FactKinds.Source ? fact.Fields.Skip(1) : fact.Fields, .. fact.Sources?.Select(static s => s.Name) ?? []]);

    private static string Names(Fact fact) => string.Join("; ", fact.Sources?.Select(static s => s.Name) ?? []);

    private static string Parts(params ReadOnlySpan<string?> parts) => string.Join(", ", parts);

    private static string Items(string? list) => list!.Replace(Fact.Separator, '/');

    private static string Given(string what, string? value) => string.IsNullOrEmpty(value) ? "no " + what : what + " " + value;

    // What a fact says: in full, to be compared, and as people read it.
    private sealed record Said(string Compared, string Told);
}
