using System.Runtime.CompilerServices;
using System.Text;
using Culprit.Sigma.Compilation;

namespace Culprit.Sigma.Matching;

/// <summary>
/// One text with its case folded, a byte a character, so that several characters are compared in one step. What is not
/// ASCII after folding becomes <see cref="Other"/>, which no literal of ASCII holds. Used again for text after text; one thread.
/// </summary>
internal sealed class FoldedText
{
    /// <summary>Stands for each character beyond ASCII.</summary>
    public const byte Other = 0x80;

    /// <summary>As many zeros stand before and behind the text, so that eight bytes can be read around any place of it.</summary>
    private const int Padding = sizeof(ulong);

    private byte[] _bytes = new byte[1024];

    /// <summary>The number of characters.</summary>
    public int Length { get; private set; }

    /// <summary>Whether a character of the text, as it was written, is beyond ASCII.</summary>
    public bool HasRareCharacters { get; private set; }

    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(Padding, Length);

    /// <summary>The first eight bytes, the first lowest; zeros past the text's end.</summary>
    public ulong First => Unsafe.ReadUnaligned<ulong>(ref _bytes[Padding]);

    /// <summary>The last eight bytes, the last highest; zeros before the text's start.</summary>
    public ulong Last => Unsafe.ReadUnaligned<ulong>(ref _bytes[Length]);

    /// <summary>The text's first byte. Three more bytes than the text has may be read.</summary>
    public ref byte Start => ref _bytes[Padding];

    /// <summary>Takes a text.</summary>
    public void Set(ReadOnlySpan<char> text)
    {
        int room = text.Length + (2 * Padding);
        if (_bytes.Length < room)
        {
            _bytes = new byte[Math.Max(room, _bytes.Length * 2)];
        }

        Length = text.Length;
        HasRareCharacters = false;
        Ascii.ToUpper(text, _bytes.AsSpan(Padding), out int done);
        for (int i = done; i < text.Length; i++)
        {
            char c = text[i];
            char folded = CaseFold.Fold(c);
            HasRareCharacters |= !char.IsAscii(c);
            _bytes[Padding + i] = char.IsAscii(folded) ? (byte)folded : Other;
        }

        Unsafe.WriteUnaligned(ref _bytes[Padding + text.Length], 0UL);
    }
}
