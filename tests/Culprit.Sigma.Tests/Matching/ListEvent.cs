using System.Globalization;
using System.Runtime.InteropServices;
using Culprit.Sigma.Tests.Reference;

namespace Culprit.Sigma.Tests.Matching;

/// <summary>Shows a <see cref="ReferenceEvent"/> to the engine.</summary>
public readonly struct ListEvent : ISigmaEvent
{
    private readonly ReferenceEvent _event;

    /// <param name="layout">The same instance for events with the same names in the same order, or an instance of its own.</param>
    public ListEvent(ReferenceEvent e, object layout)
    {
        _event = e;
        Layout = layout;
    }

    public object Layout { get; }

    public int FieldCount => _event.Fields.Count;

    public string FieldName(int ordinal) => _event.Fields[ordinal].Key;

    public FieldState StateOf(int ordinal)
    {
        IReadOnlyList<string?> values = _event.Fields[ordinal].Value;
        return values.Count == 0 ? FieldState.Absent : values.All(v => v is null) ? FieldState.Null : FieldState.Present;
    }

    // Numbers are what readers compute texts from.
    public bool IsText(int ordinal) => !_event.Fields[ordinal].Value.All(v => v is not null && decimal.TryParse(v, CultureInfo.InvariantCulture, out _));

    public bool IsConstant(int ordinal) => false;

    // All texts, each after an odd byte, so that every other one begins at an odd place.
    public bool TryGetRaw(out ReadOnlySpan<byte> bytes)
    {
        var raw = new List<byte>();
        foreach (string value in _event.Fields.SelectMany(f => f.Value).OfType<string>())
        {
            raw.Add(0xAA);
            raw.AddRange(MemoryMarshal.AsBytes(value.AsSpan()));
        }

        bytes = raw.ToArray();
        return true;
    }

    public bool TryGetText(int ordinal, int index, out ReadOnlySpan<char> text)
    {
        IEnumerable<string?> values = _event.Fields[ordinal].Value.Where(v => v is not null);
        string? value = values.ElementAtOrDefault(index);
        text = value;
        return value is not null;
    }
}
