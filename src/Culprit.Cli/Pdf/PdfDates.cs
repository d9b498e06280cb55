using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Culprit.Cli.Pdf;

/// <summary>Makes what a browser writes of the moment into a PDF the same every time, so that one case gives one file.</summary>
internal static class PdfDates
{
    private static readonly byte[][] Dates = [Encoding.ASCII.GetBytes("/CreationDate (D:"), Encoding.ASCII.GetBytes("/ModDate (D:")];
    private static readonly byte[] Identifier = Encoding.ASCII.GetBytes("/ID [");

    private const int NodeDigits = 8;
    private static readonly byte[] Node = Encoding.ASCII.GetBytes("(node");

    /// <summary>
    /// Sets dates to the beginning of 2000 and identifiers to zeros, and numbers the nodes of the page that tags refer to from 0 on in their order: a
    /// browser that was busy numbers them otherwise. In place: no offset in the file changes.
    /// </summary>
    public static void MakeConstant(Span<byte> pdf)
    {
        foreach (byte[] date in Dates)
        {
            ForEach(pdf, date, static value =>
            {
                ReadOnlySpan<byte> constant = "20000101000000"u8;
                for (int i = 0; i < value.Length && i < constant.Length && char.IsAsciiDigit((char)value[i]); i++)
                {
                    value[i] = constant[i];
                }
            });
        }

        ForEach(pdf, Identifier, static value =>
        {
            for (int i = 0; i < value.Length && value[i] != (byte)']'; i++)
            {
                if (char.IsAsciiHexDigit((char)value[i]))
                {
                    value[i] = (byte)'0';
                }
            }
        });
        Renumber(pdf);
    }

    private static void Renumber(Span<byte> pdf)
    {
        var numbers = new SortedSet<int>();
        ForEach(pdf, Node, value =>
        {
            if (Utf8Parser.TryParse(value, out int number, out int length) && length == NodeDigits)
            {
                numbers.Add(number);
            }
        });
        Dictionary<int, int> position = numbers.Select(static (number, i) => (number, i)).ToDictionary(static n => n.number, static n => n.i);
        ForEach(pdf, Node, value =>
        {
            if (Utf8Parser.TryParse(value, out int number, out int length) && length == NodeDigits)
            {
                _ = Utf8Formatter.TryFormat(position[number], value, out _, new StandardFormat('D', NodeDigits));
            }
        });
    }

    private static void ForEach(Span<byte> pdf, ReadOnlySpan<byte> key, SpanAction change)
    {
        int at = 0;
        while (pdf[at..].IndexOf(key) is var found and >= 0)
        {
            at += found + key.Length;
            change(pdf.Slice(at, Math.Min(128, pdf.Length - at)));
        }
    }

    private delegate void SpanAction(Span<byte> value);
}
