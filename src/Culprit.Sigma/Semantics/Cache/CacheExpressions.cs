using System.Collections.Immutable;
using System.Net;

namespace Culprit.Sigma.Semantics.Cache;

/// <summary>Reads expressions of a cache.</summary>
internal sealed class CacheExpressions(CacheCursor cursor)
{
    public Expression Expression(int depth)
    {
        if (depth > CacheFormat.MaxDepth)
        {
            throw new CacheException("an expression is too deep");
        }

        return cursor.Tag() switch
        {
            CacheTag.And => new Expression.And(Children(depth)),
            CacheTag.Or => new Expression.Or(Children(depth)),
            CacheTag.Not => new Expression.Not(Expression(depth + 1)),
            CacheTag.Named => new Expression.Named(cursor.Text(), Expression(depth + 1)),
            CacheTag.FieldTest => new Expression.FieldTest(cursor.Text(), Test()),
            CacheTag.KeywordTest => new Expression.KeywordTest(Test()),
            CacheTag.Constant => new Expression.Constant(cursor.Flag()),
            _ => throw new CacheException("a kind of expression is unknown"),
        };
    }

    private ImmutableArray<Expression> Children(int depth) =>
        cursor.List((Reader: this, Depth: depth), static s => s.Reader.Expression(s.Depth + 1));

    private ValueTest Test() => cursor.Tag() switch
    {
        CacheTag.Text => Text(),
        CacheTag.Regex => Regex(),
        CacheTag.Cidr => Cidr(),
        CacheTag.Number => new ValueTest.Number(Comparison(), cursor.Decimal()),
        CacheTag.Time => new ValueTest.Time((TimePart)cursor.Choice((int)TimePart.Year + 1), Comparison(), cursor.Decimal()),
        CacheTag.Null => new ValueTest.Null(),
        CacheTag.Exists => new ValueTest.Exists(cursor.Flag()),
        CacheTag.FieldReference => new ValueTest.FieldReference(
            cursor.Text(), (TextPosition)cursor.Choice((int)TextPosition.Anywhere + 1), cursor.Flag()),
        _ => throw new CacheException("a kind of test is unknown"),
    };

    private ValueTest.Text Text()
    {
        bool cased = cursor.Flag();
        return new(cursor.List(cursor, Part), cased);
    }

    private static PatternPart Part(CacheCursor cursor) => cursor.Tag() switch
    {
        CacheTag.Literal => new PatternPart.Literal(cursor.Text()),
        CacheTag.AnyString => TextPattern.AnyString,
        CacheTag.AnyChar => TextPattern.AnyChar,
        _ => throw new CacheException("a part of a pattern is unknown"),
    };

    private ValueTest.Regex Regex()
    {
        string pattern = cursor.Text();
        int flags = cursor.Choice(8);
        return new(pattern, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
    }

    private ValueTest.Cidr Cidr()
    {
        int length = cursor.Integer();
        if (length is not (4 or 16))
        {
            throw new CacheException("an address is neither IPv4 nor IPv6");
        }

        var address = new IPAddress(cursor.Bytes(length));
        int prefix = cursor.Integer();
        return prefix <= length * 8 && IPNetwork.TryParse($"{address}/{prefix}", out IPNetwork network)
            ? new(network)
            : throw new CacheException("a network is not valid");
    }

    private NumberComparison Comparison() => (NumberComparison)cursor.Choice((int)NumberComparison.Equal + 1);
}
