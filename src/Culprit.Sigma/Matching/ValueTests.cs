using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Matching;

/// <summary>Compares a value that is a number. Text that is no number never matches.</summary>
internal sealed class NumberTest(NumberComparison comparison, decimal operand) : CompiledTest
{
    public override bool Matches(ReadOnlySpan<char> text) => TryParse(text, out decimal value) && Holds(comparison, value, operand);

    public static bool Holds(NumberComparison comparison, decimal value, decimal operand) => comparison switch
    {
        NumberComparison.Less => value < operand,
        NumberComparison.LessOrEqual => value <= operand,
        NumberComparison.Greater => value > operand,
        NumberComparison.GreaterOrEqual => value >= operand,
        _ => value == operand,
    };

    /// <summary>Reads a decimal number, with sign, fraction and exponent, or a hexadecimal one with 0x.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out decimal value)
    {
        text = text.Trim();
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            bool hex = ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits);
            value = bits;
            return hex;
        }

        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}

/// <summary>Takes a part of a date as it is written: no time zone is converted (appendix, "Time Modifiers").</summary>
internal sealed class TimeTest(ValueTest.Time test) : CompiledTest
{
    public override bool Matches(ReadOnlySpan<char> text)
    {
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            return false;
        }

        int part = test.Part switch
        {
            TimePart.Minute => time.Minute,
            TimePart.Hour => time.Hour,
            TimePart.Day => time.Day,
            TimePart.Week => ISOWeek.GetWeekOfYear(time.DateTime),
            TimePart.Month => time.Month,
            _ => time.Year,
        };
        return NumberTest.Holds(test.Comparison, part, test.Operand);
    }
}

/// <summary>Asks whether an address lies in a network. An IPv4 address written as an IPv6 one (<c>::ffff:10.0.0.1</c>) counts as IPv4.</summary>
internal sealed class CidrTest : CompiledTest
{
    private readonly UInt128 _network;
    private readonly UInt128 _mask;

    public CidrTest(IPNetwork network)
    {
        bool v4 = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork;
        int prefix = network.PrefixLength + (v4 ? 96 : 0);
        _mask = prefix == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - prefix);
        _network = AddressText.FromAddress(network.BaseAddress) & _mask;
        Everything = !v4 && prefix == 0;
    }

    // ::/0 holds every IPv6 address, but no IPv4 one.
    private bool Everything { get; }

    public override bool Matches(ReadOnlySpan<char> text) => AddressText.TryParse(text, out UInt128 address) && Holds(address);

    /// <summary>Whether the network holds an address that <see cref="AddressText"/> read.</summary>
    public bool Holds(UInt128 address) => (address & _mask) == _network && !(Everything && AddressText.IsMappedIPv4(address));
}

/// <summary>
/// A regular expression. It runs with backtracking, which costs little to set up and is quick on ordinary values. The first value
/// that it takes longer than <see cref="QuickLimit"/> over makes the expression run without backtracking from then on, in time
/// that is linear in the text; both find the same. Where the pattern needs backtracking (look-around, back-references), a match
/// that takes longer than <see cref="Limit"/> is given up, counts as no match, and is reported through <see cref="RegexTimeouts"/>.
/// </summary>
internal sealed class RegexTest : CompiledTest
{
    /// <summary>How long one match may take that cannot be had without backtracking.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>How long one match may take before another way is looked for.</summary>
    private static readonly TimeSpan QuickLimit = TimeSpan.FromMilliseconds(20);

    private readonly string _pattern;
    private readonly RegexOptions _options;
    private readonly Lazy<Regex> _quick;
    private readonly Lazy<Regex> _thorough;
    private volatile bool _isHard;

    public RegexTest(ValueTest.Regex test)
    {
        _pattern = test.Pattern;
        _options = RegexOptions.CultureInvariant
            | (test.IgnoreCase ? RegexOptions.IgnoreCase : RegexOptions.None)
            | (test.MultiLine ? RegexOptions.Multiline : RegexOptions.None)
            | (test.DotAll ? RegexOptions.Singleline : RegexOptions.None);
        _quick = new Lazy<Regex>(() => new Regex(_pattern, _options, QuickLimit));
        _thorough = new Lazy<Regex>(BuildThorough);
    }

    public override bool Matches(ReadOnlySpan<char> text)
    {
        if (!_isHard)
        {
            try
            {
                return _quick.Value.IsMatch(text);
            }
            catch (RegexMatchTimeoutException)
            {
                _isHard = true;
            }
        }

        try
        {
            return _thorough.Value.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            RegexTimeouts.Increment();
            return false;
        }
    }

    private Regex BuildThorough()
    {
        try
        {
            return new Regex(_pattern, _options | RegexOptions.NonBacktracking, Regex.InfiniteMatchTimeout);
        }
        catch (NotSupportedException)
        {
            return new Regex(_pattern, _options, Limit);
        }
    }
}

/// <summary>Counts matches that were given up, so that a run can say so: nothing is skipped in silence.</summary>
internal static class RegexTimeouts
{
    private static long s_count;

    public static long Count => Interlocked.Read(ref s_count);

    public static void Increment() => Interlocked.Increment(ref s_count);
}
