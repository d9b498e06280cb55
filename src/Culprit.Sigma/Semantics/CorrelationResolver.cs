using System.Collections.Immutable;
using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>
/// Gives the references of correlations their meaning. A correlation whose reference leads nowhere, into a circle or to a
/// refused correlation is refused, and so is whatever needs it.
/// </summary>
internal sealed class CorrelationResolver
{
    private enum State
    {
        New,
        Open,
        Good,
        Refused,
    }

    private readonly (CorrelationDraft Draft, FileResult File)[] _drafts;
    private readonly NameTable _names;
    private readonly State[] _states;

    private CorrelationResolver((CorrelationDraft Draft, FileResult File)[] drafts, NameTable names)
    {
        _drafts = drafts;
        _names = names;
        _states = new State[drafts.Length];
    }

    /// <summary>The correlations that hold, and which rules their results replace.</summary>
    public static (ImmutableArray<SigmaCorrelation> Correlations, HashSet<int> SilentRules) Resolve(
        (CorrelationDraft Draft, FileResult File)[] drafts, NameTable names)
    {
        var resolver = new CorrelationResolver(drafts, names);
        for (int i = 0; i < drafts.Length; i++)
        {
            resolver.Visit(i);
        }

        return resolver.Build();
    }

    private void Visit(int index)
    {
        if (_states[index] != State.New)
        {
            return;
        }

        _states[index] = State.Open;
        (CorrelationDraft draft, FileResult file) = _drafts[index];
        bool good = true;
        foreach ((string name, YamlScalar at) in draft.References)
        {
            good &= IsGood(name, at, file.Sink);
        }

        foreach ((string alias, ImmutableDictionary<string, string> fields) in draft.Correlation.Aliases.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            foreach (string name in fields.Keys.Order(StringComparer.Ordinal))
            {
                if (_names.Find(name) is null)
                {
                    file.Sink.Report(
                        DiagnosticKinds.Alias, draft.At["aliases"]!, $"The alias '{alias}' speaks of '{name}', which was not loaded", NearestName.Help(name, draft.References.Select(r => r.Name)));
                    good = false;
                }
            }
        }

        _states[index] = good ? State.Good : State.Refused;
        if (!good)
        {
            file.RefusedCount++;
        }
    }

    private bool IsGood(string name, YamlScalar at, DiagnosticSink sink)
    {
        if (_names.Find(name) is not { } found)
        {
            sink.Report(
                DiagnosticKinds.UnknownRule, at, $"No rule or correlation that was loaded has the id or name '{name}'", NearestName.Help(name, _names.Names, "It is missing, or it was refused"));
            return false;
        }

        if (!found.IsCorrelation)
        {
            return true;
        }

        Visit(found.Index);
        switch (_states[found.Index])
        {
            case State.Open:
                sink.Report(DiagnosticKinds.CorrelationCycle, at, $"The correlation refers to itself through '{name}'");
                return false;
            case State.Refused:
                sink.Report(DiagnosticKinds.UnknownRule, at, $"The correlation '{name}' was refused");
                return false;
            default:
                return true;
        }
    }

    private (ImmutableArray<SigmaCorrelation> Correlations, HashSet<int> SilentRules) Build()
    {
        // Positions change where correlations are refused.
        int[] positions = new int[_drafts.Length];
        int count = 0;
        for (int i = 0; i < _drafts.Length; i++)
        {
            positions[i] = _states[i] == State.Good ? count++ : -1;
        }

        var silentRules = new HashSet<int>();
        var silentCorrelations = new HashSet<int>();
        var built = new List<SigmaCorrelation>(count);
        for (int i = 0; i < _drafts.Length; i++)
        {
            if (_states[i] != State.Good)
            {
                continue;
            }

            CorrelationDraft draft = _drafts[i].Draft;
            ImmutableArray<CorrelationReference> references = [.. draft.References.Select(r => Reference(r.Name, positions))];
            built.Add(draft.Correlation with { Rules = references });
            if (!draft.Correlation.Generate)
            {
                silentRules.UnionWith(references.Where(r => !r.IsCorrelation).Select(r => r.Index));
                silentCorrelations.UnionWith(references.Where(r => r.IsCorrelation).Select(r => r.Index));
            }
        }

        return ([.. built.Select((c, i) => silentCorrelations.Contains(i) ? c with { Reported = false } : c)], silentRules);
    }

    private CorrelationReference Reference(string name, int[] positions)
    {
        CorrelationReference found = _names.Find(name)!.Value;
        return new(name, found.IsCorrelation, found.IsCorrelation ? positions[found.Index] : found.Index);
    }
}
