using System.Runtime.CompilerServices;
using Culprit.Evidence;
using Culprit.Knowledge;

namespace Culprit.Findings;

/// <summary>
/// Holds the text of records against indicators. Which fields are worth reading (<see cref="IndicatorFields"/>) is decided once for each layout
/// and, where a layout is that of several makers' events, for each of those. Allocates nothing for layouts that are known. One thread.
/// </summary>
internal sealed class IndicatorJudge(IndicatorSet set)
{
    private const int MaxLayouts = 4096;
    private const int RecentLayouts = 256;

    // The port from which somebody comes is chosen anew each time, by him or his system: it is none at which anything is reached.
    private static readonly Dictionary<string, string[]> Ports = new(StringComparer.OrdinalIgnoreCase)
    {
        ["DestinationIp"] = ["DestinationPort"],
        ["DestinationAddress"] = ["DestinationPort"],
        ["DestAddress"] = ["DestPort"],
        ["RemoteAddress"] = ["RemotePort"],
        ["r-ip"] = ["r-port", "cs-uri-port"],
        ["s-supplier-ip"] = ["cs-uri-port"],
        ["cs-host"] = ["cs-uri-port"],
    };

    private readonly IndicatorScanner _scanner = new(set);
    private readonly CleanTexts _clean = new();
    private readonly EncodedCommands _encoded = new();
    private readonly Dictionary<RecordLayout, Plan?[]> _layouts = new(ReferenceEqualityComparer.Instance);

    // Of the plan that is being made.
    private readonly List<(int Field, int PortField, bool HasCommands)> _fields = [];
    private readonly List<int> _versions = [];

    // Layouts of late, with the plans of each maker, and the one plan of those that are of one maker's events.
    private readonly (RecordLayout? Layout, Plan?[] Plans, Plan? Only)[] _recent = new (RecordLayout?, Plan?[], Plan?)[RecentLayouts];

    // Of a record with more hits than are told.
    private readonly List<IndicatorHit> _gathered = [];
    private IndicatorHit[] _chosen = [];
    private bool _cut;

    /// <summary>Whether the record that was judged last holds more than was found in it.</summary>
    public bool HadMore => _cut || _scanner.HasMore;

    /// <summary>
    /// What a record's own data holds, or its rendering where that is all that there is; never its header. Each indicator once for each field: fields by
    /// name, then renderings, fields that are called versions, and the path of a request. Of more than <see cref="IndicatorScanner.MaxHits"/> those are
    /// told that are gravest, each indicator before any is told twice: whoever writes a hundred names into a command line hides no hash.
    /// </summary>
    public ReadOnlySpan<IndicatorHit> Judge(scoped in RecordView record)
    {
        Plan plan = PlanOf(in record);
        _cut = false;
        _scanner.Clear();
        ScanAll(in record, plan, apart: false);
        if (!_scanner.HasMore || _scanner.Hits.Length < IndicatorScanner.MaxHits)
        {
            return _scanner.Hits;
        }

        _gathered.Clear();
        _scanner.Clear();
        ScanAll(in record, plan, apart: true);
        _chosen = Choose();
        _cut |= _gathered.Count > _chosen.Length;
        return _chosen;
    }

    private IndicatorHit[] Choose()
    {
        HashSet<int> told = [];
        return
        [
            .. _gathered.Select((hit, place) => (Hit: hit, Place: place, Again: !told.Add(hit.Index)))
                .OrderBy(static h => h.Again).ThenBy(h => set[h.Hit.Index].Kind switch { IndicatorKind.Hash => 0, IndicatorKind.Path => 2, _ => 1 }).ThenBy(static h => h.Place)
                .Take(IndicatorScanner.MaxHits).OrderBy(static h => h.Place).Select(static h => h.Hit),
        ];
    }

    // Takes what a field holds out of the scanner, so that the next has as much room.
    private void Gather()
    {
        _gathered.AddRange(_scanner.Hits);
        _cut |= _scanner.HasMore;
        _scanner.Clear();
    }

    private void ScanAll(scoped in RecordView record, Plan plan, bool apart)
    {
        foreach ((int field, int portField, bool hasCommands) in plan.Fields)
        {
            if (record.TryGetPlainText(field, out ReadOnlySpan<char> text))
            {
                Scan(in record, text, field, portField, value: 0, hasCommands);
            }
            else if (record.IsText(field))
            {
                for (int i = 0; record.TryGetText(field, i, out text); i++)
                {
                    Scan(in record, text, field, portField, i, hasCommands);
                }
            }

            if (apart)
            {
                Gather();
            }
        }

        foreach (int field in plan.Renderings)
        {
            for (int i = 0; record.IsText(field) && record.TryGetText(field, i, out ReadOnlySpan<char> text); i++)
            {
                int before = _scanner.Hits.Length;
                Scan(in record, text, field, portField: -1, i);
                if (_scanner.Hits.Length > before && HasVersion(text, _scanner.Hits[before..]))
                {
                    // Looked for again, since the same may stand elsewhere too.
                    _scanner.Forget(before);
                    _scanner.Scan(VersionText.Without(text), IndicatorScanner.AnyPort, field, i);
                }
            }

            if (apart)
            {
                Gather();
            }
        }

        foreach (int field in plan.Versions)
        {
            for (int i = 0; record.IsText(field) && record.TryGetText(field, i, out ReadOnlySpan<char> text); i++)
            {
                if (text.Contains("://", StringComparison.Ordinal))
                {
                    Scan(in record, text, field, portField: -1, i);
                }
            }
        }

        if (plan.UriStem >= 0 && record.TryGetText(plan.UriStem, 0, out ReadOnlySpan<char> path))
        {
            ReadOnlySpan<char> host = plan.UriHost >= 0 && record.TryGetText(plan.UriHost, 0, out ReadOnlySpan<char> named) ? named : default;
            _scanner.ScanPath(host, path, plan.UriStem);
        }

        if (apart)
        {
            Gather();
        }
    }

