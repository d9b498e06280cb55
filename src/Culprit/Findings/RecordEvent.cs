using Culprit.Evidence;
using Culprit.Sigma;

namespace Culprit.Findings;

/// <summary>A record as the matcher sees it: nothing is copied.</summary>
internal readonly ref struct RecordEvent(scoped in RecordView record) : ISigmaEvent
{
    private readonly RecordView _record = record;

    /// <inheritdoc/>
    public object Layout => _record.Layout;

    /// <inheritdoc/>
    public int FieldCount => _record.Layout.FieldNames.Count;

    /// <inheritdoc/>
    public string FieldName(int ordinal) => _record.Layout.FieldNames[ordinal];

    /// <inheritdoc/>
    public FieldState StateOf(int ordinal) => (FieldState)_record.PresenceOf(ordinal);

    /// <inheritdoc/>
    public bool IsText(int ordinal) => _record.IsText(ordinal);

    /// <inheritdoc/>
    public bool IsConstant(int ordinal) => _record.IsConstant(ordinal);

    /// <inheritdoc/>
    public bool TryGetRaw(out ReadOnlySpan<byte> bytes) => _record.TryGetRawText(out bytes);

    /// <inheritdoc/>
    public bool TryGetText(int ordinal, int index, out ReadOnlySpan<char> text) => _record.TryGetText(ordinal, index, out text);
}
