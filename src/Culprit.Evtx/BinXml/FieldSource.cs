namespace Culprit.Evtx.BinXml;

/// <summary>Where the value of a field is found in a record.</summary>
internal readonly struct FieldSource
{
    /// <summary>The value is <see cref="Constant"/>.</summary>
    public const int ConstantText = -1;

    /// <summary>The value is put together from <see cref="Parts"/>.</summary>
    public const int Composite = -2;

    /// <summary>The slot, or one of the two constants above.</summary>
    public int Slot { get; init; }

    /// <summary>A slot without whose value the field is absent, or -1. Others are in <see cref="Gates"/>.</summary>
    public int Gate { get; init; }

    /// <summary>All slots without whose value the field is absent, where there is more than one.</summary>
    public int[]? Gates { get; init; }

    public string? Constant { get; init; }

    public FieldPart[]? Parts { get; init; }
}

/// <summary>A piece of a composite value: text, or a slot where <see cref="Slot"/> is not negative.</summary>
internal readonly record struct FieldPart(int Slot, string Text);
