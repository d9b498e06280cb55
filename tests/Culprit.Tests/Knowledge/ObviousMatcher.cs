using System.Net;
using System.Text.RegularExpressions;
using Culprit.Knowledge;

namespace Culprit.Tests.Knowledge;

/// <summary>
/// What <see cref="IndicatorScanner"/> finds, said the slow way: every indicator is looked for at every place of the text. Shares no
/// code with the scanner.
/// </summary>
internal sealed partial class ObviousMatcher(IndicatorSet set)
{
    // What stands within no URL as it is. It stays encoded, so that it ends none where it is part of one.
    private const string EndsWords = "\"'<>`^{|})]";

    private readonly Indicator[] _all = set.All();

    /// <summary>The positions of the indicators that a text holds, in order.</summary>
    public int[] Find(string written)
    {
        string text = written;
        for (int round = 0; round < 3; round++)
        {
            text = Meant(text);
        }

        // Of one token, which is told by where its host or name ends, each list gives what weighs most.
        var best = new Dictionary<(string List, int End, string Kind), (int Index, int Weight)>();
        for (int index = 0; index < _all.Length; index++)
        {
            foreach ((int end, string kind, int weight) in Places(_all[index], text))
            {
                var key = (_all[index].List.Name, end, kind);
                if (!best.TryGetValue(key, out (int Index, int Weight) known) || weight > known.Weight)
                {
                    best[key] = (index, weight);
                }
            }
        }

        return [.. best.Values.Select(static b => b.Index).Distinct().Order()];
    }

    private static IEnumerable<(int End, string Kind, int Weight)> Places(Indicator indicator, string text) => indicator.Kind switch
    {
        IndicatorKind.Domain => Names(text, indicator.Value, whole: false).Select(end => (end, "net", indicator.Value.Length)),
        IndicatorKind.Address => Addresses(indicator.Value, text),
        IndicatorKind.Hash => Occurrences(text, indicator.Value).Where(at => (FreeOfDigits(text, at - 1) || IsBehindCode(text, at)) && FreeOfDigits(text, at + indicator.Value.Length)).Select(static at => (at, "hash", 0)),
        IndicatorKind.Url => Urls(indicator.Value, text),
        _ => indicator.Value[0] == '/' ? Paths(indicator.Value, text) : Files(indicator.Value, text),
    };

    // One escape after the other; what is to stay as it is written is written down so.
    private static string Meant(string text)
    {
        string meant = "";
        for (int at = 0; at < text.Length;)
        {
            // Two signs together begin no escape.
            if (text[at] == '%' && at + 1 < text.Length && text[at + 1] == '%')
            {
                int signs = text[at..].TakeWhile(static c => c == '%').Count();
                meant += new string('%', signs);
                at += signs;
                continue;
            }

            byte[] bytes = [.. Run().Match(text, at).Groups["hex"].Captures.Select(static c => Convert.ToByte(c.Value, 16))];
            string character = "";
            for (int count = 1; count <= Math.Min(4, bytes.Length) && character.Length == 0; count++)
            {
                string read = System.Text.Encoding.UTF8.GetString(bytes, 0, count);
                bool isOne = !read.Contains('\ufffd', StringComparison.Ordinal) && new System.Globalization.StringInfo(read).LengthInTextElements == 1;
                character = isOne && (read[0] >= 0xa0 || (read[0] is > ' ' and < '\x7f' && !EndsWords.Contains(read[0], StringComparison.Ordinal))) ? read : "";
                at += character.Length > 0 ? 3 * count : 0;
            }

            meant += character.Length > 0 ? character : text[at++];
        }

        return meant;
    }

    private static bool IsLabel(char c) => c < 128 ? char.IsAsciiLetterOrDigit(c) || c is '-' or '_' : char.IsLetterOrDigit(c);

    private static bool Free(string text, int at) => at < 0 || at >= text.Length || !IsLabel(text[at]);

    // Letters of other scripts are no part of a number.
    private static bool FreeOfDigits(string text, int at) => Free(text, at) || (text[at] >= 128 && !char.IsDigit(text[at]));

    // Beside a name, Chinese, Japanese and Korean are other words.
    private static bool FreeOfNames(string text, int at) => Free(text, at) || text[at] is (>= '\u2e80' and <= '\u9fff') or (>= '\uac00' and <= '\ud7ff');

