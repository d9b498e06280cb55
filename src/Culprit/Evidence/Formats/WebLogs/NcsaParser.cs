using System.Net;
using System.Text;
using Culprit.Evidence.Formats.Text;
using Culprit.Evidence.Reading;
using Culprit.Primitives;

namespace Culprit.Evidence.Formats.WebLogs;

/// <summary>
/// Reads NCSA access logs as Apache, nginx and many others write them: common, combined, and both with the virtual host
/// in front. Of what stands behind the user agent a list of addresses in quotes is X-Forwarded-For, as nginx writes it, and other text in quotes is
/// <c>more</c>; the rest is left to <c>raw</c>. A list of addresses in place of the client is X-Forwarded-For too. Fields have the names of IIS. A <c>-</c> stands for
/// no value; <c>\"</c> and <c>\\</c> are unescaped, <c>\xHH</c> stays as written.
/// </summary>
internal sealed class NcsaParser
{
    private const string NoZone = "times without a zone: taken as UTC";
    private const int ClientIp = 0;
    private const int UserName = 1;
    private const int Method = 2;
    private const int Uri = 3;
    private const int Stem = 4;
    private const int Query = 5;
    private const int Version = 6;
    private const int Status = 7;
    private const int BytesSent = 8;
    private const int Referer = 9;
    private const int UserAgent = 10;
    private const int Host = 11;
    private const int Port = 12;
    private const int ForwardedFor = 13;
    private const int More = 14;
    private const int Raw = 15;

    // Nobody configures more than these.
    private const int MaxTrailing = 32;

    private static readonly RecordLayout Layout = new(
        RecordKind.WebRequest,
        "",
        [
            "c-ip", "cs-username", "cs-method", "cs-uri", "cs-uri-stem", "cs-uri-query", "cs-version", "sc-status", "sc-bytes",
            "cs-referer", "cs-user-agent", "cs-host", "s-port", "cs-x-forwarded-for", "more", "raw",
        ]);

    private readonly RecordFrame _frame = new();
    private readonly TextRecord _record = new();
    private EventTime _time;

    /// <summary>Whether at least half of the first lines are of this format.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> text)
    {
        const int MaxLines = 10;
        var parser = new NcsaParser();
        int good = 0;
        int seen = 0;
        while (!text.IsEmpty && seen < MaxLines)
        {
            int after = TextUnits.AfterFirstLineEnd(text, TextEncoding.Utf8);
            ReadOnlySpan<byte> line = (after == 0 ? text : text[..after]).TrimEnd("\r\n"u8);
            bool isCut = after == 0 && seen > 0;
            text = after == 0 ? [] : text[after..];
            if (line.IsEmpty || isCut)
            {
                continue;
            }

            seen++;
            parser._record.Clear();
            int length = TextUnits.Decode(line, TextEncoding.Utf8, parser._record, out int start);
            good += parser.Read(start, length).Length == 0 ? 1 : 0;
        }

        return seen > 0 && good * 2 >= seen;
    }

    /// <summary>Reads a unit of whole lines.</summary>
    public void Parse(WorkUnit unit, UnitOutput output)
    {
        var lines = new LineReader(unit);
        while (lines.MoveNext())
        {
            if (lines.Line.IsEmpty)
            {
                continue;
            }

            long offset = unit.Offset + lines.Start;
            _record.Clear();
            int length = TextUnits.Decode(lines.Line, unit.State.Encoding, _record, out int start);
            string problem = Read(start, length);
            if (problem.Length > 0)
            {
                output.Tally.CountBad(offset, problem);
                continue;
            }

            if (_time.Certainty == TimeCertainty.ZoneAssumed)
            {
                output.Tally.Assume(NoZone);
            }

            RecordView view = _frame.View(unit.State.Source, _record, offset, lines.Line.Length, lines.Number, _time);
            output.Accept(in view);
        }
    }

