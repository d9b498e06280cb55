using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Hashing;

namespace Culprit.Sigma.Semantics.Cache;

/// <summary>Reads a rule set from its binary form.</summary>
internal sealed class CacheReader
{
    private readonly CacheCursor _cursor;
    private readonly CacheExpressions _expressions;

    private CacheReader(byte[] payload)
    {
        _cursor = new CacheCursor(payload);
        _expressions = new CacheExpressions(_cursor);
    }

    /// <summary>The rule set; null where the bytes are not a whole cache of this build.</summary>
    public static SigmaRuleSet? TryRead(Stream stream)
    {
        if (ReadPayload(stream) is not { } payload)
        {
            return null;
        }

        try
        {
            return new CacheReader(payload).RuleSet();
        }
        catch (CacheException)
        {
            // What was wrong does not matter to anyone: the rules are loaded from their files instead.
            return null;
        }
    }

    private static byte[]? ReadPayload(Stream stream)
    {
        Span<byte> header = stackalloc byte[CacheFormat.HeaderSize];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length
            || !header.StartsWith(CacheFormat.Magic)
            || BinaryPrimitives.ReadInt32LittleEndian(header[4..]) != CacheFormat.Version
            || new Guid(header[8..24]) != CacheFormat.Build)
        {
            return null;
        }

        long length = BinaryPrimitives.ReadInt64LittleEndian(header[24..]);
        if (length is < 0 or > CacheFormat.MaxBytes || (stream.CanSeek && length != stream.Length - stream.Position))
        {
            return null;
        }