    private static IEnumerable<int> Occurrences(string text, string value)
    {
        for (int at = text.IndexOf(value, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(value, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            yield return at;
        }
    }

    // A name ends where no label goes on, nor a point with a label behind it.
    private static bool EndsName(string text, int end) => FreeOfNames(text, end) && !(end < text.Length && text[end] == '.' && !Free(text, end + 1));

    private static bool EndsAddress(string text, int end) => FreeOfDigits(text, end) && !(end < text.Length && text[end] == '.' && !Free(text, end + 1));

    private static bool IsEncoded(string text, int at) =>
        at >= 3 && at <= text.Length && text[at - 3] == '%' && char.IsAsciiHexDigit(text[at - 2]) && char.IsAsciiHexDigit(text[at - 1]);

    // Behind %20, \n, \u0026 or \x22.
    private static bool IsBehindCode(string text, int at) => IsEncoded(text, at) || IsBehindEscape(text, at);

    private static bool IsBehindEscape(string text, int at)
    {
        Match escape = Escape().Match(text[..Math.Clamp(at, 0, text.Length)]);
        return escape.Success && EndsWord(escape.Groups["code"].Value) && (escape.Groups["code"].Length > 0 || !IsPath(text[..escape.Groups["slash"].Index]));
    }

    private static bool EndsWord(string code) => code.Length == 0
        || ((char)Convert.ToUInt16(code, 16) is var c && c != '.' && !IsLabel(c) && (c < 128 || code.Length > 2));

    private static bool IsPath(string before) => !before.Contains('"', StringComparison.Ordinal) || PathBegins().IsMatch(before[(before.LastIndexOfAny([' ', '"', '\t', '=']) + 1)..]);

    private static IEnumerable<int> Names(string text, string name, bool whole)
    {
        bool number = StrictAddress().IsMatch(name);
        foreach (int at in Occurrences(text, name))
        {
            bool begins = (number ? FreeOfDigits(text, at - 1) : FreeOfNames(text, at - 1)) && !(whole && at > 0 && text[at - 1] == '.');
            if ((begins || IsBehindCode(text, at)) && (number ? EndsAddress(text, at + name.Length) : EndsName(text, at + name.Length)))
            {
                yield return at + name.Length;
            }
        }
    }

    private static IEnumerable<(int, string, int)> Addresses(string value, string text)
    {
        string host = value;
        int port = -1;
        if (value.StartsWith('['))
        {
            (host, port) = (value[1..value.IndexOf(']', StringComparison.Ordinal)], int.Parse(value[(value.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
        }
        else if (value.Count(static c => c == ':') == 1)
        {
            (host, port) = (value[..value.IndexOf(':', StringComparison.Ordinal)], int.Parse(value[(value.IndexOf(':', StringComparison.Ordinal) + 1)..], System.Globalization.CultureInfo.InvariantCulture));
        }

        IEnumerable<(int Start, int End)> places = host.Contains(':', StringComparison.Ordinal) ? Sixes(text, host)
            : Occurrences(text, host).Select(at => (at, at + host.Length)).Where(p => ((FreeOfDigits(text, p.at - 1) && !(p.at > 0 && text[p.at - 1] == '.')) || IsBehindCode(text, p.at)) && EndsAddress(text, p.Item2));
        foreach ((_, int end) in places)
        {
            int behind = PortBehind(text, host.Contains(':', StringComparison.Ordinal) ? BehindBracket(text, end) : end);
            if (port < 0 || behind <= 0 || port == behind)
            {
                yield return (end, "net", port < 0 ? 2 : behind <= 0 ? 1 : 3);
            }
        }
    }

    private static IEnumerable<(int, int)> Sixes(string text, string host)
    {
        var wanted = IPAddress.Parse(host);
        foreach (Match match in SixRun().Matches(text))
        {
            // The digits of %20 or \u0026 are none of the address's.
            int start = match.Index + new[] { 2, 4, 0 }.First(digits => digits == 0 || (match.Length > digits && IsBehindCode(text, match.Index + digits)));
            string run = match.Value[(start - match.Index)..].TrimEnd('.');
            if ((FreeOfDigits(text, start - 1) || IsBehindCode(text, start)) && FreeOfDigits(text, start + run.Length) && run.Count(static c => c == ':') >= 2
                && IPAddress.TryParse(run, out IPAddress? address) && address.Equals(wanted))
            {
                yield return (start, start + run.Length);
            }
        }
    }

    // The bracket that closes an address stays encoded.
    private static int BehindBracket(string text, int at) =>
        at < text.Length && text[at] == ']' ? at + 1 : text[at..].StartsWith("%5D", StringComparison.OrdinalIgnoreCase) ? at + 3 : at;

    private static int PortBehind(string text, int at)
    {
        Match match = Port().Match(text, Math.Min(at, text.Length));
        return match.Success && match.Index == at && FreeOfDigits(text, at + match.Length)
            && int.Parse(match.ValueSpan[1..], System.Globalization.CultureInfo.InvariantCulture) is var port and <= 65_535 ? port : -1;
    }

    // Where the path begins behind a host: behind the point of a full name and a port.
    private static int PathBehind(string text, int end)
    {
        int at = end < text.Length && text[end] == '.' ? end + 1 : end;
        return PortBehind(text, at) < 0 ? at : at + Port().Match(text, at).Length;
    }

    private static bool EndsUrl(string text, int end) => EndsPath(text, end) || IsEncoded(text, end + 3) || text[end] is '+' or '$' or '*' || (text[end] >= 128 && FreeOfNames(text, end) && !Free(text, end));

    private static bool EndsPath(string text, int end)
    {
        int behind = end;
        while (behind < text.Length && behind < end + 8 && text[behind] is '.' or ':' or '!')
        {
            behind++;
        }

        return Ends(text, end) || (end < text.Length && char.IsPunctuation(text[end]) && text[end] >= 128)
            || (behind > end && (behind == end + 8 || behind >= text.Length || text[behind] >= 128 || (Ends(text, behind) && !"/?#&=\\".Contains(text[behind], StringComparison.Ordinal))));
    }

    private static bool Ends(string text, int end) => end >= text.Length || text[end] <= ' ' || text[end] == '\u00a0' || EndsWords.Contains(text[end], StringComparison.Ordinal) || "\\/?#&;=,".Contains(text[end], StringComparison.Ordinal);

    private static IEnumerable<(int, string, int)> Urls(string value, string text)
    {
        int slash = value.IndexOf('/', StringComparison.Ordinal);
        IEnumerable<(int End, int From)> hosts = value[0] == '['
            ? Sixes(text, value[1..(slash - 1)]).Where(p => BehindBracket(text, p.Item2) > p.Item2).Select(p => (p.Item2, BehindBracket(text, p.Item2)))
            : Names(text, value[..slash], whole: true).Select(static end => (end, end));
        foreach ((int end, int from) in hosts)
        {
            // Behind a host itself, a query is one of /.
            int at = PathBehind(text, from);
            string path = at < text.Length && text[at] == '?' ? value[(slash + 1)..] : value[slash..];
            if (at + path.Length <= text.Length && string.Equals(text.Substring(at, path.Length), path, StringComparison.OrdinalIgnoreCase)
                && (EndsUrl(text, at + path.Length) || "/?#&;=,".Contains(path[^1], StringComparison.Ordinal)))
            {
                yield return (end, "net", 1000 + path.Length);
            }
        }
    }

    private static IEnumerable<(int, string, int)> Paths(string value, string text)
    {
        foreach (Match match in UrlHost().Matches(text))
        {
            string host = match.Groups["host"].Value;
            if (host.Split('.')[^1].All(char.IsAsciiDigit) && !StrictAddress().IsMatch(host))
            {
                // No name ends with a number.
                continue;
            }

            int end = match.Groups["host"].Index + match.Groups["host"].Length;
            int at = PathBehind(text, end);
            int after = at + value.Length;
            if (after <= text.Length && string.Equals(text.Substring(at, value.Length), value, StringComparison.OrdinalIgnoreCase)
                && (value[^1] == '/' || (EndsPath(text, after) && !(after < text.Length && text[after] == '/'))))
            {
                yield return (end, "net", value.Length - 10_000);
            }
        }
    }

    // However many slashes or backslashes stand between two parts, they are one.
    private static IEnumerable<(int, string, int)> Files(string value, string text)
    {
        var file = new Regex("\\G" + Regex.Escape(value).Replace(@"\\", @"[\\/]+", StringComparison.Ordinal), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        for (int at = 0; at < text.Length; at++)
        {
            bool begins = (Free(text, at - 1) && !(at > 0 && text[at - 1] == '.')) || IsEncoded(text, at);
            if (file.Match(text, at) is { Success: true } match && EndsName(text, at + match.Length) && (begins || (IsBehindEscape(text, at) && !HasEscape(text, at, at + match.Length))))
            {
                yield return (at + match.Length, "file", match.Length);
            }
        }
    }

    // Where names stand behind escapes, the backslashes of their paths are doubled.
    private static bool HasEscape(string text, int from, int end) =>
        Enumerable.Range(from, end - from).Any(at => Escape().Match(text[..(at + 1)]) is { Success: true } escape && escape.Groups["slash"].Index >= from && EndsWord(escape.Groups["code"].Value));

    [GeneratedRegex(@"\A((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\.(?!\z)|\z)){4}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StrictAddress();

    [GeneratedRegex(@"\G(%(?<hex>[0-9a-fA-F]{2}))*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Run();

    [GeneratedRegex(@"(?<!\\)(\\\\)*(?<slash>\\)([nrt]|u(?<code>[0-9a-fA-F]{4})|x(?<code>[0-9a-fA-F]{2}))\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escape();

    // A drive, a folder that begins with points, or a backslash that begins no escape.
    [GeneratedRegex(@"\A([a-zA-Z]:|\.{1,2}(\\|\z)|([^\\]|\\[nrtbfu/\\])*\\([^nrtbfu/\\]|\z))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PathBegins();

    [GeneratedRegex("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SixRun();

    [GeneratedRegex(@"\G:[0-9]{1,5}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Port();

    // A host has a point in it, and no two points beside each other.
    [GeneratedRegex(@"://(?<host>[\p{L}\p{Nd}_-]+(\.[\p{L}\p{Nd}_-]+)+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UrlHost();
}
