using Culprit.Sigma.Compilation;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Matching;

/// <summary>A test of one value, ready to run. Instances are immutable and shared by threads.</summary>
internal abstract class CompiledTest
{
    /// <summary>Whether the text of one value satisfies the test.</summary>
    public abstract bool Matches(ReadOnlySpan<char> text);
}

/// <summary>Makes tests ready to run.</summary>
internal static class TestEvaluator
{
    /// <summary>
    /// The runnable form of a test that looks at the text of one value; null for tests that ask whether the field is
    /// there, or that look at another field.
    /// </summary>
    public static CompiledTest? Compile(ValueTest test) => test switch
    {
        ValueTest.Text text => new Glob(text),
        ValueTest.Regex regex => new RegexTest(regex),
        ValueTest.Cidr cidr => new CidrTest(cidr.Network),
        ValueTest.Number number => new NumberTest(number.Comparison, number.Operand),
        ValueTest.Time time => new TimeTest(time),
        _ => null,
    };

    /// <summary>Whether <paramref name="part"/> stands at <paramref name="position"/> in <paramref name="whole"/>.</summary>
    public static bool StandsAt(ReadOnlySpan<char> whole, ReadOnlySpan<char> part, TextPosition position, bool cased)
    {
        StringComparison comparison = cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return position switch
        {
            TextPosition.Whole => whole.Equals(part, comparison),
            TextPosition.Start => whole.StartsWith(part, comparison),
            TextPosition.End => whole.EndsWith(part, comparison),
            _ => whole.Contains(part, comparison),
        };
    }
}
