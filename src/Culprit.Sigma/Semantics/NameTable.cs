using System.Collections.Immutable;

namespace Culprit.Sigma.Semantics;

/// <summary>Finds documents by id or name, as filters and correlations refer to them. Case does not matter.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<string, List<CorrelationReference>> _places = new(StringComparer.OrdinalIgnoreCase);

    public NameTable(IReadOnlyList<SigmaDocument> rules, IReadOnlyList<SigmaDocument> correlations)
    {
        Add(rules, isCorrelation: false);
        Add(correlations, isCorrelation: true);
    }

    public IEnumerable<string> Names => _places.Keys;

    /// <summary>The first document of this id or name; rules come before correlations.</summary>
    public CorrelationReference? Find(string name) => _places.TryGetValue(name, out List<CorrelationReference>? found) ? found[0] : null;

    public List<int> RulesNamed(string name) =>
        _places.TryGetValue(name, out List<CorrelationReference>? found) ? [.. found.Where(f => !f.IsCorrelation).Select(f => f.Index)] : [];

    private void Add(IReadOnlyList<SigmaDocument> documents, bool isCorrelation)
    {
        for (int i = 0; i < documents.Count; i++)
        {
            Add(documents[i].Id, new(documents[i].Id, isCorrelation, i));
            if (!string.Equals(documents[i].Name, documents[i].Id, StringComparison.OrdinalIgnoreCase))
            {
                Add(documents[i].Name, new(documents[i].Name, isCorrelation, i));
            }
        }
    }

    private void Add(string name, CorrelationReference place)
    {
        if (name.Length == 0)
        {
            return;
        }

        if (!_places.TryGetValue(name, out List<CorrelationReference>? places))
        {
            _places[name] = places = [];
        }

        places.Add(place);
    }
}
