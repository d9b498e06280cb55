using System.Collections.Immutable;

namespace Culprit.Sigma.Semantics;

/// <summary>
/// What a rule's detection means, after modifiers are applied and the condition is resolved. Immutable; structural
/// equality is by <see cref="object.Equals(object)"/> of records except for the children's arrays, which the
/// compiler compares itself.
/// </summary>
public abstract record Expression
{
    /// <summary>All of <paramref name="Children"/>; true where there are none.</summary>
    public sealed record And(ImmutableArray<Expression> Children) : Expression;

    /// <summary>Any of <paramref name="Children"/>; false where there are none.</summary>
    public sealed record Or(ImmutableArray<Expression> Children) : Expression;

    /// <summary>Not <paramref name="Child"/>.</summary>
    public sealed record Not(Expression Child) : Expression;

    /// <summary>A search identifier of the rule, kept so that a match can be explained in the rule's own words.</summary>
    public sealed record Named(string Identifier, Expression Child) : Expression;

    /// <summary>True where at least one value of <paramref name="Field"/> satisfies <paramref name="Test"/>.</summary>
    public sealed record FieldTest(string Field, ValueTest Test) : Expression;

    /// <summary>True where at least one value of any field of the event satisfies <paramref name="Test"/>.</summary>
    public sealed record KeywordTest(ValueTest Test) : Expression;

    /// <summary>Always <paramref name="Value"/>.</summary>
    public sealed record Constant(bool Value) : Expression;
}

/// <summary>One part of a text pattern.</summary>
public abstract record PatternPart
{
    /// <summary>The text itself, unescaped.</summary>
    public sealed record Literal(string Text) : PatternPart;

    /// <summary><c>*</c>: any number of characters, none included.</summary>
    public sealed record AnyString : PatternPart;

    /// <summary><c>?</c>: one character (one UTF-16 code unit).</summary>
    public sealed record AnyChar : PatternPart;
}

/// <summary>How two numbers are compared.</summary>
public enum NumberComparison
{
    /// <summary>Less than.</summary>
    Less,

    /// <summary>Less than or equal.</summary>
    LessOrEqual,

    /// <summary>Greater than.</summary>
    Greater,

    /// <summary>Greater than or equal.</summary>
    GreaterOrEqual,

    /// <summary>Equal.</summary>
    Equal,
}

/// <summary>A part of a date that a time modifier extracts.</summary>
public enum TimePart
{
    /// <summary>0 to 59.</summary>
    Minute,

    /// <summary>0 to 23.</summary>
    Hour,

    /// <summary>1 to 31.</summary>
    Day,

    /// <summary>ISO 8601 week, 1 to 53.</summary>
    Week,

    /// <summary>1 to 12.</summary>
    Month,

    /// <summary>The year.</summary>
    Year,
}

/// <summary>Where in a field's text another field's text must stand.</summary>
public enum TextPosition
{
    /// <summary>The whole.</summary>
    Whole,

    /// <summary>At the start.</summary>
    Start,

    /// <summary>At the end.</summary>
    End,

    /// <summary>Anywhere.</summary>
    Anywhere,
}

/// <summary>A test of one value of a field (sections "Value Modifiers" of the specification).</summary>
public abstract record ValueTest
{
    /// <summary>
    /// The whole text matches <paramref name="Parts"/>; adjacent parts of one kind are merged, and an empty array matches the empty text only.
    /// Compared by simple case folding unless <paramref name="Cased"/>.
    /// </summary>
    public sealed record Text(ImmutableArray<PatternPart> Parts, bool Cased) : ValueTest;

    /// <summary>A regular expression finds a match anywhere in the text; case-sensitive unless <paramref name="IgnoreCase"/>.</summary>
    public sealed record Regex(string Pattern, bool IgnoreCase, bool MultiLine, bool DotAll) : ValueTest;

    /// <summary>The text is an IP address in <paramref name="Network"/>.</summary>
    public sealed record Cidr(System.Net.IPNetwork Network) : ValueTest;

    /// <summary>The text is a number for which the comparison with <paramref name="Operand"/> holds. Hexadecimal with 0x counts.</summary>
    public sealed record Number(NumberComparison Comparison, decimal Operand) : ValueTest;

    /// <summary>The text is a date and time of which <paramref name="Part"/> compares so with <paramref name="Operand"/>.</summary>
    public sealed record Time(TimePart Part, NumberComparison Comparison, decimal Operand) : ValueTest;

    /// <summary>The field is absent, or its value is null.</summary>
    public sealed record Null : ValueTest;

    /// <summary>The field is there (whatever its value, null included), or is not.</summary>
    public sealed record Exists(bool Expected) : ValueTest;

    /// <summary>The text holds, at <paramref name="Position"/>, a value of the field <paramref name="Field"/> of the same event.</summary>
    public sealed record FieldReference(string Field, TextPosition Position, bool Cased) : ValueTest;
}
