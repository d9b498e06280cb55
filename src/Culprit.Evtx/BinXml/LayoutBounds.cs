namespace Culprit.Evtx.BinXml;

/// <summary>
/// Upper bounds of a layout, known before it is built: a small hostile record must not make a large one.
/// </summary>
/// <param name="Fields">Elements and attributes.</param>
/// <param name="PathCharacters">Characters of the paths of all fields.</param>
/// <param name="LongestPath">Characters of the longest path, which stands before the paths of what is nested.</param>
internal readonly record struct LayoutBounds(long Fields, long PathCharacters, long LongestPath)
{
    private const long MaxPathCharacters = 1 << 20;

    /// <summary>What building the layout costs, in units of about one field of ordinary length.</summary>
    public long Cost => Fields + (PathCharacters / 64);

    /// <summary>Whether the layout stays below the limit on fields and ours on paths.</summary>
    public bool Fits(EvtxOptions options) => Fields <= options.MaxFields && PathCharacters <= MaxPathCharacters;

    /// <summary>The bounds with a fragment nested somewhere.</summary>
    public LayoutBounds With(LayoutBounds nested) => new(
        Fields + nested.Fields,
        PathCharacters + nested.PathCharacters + (nested.Fields * (LongestPath + 1)),
        LongestPath + nested.LongestPath + 1);

    public static LayoutBounds Of(List<Node> roots) => Of(roots, pathBefore: 0);

    private static LayoutBounds Of(List<Node> nodes, long pathBefore)
    {
        var total = new LayoutBounds(0, 0, pathBefore);
        foreach (Node node in nodes)
        {
            if (node is not ElementNode element)
            {
                continue;
            }

            long path = pathBefore + element.Name.Length + 1;
            LayoutBounds inner = Of(element.Children, path);
            long own = path;
            foreach (AttributeNode attribute in element.Attributes)
            {
                own += path + attribute.Name.Length + 1;
            }

            total = new LayoutBounds(
                total.Fields + 1 + element.Attributes.Count + inner.Fields,
                total.PathCharacters + own + inner.PathCharacters,
                Math.Max(total.LongestPath, inner.LongestPath));
        }

        return total;
    }
}