    // [host[:port]] client ident user [time] "request" status bytes ["referer" "agent" ...]
    private string Read(int start, int length)
    {
        ReadOnlySpan<char> line = _record.Text(start, length);
        int open = FindTime(line);
        if (open < 0)
        {
            return "no time in brackets";
        }

        int close = line[open..].IndexOf(']') + open;
        _ = TimeText.TryParseNcsa(line[(open + 1)..close], out _time);
        _record.Start(Layout);
        if (!ReadFront(start, line[..open].TrimEnd(' ')))
        {
            return "no client, identity and user before the time";
        }

        int at = close + 1;
        line = _record.Text(start, length);
        if (!TryQuoted(line, ref at, out int from, out int count))
        {
            return "no request in quotes behind the time";
        }

        ReadRequest(start + from, count);
        line = _record.Text(start, length);
        if (!TryWord(line, ref at, out from, out count) || line.Slice(from, count).ContainsAnyExceptInRange('0', '9') && !IsDash(line.Slice(from, count)))
        {
            return "no status behind the request";
        }

        Set(Status, start + from, count);
        if (TryWord(line, ref at, out from, out count))
        {
            Set(BytesSent, start + from, count);
        }

        if (TryQuoted(line, ref at, out from, out count))
        {
            SetUnescaped(Referer, start + from, count);
            line = _record.Text(start, length);
            if (TryQuoted(line, ref at, out from, out count))
            {
                SetUnescaped(UserAgent, start + from, count);
                ReadTrailing(start, length, at);
            }
        }

        _record.Set(Raw, start, length);
        return "";
    }

    private void ReadTrailing(int start, int length, int at)
    {
        bool hasList = false;
        for (int i = 0; i < MaxTrailing; i++)
        {
            ReadOnlySpan<char> line = _record.Text(start, length);
            if (!TryQuoted(line, ref at, out int from, out int count))
            {
                if (!TryWord(line, ref at, out _, out _))
                {
                    return;
                }
            }
            else if (!hasList && ForwardedAddresses.IsList(line.Slice(from, count)))
            {
                hasList = true;
                Set(ForwardedFor, start + from, count);
            }
            else
            {
                SetUnescaped(More, start + from, count);
            }
        }
    }

    // The first bracket with a time in it: a user's name may hold brackets of its own.
    private static int FindTime(ReadOnlySpan<char> line)
    {
        int from = 0;
        for (int tries = 0; tries < 8; tries++)
        {
            int open = line[from..].IndexOf('[');
            if (open < 0)
            {
                return -1;
            }

            open += from;
            int close = line[open..].IndexOf(']');
            if (close > 0 && TimeText.TryParseNcsa(line.Slice(open + 1, close - 1), out _))
            {
                return open;
            }

            from = open + 1;
        }

        return -1;
    }

    private bool ReadFront(int start, ReadOnlySpan<char> front)
    {
        int listed = ForwardedAddresses.LengthOfList(front);
        if (listed > 0)
        {
            return ReadForwarded(start, front, listed);
        }

        int first = front.IndexOf(' ');
        int second = first < 0 ? -1 : front[(first + 1)..].IndexOf(' ') + first + 1;
        if (first <= 0 || second <= first)
        {
            return false;
        }

        int client = 0;
        int clientLength = first;
        int third = front[(second + 1)..].IndexOf(' ') + second + 1;
        if (third > second && IsAddress(front[(first + 1)..second]) && (!IsAddress(front[..first]) || front[(second + 1)..third] is "-"))
        {
            // Four words, of which the second is an address: the first is the virtual host.
            SetHost(start, front[..first]);
            client = first + 1;
            clientLength = second - client;
            second = third;
        }

        Set(ClientIp, start + client, clientLength);
        Set(UserName, start + second + 1, front.Length - second - 1);
        return true;
    }

