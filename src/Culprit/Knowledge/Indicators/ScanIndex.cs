using System.Text;

namespace Culprit.Knowledge.Indicators;

/// <summary>
/// What is kept beside the facts of a set that is known beforehand, so that texts can be held against it before the facts are unpacked. The numbers in it are little-endian:
/// <see cref="Header"/>, SHA-256 of the facts, the number of values, <see cref="ScanSigns"/>.
/// </summary>
/// <param name="ContentHash">SHA-256 of the facts, in lower-case hexadecimal.</param>
/// <param name="Count">How many values there are.</param>
/// <param name="Signs">What tells texts that hold none of them.</param>
internal sealed record ScanIndex(string ContentHash, int Count, ScanSigns Signs)
{
    /// <summary>The first line.</summary>
    private static ReadOnlySpan<byte> Header => "culprit-indicators-index 1\n"u8;

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    /// <exception cref="EndOfStreamException">It is cut.</exception>
    public static ScanIndex Read(Stream stream)
    {
        using var input = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (!input.ReadBytes(Header.Length).AsSpan().SequenceEqual(Header))
        {
            throw new InvalidDataException("the index of the indicators is of another version");
        }

        return new ScanIndex(Convert.ToHexStringLower(input.ReadBytes(32)), input.ReadInt32(), ScanSigns.Read(input));
    }

    /// <summary>Writes it; equal sets give equal bytes.</summary>
    public void WriteTo(Stream stream)
    {
        using var output = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        output.Write(Header);
        output.Write(Convert.FromHexString(ContentHash));
        output.Write(Count);
        Signs.WriteTo(output);
    }
}
