using System.Collections.Immutable;
using Alternatives = System.Collections.Immutable.ImmutableArray<System.Collections.Immutable.ImmutableArray<Culprit.Knowledge.Indicators.Stix.Comparison>>;

namespace Culprit.Knowledge.Indicators.Stix;

/// <summary>One comparison of a pattern.</summary>
/// <param name="Path">The path of the object that is looked at, such as <c>file:hashes.'SHA-256'</c>.</param>
/// <param name="Operator">Such as <c>=</c> or <c>MATCHES</c>, in capitals; <c>NOT</c> stands before it where it is negated.</param>
/// <param name="Value">What it is compared with; empty for <c>EXISTS</c>.</param>
internal sealed record Comparison(string Path, string Operator, string Value);

/// <summary>
/// Reads a STIX pattern (STIX 2.1, section 9) as the alternatives that satisfy it, each a set of comparisons that one observation has to satisfy together.
/// What asks for several observations, or for one several times, is no alternative: it is told.
/// </summary>
internal sealed class PatternReader
{
    private const int MaxDepth = 50;

    // Some name thousands of hashes; a product of as many with as many is none that somebody wrote.
    private const int MaxAlternatives = 100_000;

    // Nor are few alternatives that each repeat a long text. Those of a hundred addresses with a hundred ports have half a million characters.
    private const int MaxRepeated = 1 << 20;
    private const int MaxRepeatedOfPattern = 8;

    private static readonly string[] Operators = ["=", "==", "!=", "<>", "<", "<=", ">", ">=", "LIKE", "MATCHES", "ISSUBSET", "ISSUPERSET"];

    private readonly PatternTokens _tokens;
    private readonly SortedSet<string> _leftOut = new(StringComparer.Ordinal);
    private int _depth;
    private long _left;

    private PatternReader(string pattern)
    {
        _tokens = new PatternTokens(pattern);
        _left = MaxRepeated + ((long)MaxRepeatedOfPattern * pattern.Length);
    }

    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="leftOut">Which parts were left out and why, in words that complete "it ...".</param>
    /// <exception cref="FormatException">It is no pattern; the message completes "it ...".</exception>
    public static Alternatives Read(string pattern, out ImmutableArray<string> leftOut)
    {
        var reader = new PatternReader(pattern);
        Alternatives alternatives = reader.Sequence();
        if (reader._tokens.Next.Kind is not TokenKind.End)
        {
            throw new FormatException($"has '{PatternTokens.Shown(reader._tokens.Next.Value)}' behind its end");
        }

        leftOut = [.. reader._leftOut];
        return alternatives;
    }

    private Alternatives Sequence()
    {
        Alternatives first = AnyObservation();
        while (_tokens.TryTake("FOLLOWEDBY"))
        {
            AnyObservation();
            first = LeaveOut("asks for several observations, one after another");
        }

        return first;
    }

    private Alternatives AnyObservation() => Any(AllObservations);

    private Alternatives AllObservations()
    {
        Alternatives first = Observation();
        while (_tokens.TryTake("AND"))
        {
            Observation();
            first = LeaveOut("asks for several observations together");
        }

        return first;
    }

    private Alternatives Observation()
    {
        Enter();
        Alternatives alternatives;
        if (_tokens.TryTake("("))
        {
            alternatives = Sequence();
            _tokens.Expect(")");
        }
        else
        {
            _tokens.Expect("[");
            alternatives = AnyComparison();
            _tokens.Expect("]");
        }

        _depth--;
        return Qualified(alternatives);
    }

    // What stands behind an observation: how often, within which time, from when until when. The last two bound when somebody saw it.
    private Alternatives Qualified(Alternatives alternatives)
    {
        while (true)
        {
            if (_tokens.TryTake("REPEATS"))
            {
                bool once = _tokens.Take().Value is "1";
                _tokens.Expect("TIMES");
                alternatives = once ? alternatives : LeaveOut("asks for several observations of the same");
            }
            else if (_tokens.TryTake("WITHIN"))
            {
                _tokens.Take();
                _tokens.Expect("SECONDS");
            }
            else if (_tokens.TryTake("START"))
            {
                Literal();
                _tokens.Expect("STOP");
                Literal();
            }
            else
            {
                return alternatives;
            }
        }
    }

    private Alternatives AnyComparison() => Any(AllComparisons);

