using System.Buffers.Binary;
using Culprit.Evidence;

namespace Culprit.Findings.Store;

/// <summary>
/// A store's entries as a stream that outlives the run. Layout, little-endian: the number of sources (i32), for each its position
/// in the coverage (i32); then the entries in order, each behind its length (i32).
/// </summary>
internal static class FindingStream
{
    /// <summary>What the stream is called among those of judged evidence.</summary>
    public const string Name = "findings";

    public static void Write(FindingStore store, Coverage coverage, Stream output)
    {
        var positions = new Dictionary<EvidenceSource, int>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < coverage.Sources.Length; i++)
        {
            positions[coverage.Sources[i].Source] = i;
        }

        WriteInt32(output, store.Sources.Count);
        for (int i = 0; i < store.Sources.Count; i++)
        {
            WriteInt32(output, positions[store.Sources[i]]);
        }

        EntryMerge merge = store.Read();
        while (merge.MoveNext())
        {
            ReadOnlySpan<byte> entry = merge.Current.Bytes;
            WriteInt32(output, entry.Length);
            output.Write(entry);
        }
    }

    /// <summary>Adds a stream's entries to a store, which closes it.</summary>
    /// <exception cref="InvalidDataException">The stream and the coverage do not belong together.</exception>
    public static void Add(FindingStore store, Stream stream, Coverage coverage)
    {
        var file = new SpillFile(stream);
        store.Keep(file);
        Span<byte> word = stackalloc byte[4];
        long position = 0;
        var numbers = new int[ReadInt32(file, ref position, word, coverage.Sources.Length + 1)];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = store.Sources.NumberOf(coverage.Sources[ReadInt32(file, ref position, word, coverage.Sources.Length)].Source);
        }

        store.Add(new SpilledRun(file, position, stream.Length, numbers));
    }

    private static void WriteInt32(Stream output, int value)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(word, value);
        output.Write(word);
    }

    private static int ReadInt32(SpillFile file, ref long position, Span<byte> word, int below)
    {
        int filled = 0;
        while (filled < word.Length && file.Read(position + filled, word[filled..]) is var read and > 0)
        {
            filled += read;
        }

        position += filled;
        int value = filled == word.Length ? BinaryPrimitives.ReadInt32LittleEndian(word) : -1;
        return value >= 0 && value < below
            ? value
            : throw new InvalidDataException("kept findings do not belong to the coverage that was kept with them");
    }
}
