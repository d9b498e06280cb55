using System.Text;
using Culprit.Evidence.Formats.Text;

namespace Culprit.Evidence.Formats.WindowsJson;

/// <summary>Decodes JSON text into a record's arena.</summary>
internal static class JsonText
{
    /// <summary>
    /// Decodes a string, number or literal as it stands between its quotes. Half a surrogate pair is kept as it is,
    /// because event logs hold such text; bytes that are not UTF-8 become the replacement character.
    /// </summary>
    /// <returns>How many characters were kept.</returns>
    public static int Decode(ReadOnlySpan<byte> text, bool isEscaped, TextRecord record, out int start)
    {
        Span<char> room = record.Room(text.Length);
        int count = 0;
        while (isEscaped)
        {
            int slash = text.IndexOf((byte)'\\');
            if (slash < 0 || slash + 1 >= text.Length)
            {
                break;
            }

            count += Encoding.UTF8.GetChars(text[..slash], room[count..]);
            text = text[(slash + 1)..];
            room[count++] = Escape(ref text);
        }

        count += Encoding.UTF8.GetChars(text, room[count..]);
        start = record.Keep(count);
        return count;
    }

    private static int HexDigit(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    // The reader has checked the escapes' form.
    private static char Escape(ref ReadOnlySpan<byte> text)
    {
        byte kind = text[0];
        text = text[1..];
        switch (kind)
        {
            case (byte)'n':
                return '\n';
            case (byte)'r':
                return '\r';
            case (byte)'t':
                return '\t';
            case (byte)'b':
                return '\b';
            case (byte)'f':
                return '\f';
            case (byte)'u' when text.Length >= 4:
                int value = 0;
                for (int i = 0; i < 4; i++)
                {
                    value = (value << 4) | HexDigit(text[i]);
                }

                text = text[4..];
                return (char)value;
            default:
                return (char)kind;
        }
    }
}
