namespace Culprit.Evtx.BinXml;

/// <summary>The templates of the chunk at hand by the offset of their definition: an open-addressed table, emptied with each chunk.</summary>
internal sealed class ChunkTemplates(EvtxLayoutCache cache, SignatureBuilder signatures, EvtxOptions options)
{
    // A chunk's signatures may together be this long; a real chunk needs a hundredth of it.
    private const int MaxSignatureBytes = 16 << 20;

    private int[] _keys = new int[256];
    private Template?[] _templates = new Template?[256];
    private Fault[] _faults = new Fault[256];
    private int _count;
    private int _signatureBytes;

    public void Clear()
    {
        if (_count > 0)
        {
            Array.Clear(_keys);
            Array.Clear(_templates);
            _count = 0;
        }

        _signatureBytes = 0;
    }

    /// <summary>The template whose definition stands at the offset.</summary>
    public Fault Get(ReadOnlySpan<byte> chunk, int offset, out Template? template)
    {
        int mask = _keys.Length - 1;
        int at = Start(offset, mask);
        while (_keys[at] != 0)
        {
            if (_keys[at] == offset)
            {
                template = _templates[at];
                return _faults[at];
            }

            at = (at + 1) & mask;
        }

        Fault fault = Compile(chunk, offset, out template);
        _keys[at] = offset;
        _templates[at] = template;
        _faults[at] = fault;
        if (++_count * 2 > _keys.Length)
        {
            Grow();
        }

        return fault;
    }

    private static int Start(int offset, int mask) => (int)((uint)offset * 2654435761u >> 16) & mask;

    private Fault Compile(ReadOnlySpan<byte> chunk, int offset, out Template? template)
    {
        template = null;
        if (offset == 0 || _signatureBytes > MaxSignatureBytes)
        {
            return offset == 0 ? Fault.BadTemplate : Fault.TooMuchWork;
        }

        uint size = EvtxFormat.UInt32At(chunk, offset + 20);
        int start = offset + TemplateInstance.DefinitionHeaderSize;
        int end = (int)Math.Min((uint)chunk.Length, start + (long)size);
        Fault fault = signatures.ReadTemplate(chunk, start, end, options.MaxDepth);
        _signatureBytes += signatures.Signature.Length;
        if (fault != Fault.None)
        {
            return fault;
        }

        template = cache.TemplateOf(signatures.Signature);
        return template.SlotCount > options.MaxValues ? Fault.TooLarge : Fault.None;
    }

    private void Grow()
    {
        int[] keys = _keys;
        Template?[] templates = _templates;
        Fault[] faults = _faults;
        int size = keys.Length * 2;
        _keys = new int[size];
        _templates = new Template?[size];
        _faults = new Fault[size];
        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[i] == 0)
            {
                continue;
            }

            int at = Start(keys[i], size - 1);
            while (_keys[at] != 0)
            {
                at = (at + 1) & (size - 1);
            }

            _keys[at] = keys[i];
            _templates[at] = templates[i];
            _faults[at] = faults[i];
        }
    }
}
