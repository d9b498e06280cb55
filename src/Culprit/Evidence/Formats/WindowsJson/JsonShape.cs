using Culprit.Primitives;

namespace Culprit.Evidence.Formats.WindowsJson;

/// <summary>
/// Records that have the same set of paths, in any order: their layout, and where in it each path stands.
/// </summary>
internal sealed class JsonShape
{
    private readonly int[] _keys;
    private readonly int[] _fields;
    private readonly int _mask;
    private readonly int _count;

    public JsonShape(ReadOnlySpan<int> paths, JsonPaths table)
    {
        _count = paths.Length;
        Column[] columns = Columns(paths, table);
        Layout = new RecordLayout(
            RecordKind.WindowsEvent,
            "",
            [.. columns.Select(static c => c.Field.Name)],
            [.. columns.Select(static c => c.Field.Section == JsonSection.Content)],
            Renderings(columns));

        int size = 4;
        while (size < _count * 2)
        {
            size *= 2;
        }

        _mask = size - 1;
        _keys = new int[size];
        _fields = new int[size];
        Array.Fill(_keys, -1);
        for (int field = 0; field < columns.Length; field++)
        {
            int slot = columns[field].Path & _mask;
            while (_keys[slot] >= 0)
            {
                slot = (slot + 1) & _mask;
            }

            _keys[slot] = columns[field].Path;
            _fields[slot] = field;
        }

        HasNamedData = Array.Exists(columns, static c => c.Field.Section == JsonSection.Content && !JsonFieldNames.IsAboutTheEvent(c.Field.Name) && !JsonFieldNames.IsNameless(c.Field.Name));
        HasPositions = Array.Exists(columns, static c => JsonFieldNames.IsPosition(c.Text));
        IsWindowsEvent = Layout.EventIdField >= 0 && (Layout.ChannelField >= 0 || (Layout.ProviderField >= 0 && columns[Layout.ProviderField].Text != JsonFieldNames.AnyProvider));
        TimeIsUtc = Layout.TimeField >= 0 && table.PathOf(columns[Layout.TimeField].Path).EndsWith("SystemTime", StringComparison.Ordinal);
        LocalTimeField = Layout.IndexOf("EventTime");
        LocalReceivedField = Layout.IndexOf("EventReceivedTime");
        ReceivedField = Layout.IndexOf("@timestamp");
    }

    /// <summary>The records' layout.</summary>
    public RecordLayout Layout { get; }

    /// <summary>Whether the records are Windows events: they have an event id, and a channel or a provider.</summary>
    public bool IsWindowsEvent { get; }

    /// <summary>Whether some of the event's data has a name.</summary>
    public bool HasNamedData { get; }

    /// <summary>Whether some of the event's data is known by its position alone.</summary>
    public bool HasPositions { get; }

    /// <summary>Whether the time is UTC by definition, so that a missing zone means UTC.</summary>
    public bool TimeIsUtc { get; }

    /// <summary>NXLog: when it happened, in the machine's time; -1 where there is none.</summary>
    public int LocalTimeField { get; }

    /// <summary>NXLog: when it was received, in the machine's time; -1 where there is none.</summary>
    public int LocalReceivedField { get; }

    /// <summary>When it was received, in UTC, where that is not the event's own time; -1 where there is none.</summary>
    public int ReceivedField { get; }

    /// <summary>Where a path stands in the layout; -1 where the shape does not have it.</summary>
    public int FieldOf(int path)
    {
        for (int slot = path & _mask; _keys[slot] >= 0; slot = (slot + 1) & _mask)
        {
            if (_keys[slot] == path)
            {
                return _fields[slot];
            }
        }

        return -1;
    }

    /// <summary>Whether this is the shape of a record with these paths, each once.</summary>
    public bool Has(ReadOnlySpan<int> paths)
    {
        if (paths.Length != _count)
        {
            return false;
        }

        foreach (int path in paths)
        {
            if (FieldOf(path) < 0)
            {
                return false;
            }
        }

        return true;
    }

    // The order is by name and not by appearance, so that the layout does not depend on which record came first.
    private static Column[] Columns(ReadOnlySpan<int> paths, JsonPaths table)
    {
        var columns = new List<Column>(paths.Length);
        foreach (int path in paths)
        {
            columns.Add(new Column(path, table.PathOf(path), table.FieldOf(path)));
        }

        // NXLog's @timestamp is when the collector took the event in.
        bool isReceipt = columns.Exists(static c => c.Field.Name == "EventReceivedTime");
        for (int i = 0; i < columns.Count; i++)
        {
            Column column = columns[i];
            bool loses = column.Field.Section == JsonSection.System
                && ((isReceipt && column.Field.Name == "TimeCreated" && column.Text.EndsWith("@timestamp", StringComparison.Ordinal))
                    || columns.Exists(other => other.Field.Section == JsonSection.System
                        && other.Field.Name == column.Field.Name && other.Field.Rank < column.Field.Rank));
            if (loses)
            {
                // Beside another name of the provider, one of this name is the event's own.
                columns[i] = column with { Field = column.Field with { Name = Own(column.Text), Section = column.Text == JsonFieldNames.AnyProvider ? JsonSection.Content : JsonSection.Other } };
            }
        }

        // A tree in which a name cannot repeat counts it up: LogonGuid, LogonGuid_1.
        for (int i = 0; i < columns.Count; i++)
        {
            Column column = columns[i];
            if (column.Field.Section == JsonSection.Content && JsonFieldNames.TryUncount(column.Text, out string first)
                && columns.Exists(other => other.Text == first))
            {
                columns[i] = column with { Field = column.Field with { Name = column.Field.Name[..^(column.Text.Length - first.Length)] } };
            }
        }

        return [.. columns
            .OrderBy(static c => c.Field.Section == JsonSection.System ? Array.IndexOf(JsonFieldNames.SystemOrder, c.Field.Name) : int.MaxValue)
            .ThenBy(static c => c.Field.Name, StringComparer.Ordinal)
            .ThenBy(static c => c.Text.Length)
            .ThenBy(static c => c.Text, StringComparer.Ordinal)];
    }

    // A rendering repeats the data. Where a program exports nothing else, what happened stands there alone.
    private static int[] Renderings(Column[] columns) =>
        Array.Exists(columns, static c => c.Field.Section == JsonSection.Content && !JsonFieldNames.IsAboutTheEvent(c.Field.Name))
            ? []
            : [.. Enumerable.Range(0, columns.Length).Where(i => columns[i].Field.Section == JsonSection.Other && JsonFieldNames.IsRendering(columns[i].Text))];

    private static string Own(string path) =>
        path.StartsWith("_source.", StringComparison.Ordinal) ? path["_source.".Length..] : path;

    private readonly record struct Column(int Path, string Text, JsonField Field);
}
