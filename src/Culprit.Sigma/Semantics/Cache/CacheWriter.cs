using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace Culprit.Sigma.Semantics.Cache;

/// <summary>Writes a rule set in its binary form.</summary>
internal sealed class CacheWriter
{
    private readonly MemoryStream _body = new();
    private readonly Dictionary<string, int> _strings = new(StringComparer.Ordinal);

    public static void Write(SigmaRuleSet rules, Stream stream)
    {
        var writer = new CacheWriter();
        writer.RuleSet(rules);
        ReadOnlySpan<byte> payload = writer.Payload();

        Span<byte> header = stackalloc byte[CacheFormat.HeaderSize];
        CacheFormat.Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], CacheFormat.Version);
        CacheFormat.Build.TryWriteBytes(header[8..]);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], payload.Length);
        XxHash128.Hash(payload, header[32..]);
        stream.Write(header);
        stream.Write(payload);
    }

    // The strings come first, so that the reader has them when the body needs them.
    private ReadOnlySpan<byte> Payload()
    {
        var payload = new MemoryStream();
        WriteNumber(payload, (uint)_strings.Count);
        foreach (string text in _strings.Keys)
        {
            // Lone surrogates have no UTF-8; a text with one is kept as it is.
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            bool faithful = string.Equals(Encoding.UTF8.GetString(utf8), text, StringComparison.Ordinal);
            byte[] bytes = faithful ? utf8 : MemoryMarshal.AsBytes(text.AsSpan()).ToArray();
            WriteNumber(payload, ((ulong)bytes.Length << 1) | (faithful ? 0UL : 1UL));
            payload.Write(bytes);
        }

        _body.WriteTo(payload);
        return payload.GetBuffer().AsSpan(0, (int)payload.Length);
    }

    private void RuleSet(SigmaRuleSet rules)
    {
        List(rules.Rules, rule =>
        {
            Document(rule);
            Text(rule.LogSource.Product);
            Text(rule.LogSource.Category);
            Text(rule.LogSource.Service);
            Expression(rule.Detection);
            Flag(rule.Reported);
        });
        List(rules.Correlations, Correlation);
        Number((uint)rules.FilterCount);
        Number((uint)rules.RefusedCount);
        List(rules.Diagnostics, diagnostic =>
        {
            Text(diagnostic.Code);
            Number((uint)diagnostic.Severity);
            Location(diagnostic.Location);
            Text(diagnostic.Message);
            Text(diagnostic.Help);
            Text(diagnostic.SourceLine);
        });
    }

    private void Document(SigmaDocument document)
    {
        Text(document.Id);
        Text(document.Name);
        Text(document.Title);
        Location(document.Location);
        Number((uint)document.Level);
        Text(document.Status);
        Text(document.Description);
        Text(document.Author);
        List(document.Tags, Text);
        List(document.Similar, Text);
        List(document.References, Text);
        List(document.FalsePositives, Text);
        List(document.Fields, Text);
    }

    private void Correlation(SigmaCorrelation correlation)
    {
        Document(correlation);
        Number((uint)correlation.Type);
        List(correlation.Rules, reference =>
        {
            Text(reference.Name);
            Flag(reference.IsCorrelation);
            Number((uint)reference.Index);
        });
        List(correlation.GroupBy, Text);
        Number((ulong)correlation.Timespan.Ticks);
        List(correlation.Bounds, bound =>
        {
            Number((uint)bound.Comparison);
            Flag(bound.Negated);
            Decimal(bound.Operand);
        });
        List(correlation.ValueFields, Text);
        Flag(correlation.Percentile is not null);
        Decimal(correlation.Percentile ?? 0);
        List([.. correlation.Aliases.OrderBy(a => a.Key, StringComparer.Ordinal)], alias =>
        {
            Text(alias.Key);
            List([.. alias.Value.OrderBy(f => f.Key, StringComparer.Ordinal)], field =>
            {
                Text(field.Key);
                Text(field.Value);
            });
        });
        Flag(correlation.TemporalCondition is not null);
        if (correlation.TemporalCondition is { } condition)
        {
            Expression(condition);
        }

        Flag(correlation.Generate);
        Flag(correlation.Reported);
    }

    private void Expression(Expression expression)
    {
        switch (expression)
        {
            case Expression.And and:
                Tag(CacheTag.And);
                List(and.Children, Expression);
                break;
            case Expression.Or or:
                Tag(CacheTag.Or);
                List(or.Children, Expression);
                break;
            case Expression.Not not:
                Tag(CacheTag.Not);
                Expression(not.Child);
                break;
            case Expression.Named named:
                Tag(CacheTag.Named);
                Text(named.Identifier);
                Expression(named.Child);
                break;
            case Expression.FieldTest field:
                Tag(CacheTag.FieldTest);
                Text(field.Field);
                Test(field.Test);
                break;
            case Expression.KeywordTest keyword:
                Tag(CacheTag.KeywordTest);
                Test(keyword.Test);
                break;
            case Expression.Constant constant:
                Tag(CacheTag.Constant);
                Flag(constant.Value);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void Test(ValueTest test)
    {
        switch (test)
        {
            case ValueTest.Text text:
                Tag(CacheTag.Text);
                Flag(text.Cased);
                List(text.Parts, Part);
                break;
            case ValueTest.Regex regex:
                Tag(CacheTag.Regex);
                Text(regex.Pattern);
                Number((regex.IgnoreCase ? 1U : 0) | (regex.MultiLine ? 2U : 0) | (regex.DotAll ? 4U : 0));
                break;
            case ValueTest.Cidr cidr:
                Tag(CacheTag.Cidr);
                byte[] address = cidr.Network.BaseAddress.GetAddressBytes();
                Number((uint)address.Length);
                _body.Write(address);
                Number((uint)cidr.Network.PrefixLength);
                break;
            case ValueTest.Number number:
                Tag(CacheTag.Number);
                Number((uint)number.Comparison);
                Decimal(number.Operand);
                break;
            case ValueTest.Time time:
                Tag(CacheTag.Time);
                Number((uint)time.Part);
                Number((uint)time.Comparison);
                Decimal(time.Operand);
                break;
            case ValueTest.Null:
                Tag(CacheTag.Null);
                break;
            case ValueTest.Exists exists:
                Tag(CacheTag.Exists);
                Flag(exists.Expected);
                break;
            case ValueTest.FieldReference reference:
                Tag(CacheTag.FieldReference);
                Text(reference.Field);
                Number((uint)reference.Position);
                Flag(reference.Cased);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void Part(PatternPart part)
    {
        switch (part)
        {
            case PatternPart.Literal literal:
                Tag(CacheTag.Literal);
                Text(literal.Text);
                break;
            case PatternPart.AnyString:
                Tag(CacheTag.AnyString);
                break;
            default:
                Tag(CacheTag.AnyChar);
                break;
        }
    }

    private void Location(SigmaLocation location)
    {
        Text(location.Path);
        Number((uint)location.Line);
        Number((uint)location.Column);
    }

    private void List<T>(ImmutableArray<T> items, Action<T> write)
    {
        Number((uint)items.Length);
        foreach (T item in items)
        {
            write(item);
        }
    }

    private void Text(string text)
    {
        if (!_strings.TryGetValue(text, out int index))
        {
            index = _strings.Count;
            _strings.Add(text, index);
        }

        Number((uint)index);
    }

    private void Decimal(decimal value)
    {
        foreach (int bits in decimal.GetBits(value))
        {
            Number((uint)bits);
        }
    }

    private void Tag(CacheTag tag) => _body.WriteByte((byte)tag);

    private void Flag(bool value) => _body.WriteByte(value ? (byte)1 : (byte)0);

    private void Number(ulong value) => WriteNumber(_body, value);

    private static void WriteNumber(MemoryStream stream, ulong value)
    {
        while (value >= 0x80)
        {
            stream.WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        stream.WriteByte((byte)value);
    }
}