    private Alternatives AllComparisons()
    {
        Alternatives first = Compare();
        List<Alternatives> all = [first];
        long count = first.Length, characters = Characters(first);
        while (_tokens.TryTake("AND"))
        {
            Alternatives next = Compare();
            all.Add(next);
            characters = (characters * next.Length) + (count * Characters(next));
            count *= next.Length;
            if (count > MaxAlternatives)
            {
                throw new FormatException("has too many combinations");
            }

            if (characters > _left)
            {
                throw TooLong();
            }
        }

        if (all.Count == 1)
        {
            return first;
        }

        _left -= characters;
        return Combined(all, (int)count);
    }

    // One of each, in the order in which they are written.
    private static Alternatives Combined(List<Alternatives> all, int count)
    {
        Alternatives.Builder combined = ImmutableArray.CreateBuilder<ImmutableArray<Comparison>>(count);
        int[] chosen = new int[all.Count];
        while (combined.Count < count)
        {
            combined.Add([.. all.SelectMany((alternatives, i) => alternatives[chosen[i]])]);
            for (int i = chosen.Length - 1; i >= 0 && ++chosen[i] == all[i].Length; i--)
            {
                chosen[i] = 0;
            }
        }

        return combined.MoveToImmutable();
    }

    private static long Characters(Alternatives alternatives) =>
        alternatives.Sum(static together => together.Sum(static c => (long)c.Path.Length + c.Operator.Length + c.Value.Length));

    private Alternatives Compare()
    {
        if (_tokens.TryTake("("))
        {
            Enter();
            Alternatives inner = AnyComparison();
            _tokens.Expect(")");
            _depth--;
            return inner;
        }

        bool negated = _tokens.TryTake("NOT");
        if (_tokens.TryTake("EXISTS"))
        {
            return [[new Comparison(Path(), negated ? "NOT EXISTS" : "EXISTS", "")]];
        }

        string path = Path();
        negated |= _tokens.TryTake("NOT");
        string no = negated ? "NOT " : "";
        if (_tokens.TryTake("IN"))
        {
            List<string> values = Set();
            _left -= (long)values.Count * path.Length;
            return _left < 0 ? throw TooLong() : [.. values.Select(value => ImmutableArray.Create(new Comparison(path, no + "=", value)))];
        }

        Token sign = _tokens.Take();
        if (!Array.Exists(Operators, sign.Is))
        {
            throw new FormatException($"has '{PatternTokens.Shown(sign.Value)}' where it compares");
        }

        string compared = sign.Value.ToUpperInvariant();
        return [[new Comparison(path, no + (compared is "==" ? "=" : compared), Literal())]];
    }

    private string Path()
    {
        Token path = _tokens.Take();
        return path.Kind is TokenKind.Word && path.Value.IndexOf(':', StringComparison.Ordinal) > 0
            ? path.Value
            : throw new FormatException($"has '{PatternTokens.Shown(path.Value)}' where an object's path belongs");
    }

    private List<string> Set()
    {
        _tokens.Expect("(");
        List<string> values = [Literal()];
        while (_tokens.TryTake(","))
        {
            values.Add(Literal());
        }

        _tokens.Expect(")");
        return values;
    }

    // Times, hexadecimal and Base64 have a letter before their text.
    private string Literal()
    {
        Token token = _tokens.Take();
        bool marked = token.Kind is TokenKind.Word && token.Value is "t" or "h" or "b" && _tokens.Next.Kind is TokenKind.Text;
        token = marked ? _tokens.Take() : token;
        return token.Kind is TokenKind.Text or TokenKind.Word ? token.Value : throw new FormatException($"has '{PatternTokens.Shown(token.Value)}' where a value belongs");
    }

    private Alternatives Any(Func<Alternatives> read)
    {
        Alternatives.Builder any = read().ToBuilder();
        while (_tokens.TryTake("OR"))
        {
            any.AddRange(read());
            if (any.Count > MaxAlternatives)
            {
                throw new FormatException("has too many alternatives");
            }
        }

        return any.DrainToImmutable();
    }

    private static FormatException TooLong() => new("has alternatives that are too long together");

    private Alternatives LeaveOut(string why)
    {
        _leftOut.Add(why);
        return [];
    }

    private void Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw new FormatException($"has more than {MaxDepth} brackets within each other");
        }
    }
}
