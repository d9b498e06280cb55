using Culprit.Evidence;
using Culprit.Knowledge;

namespace Culprit.Findings;

/// <summary>
/// Holds the text of records against indicators. Which fields are worth reading is decided once for each layout. Allocates
/// nothing for layouts that are known. One thread.
/// </summary>
internal sealed class IndicatorJudge(IndicatorSet set)
{
    private const int MaxLayouts = 4096;

    // Times, and names that mean who recorded, not whom it met.
    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        "UtcTime", "CreationUtcTime", "PreviousCreationUtcTime", "s-ip", "s-computername", "s-sitename", "date", "time",
    };

    private static readonly Dictionary<string, string> Ports = new(StringComparer.OrdinalIgnoreCase)
    {
        ["DestinationIp"] = "DestinationPort", ["SourceIp"] = "SourcePort", ["DestAddress"] = "DestPort", ["SourceAddress"] = "SourcePort", ["IpAddress"] = "IpPort",
        ["c-ip"] = "c-port", ["DestinationAddress"] = "DestinationPort", ["RemoteAddress"] = "RemotePort", ["r-ip"] = "r-port",
    };

    private readonly IndicatorScanner _scanner = new(set);
    private readonly Dictionary<RecordLayout, Plan> _layouts = new(ReferenceEqualityComparer.Instance);
    private RecordLayout? _lastLayout;
    private Plan? _lastPlan;

    /// <summary>What a record's own data holds, its header and rendering left out; each indicator once for each field, by field's name.</summary>
    public ReadOnlySpan<IndicatorHit> Judge(scoped in RecordView record)
    {
        Plan plan = PlanOf(in record);
        _scanner.Clear();
        foreach ((int field, int portField) in plan.Fields)
        {
            if (record.IsText(field))
            {
                Scan(in record, field, portField);
            }
        }

        if (plan.UriStem >= 0 && record.TryGetText(plan.UriStem, 0, out ReadOnlySpan<char> path))
        {
            ReadOnlySpan<char> host = plan.UriHost >= 0 && record.TryGetText(plan.UriHost, 0, out ReadOnlySpan<char> named) ? named : default;
            _scanner.ScanPath(host, path, plan.UriStem);
        }

        return _scanner.Hits;
    }

    private void Scan(scoped in RecordView record, int field, int portField)
    {
        for (int i = 0; record.TryGetText(field, i, out ReadOnlySpan<char> text); i++)
        {
            int before = _scanner.Hits.Length;
            _scanner.Scan(text, IndicatorScanner.AnyPort, field);
            if (portField >= 0 && _scanner.Hits.Length > before && record.TryGetUInt64(portField, out ulong port) && port is > 0 and <= ushort.MaxValue)
            {
                // Few records have an address that is known, so that only they need their port.
                _scanner.Forget(before);
                _scanner.Scan(text, (int)port, field);
            }
        }
    }

    private Plan PlanOf(scoped in RecordView record)
    {
        RecordLayout layout = record.Layout;
        if (ReferenceEquals(layout, _lastLayout))
        {
            return _lastPlan!;
        }

        if (!_layouts.TryGetValue(layout, out Plan? plan))
        {
            if (_layouts.Count >= MaxLayouts)
            {
                _layouts.Clear();
            }

            _layouts.Add(layout, plan = Make(in record));
        }

        (_lastLayout, _lastPlan) = (layout, plan);
        return plan;
    }

    private Plan Make(scoped in RecordView record)
    {
        RecordLayout layout = record.Layout;
        List<(int Field, int PortField)> fields = [];

        // The header says who recorded it and the rendering repeats the event's own data, without telling a port from other numbers.
        foreach (int field in layout.ContentByName)
        {
            string name = layout.FieldNames[field];
            if (!Own.Contains(name) && !IsNumber(name) && (!record.IsConstant(field) || HoldsSomething(in record, field)))
            {
                fields.Add((field, Ports.TryGetValue(name, out string? port) ? layout.IndexOf(port) : -1));
            }
        }

        return new Plan([.. fields], layout.IndexOf("cs-uri-stem"), layout.IndexOf("cs-host"));
    }

    // Versions look like addresses and identifiers like nothing that is looked for.
    private static bool IsNumber(string name) =>
        name.EndsWith("Version", StringComparison.OrdinalIgnoreCase) || name.EndsWith("Guid", StringComparison.OrdinalIgnoreCase);

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

    private sealed record Plan((int Field, int PortField)[] Fields, int UriStem, int UriHost);
}
