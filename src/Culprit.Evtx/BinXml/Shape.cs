namespace Culprit.Evtx.BinXml;

/// <summary>
/// A template together with the shapes of the fragments nested in its values. Shapes are interned: a shape is reached
/// from that of its template by one step for each nested fragment.
/// </summary>
internal sealed class Shape
{
    private readonly Shape? _parent;
    private EvtxLayout? _layout;
    private Step? _lastStep;

    public Shape(Template template)
    {
        Template = template;
        SlotCount = template.SlotCount;
        Bounds = template.Bounds;
    }

    private Shape(Shape parent, int slot, Shape child)
    {
        _parent = parent;
        Template = parent.Template;
        NestedSlot = slot;
        Nested = child;
        NestedBase = parent.SlotCount;
        SlotCount = parent.SlotCount + child.SlotCount;
        Bounds = parent.Bounds.With(child.Bounds);
    }

    public Template Template { get; }

    /// <summary>The values of the template and then those of each nested shape, in the order of the steps.</summary>
    public int SlotCount { get; }

    /// <summary>How large the layout may get.</summary>
    public LayoutBounds Bounds { get; }

    /// <summary>The slot whose fragment the last step added.</summary>
    public int NestedSlot { get; } = -1;

    /// <summary>The shape that the last step added.</summary>
    public Shape? Nested { get; }

    /// <summary>Where the slots of <see cref="Nested"/> start.</summary>
    public int NestedBase { get; }


    /// <summary>The layout, built when it is first asked for; one instance whatever the threads.</summary>
    public EvtxLayout Layout
    {
        get
        {
            EvtxLayout? layout = Volatile.Read(ref _layout);
            if (layout is null)
            {
                layout = LayoutBuilder.Build(this);
                layout = Interlocked.CompareExchange(ref _layout, layout, null) ?? layout;
            }

            return layout;
        }
    }

    /// <summary>The shape nested in a slot, and where its slots start; null where there is none.</summary>
    public Shape? NestedAt(int slot, out int start)
    {
        for (Shape? shape = this; shape is not null; shape = shape._parent)
        {
            if (shape.NestedSlot == slot)
            {
                start = shape.NestedBase;
                return shape.Nested;
            }
        }

        start = 0;
        return null;
    }

    /// <summary>The step taken last with this shape as the child, for a quick second look.</summary>
    public Shape? LastStep(Shape parent, int slot)
    {
        Step? last = Volatile.Read(ref _lastStep);
        return last is not null && ReferenceEquals(last.Parent, parent) && last.Slot == slot ? last.Result : null;
    }

    public void Remember(Shape parent, int slot, Shape result)
    {
        if (Volatile.Read(ref _lastStep) is null)
        {
            Volatile.Write(ref _lastStep, new Step(parent, slot, result));
        }
    }

    public static Shape Combine(Shape parent, int slot, Shape child) => new(parent, slot, child);

    private sealed record Step(Shape Parent, int Slot, Shape Result);
}