    // %{X-Forwarded-For}i in place of %h: who asked is whom the nearest proxy saw come from outside; what stands in front of that he wrote himself.
    private bool ReadForwarded(int start, ReadOnlySpan<char> front, int listed)
    {
        int ident = front[listed..].IndexOf(' ') + listed, user = ident < listed ? -1 : front[(ident + 1)..].IndexOf(' ') + ident + 1;
        if (ident < listed || user <= ident)
        {
            return false;
        }

        (int from, int count) = ForwardedAddresses.Nearest(front[..listed]);
        Set(ClientIp, start + from, count);
        Set(ForwardedFor, start, listed);
        Set(UserName, start + user + 1, front.Length - user - 1);
        return true;
    }

    private void SetHost(int start, ReadOnlySpan<char> host)
    {
        int colon = host.LastIndexOf(':');
        bool hasPort = colon > 0 && colon < host.Length - 1 && !host[(colon + 1)..].ContainsAnyExceptInRange('0', '9');
        if (hasPort)
        {
            Set(Port, start + colon + 1, host.Length - colon - 1);
        }

        Set(Host, start, hasPort ? colon : host.Length);
    }

    private void ReadRequest(int from, int count)
    {
        ReadOnlySpan<char> request = _record.Text(from, count);
        int space = request.IndexOf(' ');
        if (space <= 0)
        {
            // Not a request line: what a scanner or a TLS client sent.
            SetUnescaped(Uri, from, count);
            return;
        }

        Set(Method, from, space);
        int end = count;
        int last = request.LastIndexOf(' ');
        if (last > space && request[(last + 1)..].StartsWith("HTTP/", StringComparison.Ordinal))
        {
            Set(Version, from + last + 1, count - last - 1);
            end = last;
        }

        int uri = from + space + 1;
        int uriLength = Math.Max(0, end - space - 1);
        SetUnescaped(Uri, uri, uriLength);
        int mark = _record.Text(uri, uriLength).IndexOf('?');
        SetUnescaped(Stem, uri, mark < 0 ? uriLength : mark);
        if (mark >= 0 && mark + 1 < uriLength)
        {
            SetUnescaped(Query, uri + mark + 1, uriLength - mark - 1);
        }
    }

    private void Set(int field, int from, int count)
    {
        if (count > 0 && !IsDash(_record.Text(from, count)))
        {
            _record.Set(field, from, count);
        }
    }

    private void SetUnescaped(int field, int from, int count)
    {
        ReadOnlySpan<char> text = _record.Text(from, count);
        if (!text.Contains('\\'))
        {
            Set(field, from, count);
            return;
        }

        Span<char> room = _record.Room(count);
        text = _record.Text(from, count);
        int written = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\')
            {
                i++;
            }

            room[written++] = text[i];
        }

        _record.Set(field, _record.Keep(written), written);
    }

    private static bool TryQuoted(ReadOnlySpan<char> line, ref int at, out int from, out int count)
    {
        from = SkipSpaces(line, at);
        count = 0;
        if (from >= line.Length || line[from] != '"')
        {
            return false;
        }

        from++;
        for (int i = from; i < line.Length; i++)
        {
            if (line[i] == '\\')
            {
                i++;
            }
            else if (line[i] == '"')
            {
                count = i - from;
                at = i + 1;
                return true;
            }
        }

        return false;
    }

    private static bool TryWord(ReadOnlySpan<char> line, ref int at, out int from, out int count)
    {
        from = SkipSpaces(line, at);
        count = from >= line.Length ? 0 : line[from..].IndexOf(' ');
        count = count < 0 ? line.Length - from : count;
        if (count == 0 || line[from] == '"')
        {
            return false;
        }

        at = from + count;
        return true;
    }

    private static int SkipSpaces(ReadOnlySpan<char> line, int at)
    {
        while (at < line.Length && line[at] == ' ')
        {
            at++;
        }

        return at;
    }

    private static bool IsDash(ReadOnlySpan<char> text) => text is "-";

    private static bool IsAddress(ReadOnlySpan<char> text) => IPAddress.TryParse(text, out _);
}
