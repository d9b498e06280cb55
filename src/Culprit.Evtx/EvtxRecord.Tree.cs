using System.Text.Json;
using Culprit.Evtx.BinXml;
using Culprit.Evtx.Tree;
using Culprit.Evtx.Values;

namespace Culprit.Evtx;

/// <content>The record as a tree.</content>
public readonly ref partial struct EvtxRecord
{
    /// <summary>
    /// Writes the record as one XML element, without white space of its own and without a line end. What XML 1.0 cannot
    /// hold is replaced and stays visible; the output is always well-formed.
    /// </summary>
    public void WriteXml(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _scratch.Buffer.Reset();
        new XmlTree(in this, writer).Write();
    }

    /// <summary>
    /// Writes the record as one JSON object in the shape of evtx_dump:
    /// <c>{"Event":{"#attributes":{...},"System":{...},"EventData":{...}}}</c>. Values read as in <see cref="TryGetText"/>,
    /// integers are numbers, Booleans are Booleans, and an array or several unnamed <c>Data</c> are arrays.
    /// </summary>
    public void WriteJson(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _scratch.Buffer.Reset();
        new JsonTree(in this, writer).Write();
    }

    internal bool IsLeftOut(ElementNode element, int start) =>
        (element.Dependency >= 0 && IsNull(start + element.Dependency)) || IsLeftOut(element.Children, start);

    internal bool IsLeftOut(List<Node> parts, int start)
    {
        foreach (Node part in parts)
        {
            if (part is SlotNode { IsOptional: true } slot && slot.DeclaredType != (byte)EvtxValueType.BinXml &&
                IsNull(start + slot.Slot))
            {
                return true;
            }
        }

        return false;
    }

    internal bool IsArray(int slot) => (Slots[slot].Type & (byte)EvtxValueType.Array) != 0;

    internal EvtxValueType TypeOf(int slot) => (EvtxValueType)Slots[slot].Type;

    internal bool IsWhole(int slot) => Slots[slot].Length >= ValueSize.Of((byte)Slots[slot].Type);

    internal bool TryGetSlotText(int slot, int index, out ReadOnlySpan<char> text) =>
        TryGetOther(Slots[slot], index, _scratch.Buffer, out text);

    private bool IsNull(int slot) => Slots[slot].Type == (byte)EvtxValueType.Null;
}
