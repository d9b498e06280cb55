using System.Collections.Concurrent;
using System.IO.Hashing;
using Culprit.Evtx.BinXml;

namespace Culprit.Evtx;

/// <summary>
/// The layouts of a run, interned by what the templates say and not by where they stand. Safe for several threads;
/// give one cache to all readers. It is bounded: past the bound, new templates are compiled for each use and not kept.
/// </summary>
public sealed class EvtxLayoutCache
{
    private const int MaxTemplates = 16384;
    private const int MaxShapes = 32768;
    private const long MaxSignatureBytes = 64L << 20;

    private readonly ConcurrentDictionary<byte[], Template> _templates = new(SignatureComparer.Instance);
    private readonly ConcurrentDictionary<byte[], Template>.AlternateLookup<ReadOnlySpan<byte>> _bySignature;
    private readonly ConcurrentDictionary<(Shape Parent, int Slot, Shape Child), Shape> _shapes = new();
    private int _templateCount;
    private int _shapeCount;
    private long _signatureBytes;

    /// <summary>An empty cache.</summary>
    public EvtxLayoutCache() => _bySignature = _templates.GetAlternateLookup<ReadOnlySpan<byte>>();

    internal Template TemplateOf(ReadOnlySpan<byte> signature)
    {
        if (_bySignature.TryGetValue(signature, out Template? template))
        {
            return template;
        }

        template = Template.Compile(signature);
        if (Volatile.Read(ref _templateCount) >= MaxTemplates || Volatile.Read(ref _signatureBytes) >= MaxSignatureBytes)
        {
            return template;
        }

        if (_bySignature.TryAdd(signature, template))
        {
            Interlocked.Increment(ref _templateCount);
            Interlocked.Add(ref _signatureBytes, signature.Length);
            return template;
        }

        return _bySignature.TryGetValue(signature, out Template? other) ? other : template;
    }

    internal Shape Combine(Shape parent, int slot, Shape child)
    {
        Shape? last = child.LastStep(parent, slot);
        if (last is not null)
        {
            return last;
        }

        if (_shapes.TryGetValue((parent, slot, child), out Shape? shape))
        {
            return shape;
        }

        shape = Shape.Combine(parent, slot, child);
        if (Volatile.Read(ref _shapeCount) >= MaxShapes)
        {
            return shape;
        }

        if (!_shapes.TryAdd((parent, slot, child), shape))
        {
            return _shapes.TryGetValue((parent, slot, child), out Shape? other) ? other : shape;
        }

        Interlocked.Increment(ref _shapeCount);
        child.Remember(parent, slot, shape);
        return shape;
    }

    private sealed class SignatureComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly SignatureComparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)XxHash3.HashToUInt64(alternate);
    }
}
