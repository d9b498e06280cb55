using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Culprit.Events;
using Culprit.Findings.Store;
using Culprit.Primitives;

namespace Culprit.Findings;

/// <summary>Turns a store's entries back into findings: entries of one finding become one, with all of their places.</summary>
internal sealed class FindingReader
{
    private readonly FindingStore _store;
    private readonly IndicatorRules _rules;

    // Findings say the same names, tests and values again and again.
    private readonly StringPool _pool = new(capacity: 16_384);

    public FindingReader(FindingStore store, IndicatorRules rules)
    {
        _store = store;
        _rules = rules;
    }

    /// <summary>All findings in order, those of rules that only correlations use among them.</summary>
    /// <returns>Each with its number and the values captured for correlations.</returns>
    public IEnumerable<StoredFinding> Read()
    {
        EntryMerge merge = _store.Read();
        long number = 0;
        byte[] previous = [];
        bool more = merge.MoveNext();
        while (more)
        {
            var group = new Group(this);
            more = group.Take(merge);
            if (previous.Length > 0 && !group.IsOfEvent(previous))
            {
                number++;
            }

            previous = group.First;
            yield return group.ToFinding(number);
        }
    }

    // Collects the entries of one finding. The first stays in a copy, because the merge moves on.
    private struct Group(FindingReader reader)
    {
        private readonly ImmutableArray<EvidencePlace>.Builder _places = ImmutableArray.CreateBuilder<EvidencePlace>(1);
        private byte[] _first = [];
        private byte[] _detail = [];
        private bool _recovered = true;
        private long _count;

        public readonly byte[] First => _first;

        public readonly bool IsOfEvent(byte[] other) => FindingEntry.CompareEvent(new FindingEntry(_first), new FindingEntry(other)) == 0;

        public bool Take(EntryMerge merge)
        {
            _first = merge.Current.ToArray();
            _detail = _first;
            bool detailed = merge.Current.Detailed;
            while (true)
            {
                FindingEntry entry = merge.Current;
                _count++;
                _recovered &= entry.Recovered;
                if (_places.Count < Finding.MaxPlaces)
                {
                    _places.Add(new EvidencePlace(reader._store.Sources[entry.Source], entry.Offset, entry.Length, entry.RecordId));
                }

                if (!detailed && entry.Detailed)
                {
                    _detail = entry.ToArray();
                    detailed = true;
                }

                if (!merge.MoveNext())
                {
                    return false;
                }

                if (FindingEntry.CompareFinding(new FindingEntry(_first), merge.Current) != 0)
                {
                    return true;
                }
            }
        }

        public readonly StoredFinding ToFinding(long number)
        {
            var entry = new FindingEntry(_detail);
            FindingEntry.TextReader texts = entry.Texts();
            StringPool pool = reader._pool;
            string host = texts.Text(pool);
            string channel = texts.Text(pool);
            string account = texts.Text(pool);
            string provider = texts.Text(pool);
            int eventId = texts.Int32();
            var matched = new MatchedValue[texts.Int32()];
            for (int i = 0; i < matched.Length; i++)
            {
                matched[i] = new MatchedValue(texts.Text(pool), texts.Text(pool), texts.Text(pool), texts.Text(pool));
            }

            var captured = new string?[texts.Int32()];
            for (int i = 0; i < captured.Length; i++)
            {
                captured[i] = texts.TextOrNull();
            }

            var clues = new EventClue[texts.Int32()];
            for (int i = 0; i < clues.Length; i++)
            {
                clues[i] = texts.Clue(pool);
            }

            EventTime time = entry.Time;
            var finding = new Finding
            {
                Rule = reader._rules[entry.Rank],
                Time = time,
                LastTime = time,
                Host = host,
                Account = account,
                Channel = channel,
                Provider = provider,
                EventId = eventId,
                RecordId = entry.RecordId,
                Recovered = _recovered,
                Matched = ImmutableCollectionsMarshal.AsImmutableArray(matched),
                Clues = ImmutableCollectionsMarshal.AsImmutableArray(clues),
                Places = _places.DrainToImmutable(),
                PlaceCount = _count,
            };
            return new StoredFinding(number, finding, captured);
        }
    }
}

/// <summary>A finding as the store gives it back.</summary>
/// <param name="Number">The event's position in the store's order: findings of one event by several rules have the same. Names the event to the correlator.</param>
/// <param name="Finding">The finding.</param>
/// <param name="Captured">Values that correlations need, in the order that they asked for.</param>
internal readonly record struct StoredFinding(long Number, Finding Finding, IReadOnlyList<string?> Captured);
