using System.Text;

namespace Culprit.Knowledge;

/// <summary>Text whose first bytes say its encoding. Windows' editors and shells write UTF-16, and mark it.</summary>
internal static class MarkedText
{
    /// <summary>The text as UTF-8 without a mark; what has none is taken for UTF-8 and stays as it is.</summary>
    public static ReadOnlyMemory<byte> AsUtf8(ReadOnlyMemory<byte> content)
    {
        ReadOnlySpan<byte> utf8 = [0xEF, 0xBB, 0xBF];
        return content.Span.StartsWith(utf8) ? content[utf8.Length..]
            : content.Span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? Encoding.Convert(Encoding.Unicode, Encoding.UTF8, content[2..].ToArray())
            : content.Span.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? Encoding.Convert(Encoding.BigEndianUnicode, Encoding.UTF8, content[2..].ToArray())
            : content;
    }
}
