using Culprit.Evtx.BinXml;

namespace Culprit.Evtx.Tree;

/// <summary>Questions about the tree of a record that both writers ask.</summary>
internal static class TreeShape
{
    /// <summary>How many elements stand at the top of the record; text there, which no document has, counts as two.</summary>
    public static int RootCount(Shape shape)
    {
        int count = 0;
        foreach (Node node in shape.Template.Roots)
        {
            count += node switch
            {
                SlotNode slot when shape.NestedAt(slot.Slot, out _) is { } nested => RootCount(nested),
                ProcessingNode => 0,
                ElementNode => 1,
                _ => 2,
            };
        }

        return count;
    }

    /// <summary>The slot of an element's only content where its value is an array of items, or -1.</summary>
    public static int ArrayOf(in EvtxRecord record, ElementNode element, Shape shape, int start) =>
        element.Children is [SlotNode only] && record.IsArray(start + only.Slot) &&
        shape.NestedAt(only.Slot, out _) is null
            ? start + only.Slot
            : -1;

    /// <summary>Whether an element stands among the nodes or at the root of a fragment nested in them.</summary>
    public static bool HasElement(List<Node> nodes, Shape shape)
    {
        foreach (Node node in nodes)
        {
            if (node is ElementNode || (node is SlotNode slot && shape.NestedAt(slot.Slot, out _) is { } nested &&
                HasElement(nested.Template.Roots, nested)))
            {
                return true;
            }
        }

        return false;
    }
}