    private void Scan(scoped in RecordView record, scoped ReadOnlySpan<char> text, int field, int portField, int value, bool hasCommands = false)
    {
        if (_clean.Has(text, out int slot))
        {
            return;
        }

        int before = _scanner.Hits.Length;
        _scanner.Scan(text, IndicatorScanner.AnyPort, field, value);
        if (hasCommands)
        {
            int at = 0, count = 0;
            while (_encoded.TryNext(text, ref at, ref count, out ReadOnlySpan<char> decoded))
            {
                _scanner.Scan(decoded, IndicatorScanner.AnyPort, field, value);
            }
        }

        // Once there are hits, one that is known already or finds no room would not show.
        if (slot >= 0 && _scanner.Hits.IsEmpty)
        {
            _clean.Keep(text, slot);
            return;
        }

        if (portField >= 0 && _scanner.Hits.Length > before && record.TryGetUInt64(portField, out ulong port) && port is > 0 and <= ushort.MaxValue)
        {
            // Few records have an address that is known, so that only they need their port.
            _scanner.Forget(before);
            _scanner.Scan(text, (int)port, field, value);
        }
    }

    private bool HasVersion(ReadOnlySpan<char> text, ReadOnlySpan<IndicatorHit> hits)
    {
        foreach (IndicatorHit hit in hits)
        {
            if (set[hit.Index].Kind == IndicatorKind.Address && VersionText.IsVersion(text, hit.Start))
            {
                return true;
            }
        }

        return false;
    }

    private Plan PlanOf(scoped in RecordView record)
    {
        RecordLayout layout = record.Layout;
        ref (RecordLayout? Layout, Plan?[] Plans, Plan? Only) recent = ref _recent[RuntimeHelpers.GetHashCode(layout) & (RecentLayouts - 1)];
        if (!ReferenceEquals(layout, recent.Layout))
        {
            recent = (layout, PlansOf(layout), null);
        }
        else if (recent.Only is { } only)
        {
            return only;
        }

        EventMaker maker = IndicatorFields.MakerOf(in record);
        Plan plan = recent.Plans[(int)maker] ??= Make(in record, maker);
        if (IndicatorFields.HaveOneMaker(in record))
        {
            recent.Only = plan;
        }

        return plan;
    }

    private Plan?[] PlansOf(RecordLayout layout)
    {
        if (!_layouts.TryGetValue(layout, out Plan?[]? plans))
        {
            if (_layouts.Count >= MaxLayouts)
            {
                _layouts.Clear();
            }

            _layouts.Add(layout, plans = new Plan?[3]);
        }

        return plans;
    }

    private Plan Make(scoped in RecordView record, EventMaker maker)
    {
        RecordLayout layout = record.Layout;
        _fields.Clear();
        _versions.Clear();

        // The header says who recorded it. The rendering repeats the event's own data, without telling a port from other numbers; it is read
        // where there is no data.
        foreach (int field in layout.ContentByName)
        {
            string name = layout.FieldNames[field];
            FieldReading reading = IndicatorFields.Of(layout.Kind, maker, name);
            if (reading == FieldReading.None || (record.IsConstant(field) && !HoldsSomething(in record, field)))
            {
                continue;
            }

            if (reading == FieldReading.Url)
            {
                _versions.Add(field);
            }
            else
            {
                _fields.Add((field, PortOf(layout, name), EncodedCommands.AreIn(name)));
            }
        }

        // Both are there or neither: the one is made of the other and the query.
        int stem = layout.IndexOf("cs-uri-stem"), uri = layout.IndexOf("cs-uri");
        if (stem >= 0 && uri >= 0)
        {
            _fields.RemoveAll(f => f.Field == uri);
        }

        return new Plan([.. _fields], layout.Renderings, [.. _versions], uri >= 0 ? uri : stem, layout.IndexOf("cs-host"));
    }

    // The first of its ports that the layout has.
    private static int PortOf(RecordLayout layout, string name)
    {
        int found = -1;
        foreach (string port in Ports.GetValueOrDefault(name) ?? [])
        {
            found = found < 0 ? layout.IndexOf(port) : found;
        }

        return found;
    }

    // A field that is the same in all records of the layout is read once.
    private bool HoldsSomething(scoped in RecordView record, int field)
    {
        _scanner.Clear();
        if (record.TryGetText(field, 0, out ReadOnlySpan<char> text))
        {
            _scanner.Scan(text, IndicatorScanner.AnyPort, field);
        }

        return !_scanner.Hits.IsEmpty;
    }

    private sealed record Plan((int Field, int PortField, bool HasCommands)[] Fields, int[] Renderings, int[] Versions, int UriStem, int UriHost);
}