        byte[] payload = new byte[length];
        return stream.ReadAtLeast(payload, payload.Length, throwOnEndOfStream: false) == payload.Length
            && XxHash128.Hash(payload).AsSpan().SequenceEqual(header[32..])
            && stream.ReadByte() < 0
                ? payload
                : null;
    }

    private SigmaRuleSet RuleSet()
    {
        ImmutableArray<SigmaRule> rules = _cursor.List(this, static r => r.Rule());
        ImmutableArray<SigmaCorrelation> correlations = _cursor.List(this, static r => r.Correlation());
        CheckReferences(rules.Length, correlations);
        var read = new SigmaRuleSet
        {
            Rules = rules,
            Correlations = correlations,
            FilterCount = _cursor.Integer(),
            RefusedCount = _cursor.Integer(),
            Diagnostics = _cursor.List(this, static r => r.Diagnostic()),
        };
        return _cursor.AtEnd ? read : throw new CacheException("the file goes on after its end");
    }

    private SigmaRule Rule()
    {
        Metadata metadata = Document();
        return new()
        {
            Id = metadata.Id,
            Name = metadata.Name,
            Title = metadata.Title,
            Location = metadata.Location,
            Level = metadata.Level,
            Status = metadata.Status,
            Description = metadata.Description,
            Author = metadata.Author,
            Tags = metadata.Tags,
            Similar = metadata.Similar,
            References = metadata.References,
            FalsePositives = metadata.FalsePositives,
            Fields = metadata.Fields,
            LogSource = new(_cursor.Text(), _cursor.Text(), _cursor.Text()),
            Detection = _expressions.Expression(0),
            Reported = _cursor.Flag(),
        };
    }

    private Metadata Document() => new()
    {
        Id = _cursor.Text(),
        Name = _cursor.Text(),
        Title = _cursor.Text(),
        Location = Location(),
        Level = (SigmaLevel)_cursor.Choice((int)SigmaLevel.Critical + 1),
        Status = _cursor.Text(),
        Description = _cursor.Text(),
        Author = _cursor.Text(),
        Tags = _cursor.Texts(),
        Similar = _cursor.Texts(),
        References = _cursor.Texts(),
        FalsePositives = _cursor.Texts(),
        Fields = _cursor.Texts(),
    };

    private SigmaCorrelation Correlation()
    {
        Metadata metadata = Document();
        return new()
        {
            Id = metadata.Id,
            Name = metadata.Name,
            Title = metadata.Title,
            Location = metadata.Location,
            Level = metadata.Level,
            Status = metadata.Status,
            Description = metadata.Description,
            Author = metadata.Author,
            Tags = metadata.Tags,
            Similar = metadata.Similar,
            References = metadata.References,
            FalsePositives = metadata.FalsePositives,
            Fields = metadata.Fields,
            Type = (CorrelationType)_cursor.Choice((int)CorrelationType.ValuePercentile + 1),
            Rules = _cursor.List(_cursor, static c => new CorrelationReference(c.Text(), c.Flag(), c.Integer())),
            GroupBy = _cursor.Texts(),
            Timespan = Timespan(),
            Bounds = _cursor.List(_cursor, static c =>
                new CorrelationBound((NumberComparison)c.Choice((int)NumberComparison.Equal + 1), c.Flag(), c.Decimal())),
            ValueFields = _cursor.Texts(),
            Percentile = Percentile(),
            Aliases = Aliases(),
            TemporalCondition = _cursor.Flag() ? _expressions.Expression(0) : null,
            Generate = _cursor.Flag(),
            Reported = _cursor.Flag(),
        };
    }

    private TimeSpan Timespan() =>
        _cursor.Number() is var ticks and <= long.MaxValue ? new((long)ticks) : throw new CacheException("a time span is too long");

    private decimal? Percentile()
    {
        bool given = _cursor.Flag();
        decimal value = _cursor.Decimal();
        return given ? value : null;
    }

    private ImmutableDictionary<string, ImmutableDictionary<string, string>> Aliases()
    {
        var aliases = ImmutableDictionary.CreateBuilder<string, ImmutableDictionary<string, string>>(StringComparer.Ordinal);
        int count = _cursor.Count(2);
        for (int i = 0; i < count; i++)
        {
            string alias = _cursor.Text();
            var fields = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
            int fieldCount = _cursor.Count(2);
            for (int j = 0; j < fieldCount; j++)
            {
                fields[_cursor.Text()] = _cursor.Text();
            }

            aliases[alias] = fields.ToImmutable();
        }

        return aliases.ToImmutable();
    }

    private SigmaDiagnostic Diagnostic() => new(
        _cursor.Text(),
        (SigmaSeverity)_cursor.Choice((int)SigmaSeverity.Error + 1),
        Location(),
        _cursor.Text(),
        _cursor.Text(),
        _cursor.Text());

    private SigmaLocation Location() => new(_cursor.Text(), _cursor.Integer(), _cursor.Integer());

    // The correlator trusts that references lead somewhere and never in a circle.
    private static void CheckReferences(int rules, ImmutableArray<SigmaCorrelation> correlations)
    {
        foreach (CorrelationReference reference in correlations.SelectMany(c => c.Rules))
        {
            if (reference.Index >= (reference.IsCorrelation ? correlations.Length : rules))
            {
                throw new CacheException("a reference leads nowhere");
            }
        }

        var depths = new int[correlations.Length];
        for (int i = 0; i < correlations.Length; i++)
        {
            CheckAcyclic(i, correlations, depths, 0);
        }
    }

    // 0: not seen, 1: being looked at, 2: fine.
    private static void CheckAcyclic(int index, ImmutableArray<SigmaCorrelation> correlations, int[] states, int depth)
    {
        if (states[index] == 2)
        {
            return;
        }

        if (states[index] == 1 || depth > CacheFormat.MaxDepth)
        {
            throw new CacheException("correlations refer to each other in a circle");
        }

        states[index] = 1;
        foreach (CorrelationReference reference in correlations[index].Rules)
        {
            if (reference.IsCorrelation)
            {
                CheckAcyclic(reference.Index, correlations, states, depth + 1);
            }
        }

        states[index] = 2;
    }
}
