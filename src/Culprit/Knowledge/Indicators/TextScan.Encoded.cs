using System.Runtime.CompilerServices;

namespace Culprit.Knowledge.Indicators;

/// <summary>Texts that write characters otherwise than they mean them: <c>%2F</c> in URLs.</summary>
internal sealed partial class TextScan
{
    private const int LengthOfPercent = 3;

    private char[] _meant = [];
    private int[] _origins = [];

    // Whether a place is behind three characters that stand for one which ends what is before it.
    private static bool IsBehindPercent(ReadOnlySpan<char> text, int at) => at >= 3 && text[at - 3] == '%' && char.IsAsciiHexDigit(text[at - 2]) && char.IsAsciiHexDigit(text[at - 1]);

    // Where the last %XX that begins at the earliest at from ends, so that something stands behind it; -1 where there is none.
    private static int EndOfPercent(ReadOnlySpan<char> text, int from, int end)
    {
        from = Math.Max(0, from);
        int sign = text[from..end].LastIndexOf('%'), begin = from + sign + LengthOfPercent;
        return sign >= 0 && begin < end && IsBehindPercent(text, begin) ? begin : -1;
    }

    // A name behind a space or a quote: %20example.org.
    private void TryHostBehindPercent(ReadOnlySpan<char> text, int sign, int end)
    {
        int start = EndOfPercent(text, sign, end);
        if (start > 0 && text[start] != '.')
        {
            TryHost(text, start, end, LowerKey(text[start..end]));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ScanAsMeant(ReadOnlySpan<char> text, int port)
    {
        int known = hits.Count;
        ScanAsWritten(Meant(text), port);
        PutAsWritten(text, known);
    }

    private ReadOnlySpan<char> Meant(ReadOnlySpan<char> text)
    {
        if (_meant.Length < text.Length)
        {
            _meant = new char[Math.Max(text.Length, 2 * _meant.Length)];
        }

        return _meant.AsSpan(0, PercentText.Write(text, _meant, []));
    }

    // Hits say where in the text itself they are. Few texts have any, so that only those are asked for the places of their characters.
    private void PutAsWritten(ReadOnlySpan<char> text, int known)
    {
        if (hits.Count == known)
        {
            return;
        }

        if (_origins.Length <= text.Length)
        {
            _origins = new int[Math.Max(text.Length + 1, 2 * _origins.Length)];
        }

        Span<int> origins = _origins.AsSpan(0, text.Length + 1);
        PercentText.Write(text, _meant, origins);
        hits.Relocate(known, origins);
    }
}
