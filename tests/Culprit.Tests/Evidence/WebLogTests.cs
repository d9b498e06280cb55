using Culprit.Events;
using Culprit.Evidence;
using Culprit.Primitives;

namespace Culprit.Tests.Evidence;

public sealed class WebLogTests : IDisposable
{
    private readonly EvidenceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_IIS_log_gives_requests_under_the_names_of_the_rules()
    {
        string path = _folder.Add("u_ex.log", """
            #Software: Microsoft Internet Information Services 10.0
            #Version: 1.0
            #Date: 2021-04-01 00:00:21
            #Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status
            2021-04-01 00:00:21 10.0.0.1 POST /aspnet_client/a.aspx cmd=whoami 443 - 203.0.113.9 Mozilla/5.0+(X11;+Linux) - 200

            """);
        (Coverage coverage, List<Event> events) = Collector.Read(path);

        Event e = Assert.Single(events);
        Assert.Equal(("", "webserver", "iis"), (e.Route.Product, e.Route.Category, e.Route.Service));
        Assert.Equal("POST", e.Get("cs-method"));
        Assert.Equal("/aspnet_client/a.aspx", e.Get("cs-uri-stem"));
        Assert.Equal("cmd=whoami", e.Get("cs-uri-query"));
        Assert.Equal("/aspnet_client/a.aspx?cmd=whoami", e.Get("cs-uri"));
        Assert.Equal(["Mozilla/5.0 (X11; Linux)", "Mozilla/5.0+(X11;+Linux)"], e.All("cs-user-agent"));
        Assert.Null(e.Get("cs-referer"));
        Assert.Null(e.Get("cs-username"));
        Assert.Equal("10.0.0.1", e.Host);
        Assert.Equal(5, e.RecordId);
        Assert.Equal(new DateTime(2021, 4, 1, 0, 0, 21, DateTimeKind.Utc), e.Time.Utc);
        Assert.Equal(TimeCertainty.Exact, e.Time.Certainty);
        string text = File.ReadAllText(path);
        Assert.Equal(e.Get("raw"), text.Substring((int)e.Place.Offset, e.Place.Length));
        Assert.Equal("iis-w3c", Assert.Single(coverage.Sources).Format);
    }

    // nginx's own format "main" has X-Forwarded-For in quotes at the end; others put more there.
    [Theory]
    [InlineData("\"Mozilla/5.0\" \"203.0.113.9\"", "203.0.113.9", "")]
    [InlineData("\"Mozilla/5.0\" \"203.0.113.9, 10.0.0.7\"", "203.0.113.9, 10.0.0.7", "")]
    [InlineData("\"Mozilla/5.0\" \"unknown, 203.0.113.9:4711\"", "unknown, 203.0.113.9:4711", "")]
    [InlineData("\"Mozilla/5.0\" \"-\"", null, "")]
    [InlineData("\"Mozilla/5.0\" \"0.25\" 17 \"evil.example\" \"203.0.113.9\"", "203.0.113.9", "0.25|evil.example")]
    [InlineData("\"Mozilla/5.0\" \"203.0.113.9\" \"10.0.0.1:8080\"", "203.0.113.9", "10.0.0.1:8080")]
    [InlineData("\"Mozilla/5.0\" \"open", null, "")]
    [InlineData("\"Mozilla/5.0\"", null, "")]
    public void What_stands_behind_the_user_agent_is_read(string end, string? forwarded, string more)
    {
        string path = _folder.Add("access.log", $"10.0.0.5 - - [01/Jul/2020:10:00:00 +0000] \"GET /gate HTTP/1.1\" 200 5120 \"-\" {end}\n");

        Event e = Assert.Single(Collector.Read(path).Events);

        Assert.Equal(("10.0.0.5", "Mozilla/5.0", forwarded, more), (e.Get("c-ip"), e.Get("cs-user-agent"), e.Get("cs-x-forwarded-for"), string.Join('|', e.All("more"))));
    }

    // A server behind proxies logs the list in place of the client: who asked is whom the nearest proxy saw, and no host of ours.
    [Theory]
    [InlineData("203.0.113.9, 10.0.0.5 - anna", "203.0.113.9", "203.0.113.9, 10.0.0.5")]
    [InlineData("198.51.100.1, 203.0.113.9, 10.0.0.5 - anna", "203.0.113.9", "198.51.100.1, 203.0.113.9, 10.0.0.5")]
    [InlineData("203.0.113.9,10.0.0.5 - anna", "203.0.113.9", "203.0.113.9,10.0.0.5")]
    [InlineData("10.0.0.6, 10.0.0.5 - anna", "10.0.0.5", "10.0.0.6, 10.0.0.5")]
    [InlineData("203.0.113.9 - anna", "203.0.113.9", null)]
    public void A_list_of_addresses_in_place_of_the_client_is_no_host(string front, string client, string? forwarded)
    {
        string path = _folder.Add("access.log", $"{front} [01/Jul/2020:10:00:00 +0000] \"GET /a HTTP/1.1\" 200 5120 \"-\" \"Mozilla/5.0\"\n");

        Event e = Assert.Single(Collector.Read(path).Events);

        Assert.Equal((client, forwarded, "anna", ""), (e.Get("c-ip"), e.Get("cs-x-forwarded-for"), e.Get("cs-username"), e.Host));
    }

    // Blue Coat calls the stem a path, and puts values with spaces into quotes.
    [Fact]
    public void A_proxys_columns_have_the_names_of_the_rules()
    {
        string path = _folder.Add("proxy.log", """
            #Software: SGOS 6.7.4.10
            #Version: 1.0
            #Fields: date time c-ip cs-method cs-host cs-uri-port cs-uri-path cs-uri-query cs(User-Agent) sc-status
            2020-07-01 10:00:00 10.1.2.3 GET evil.example 8080 /gate ?a=1 "Mozilla/5.0 (X11; Linux)" 200

            """);
        Event e = Assert.Single(Collector.Read(path).Events);

        Assert.Equal(("/gate", "Mozilla/5.0 (X11; Linux)", "200"), (e.Get("cs-uri-stem"), e.Get("cs-user-agent"), e.Get("sc-status")));
    }

    [Fact]
    public void Columns_that_change_in_mid_file_are_followed_in_every_unit()
    {
        var lines = new List<string> { "#Software: Microsoft Internet Information Services 10.0" };
        for (int block = 0; block < 40; block++)
        {
            lines.Add(block % 2 == 0 ? "#Fields: date time cs-method cs-uri-stem sc-status" : "#Fields: sc-status date time cs-uri-stem cs-method");
            for (int i = 0; i < 2000; i++)
            {
                string padding = new('x', 40);
                lines.Add(block % 2 == 0
                    ? $"2021-04-01 00:00:21 GET /{padding}/{block}/{i} 404"
                    : $"404 2021-04-01 00:00:21 /{padding}/{block}/{i} GET");
            }
        }

        string path = _folder.Add("u_ex.log", string.Join("\r\n", lines));
        (Coverage coverage, List<Event> events) = Collector.Read(new EvidenceOptions { Threads = 3 }, path);

        Assert.Equal(80_000, coverage.RecordsGood);
        Assert.Equal(0, coverage.RecordsBad);
        Assert.All(events, static e => Assert.Equal(("GET", "404"), (e.Get("cs-method"), e.Get("sc-status"))));
        Assert.All(events, e => Assert.Equal(lines[(int)e.RecordId - 1], e.Get("raw")));
    }

    [Fact]
    public void A_log_without_dates_takes_them_from_the_directive_and_says_so()
    {
        string path = _folder.Add("ex.log", """
            #Software: Microsoft Internet Information Services 6.0
            #Date: 2013-07-30 00:00:00
            #Fields: time cs-method cs-uri-stem
            00:00:05 GET /a
            #Date: 2013-07-31 00:00:00
            00:00:06 GET /b
            """);
        (Coverage coverage, List<Event> events) = Collector.Read(path);

        Assert.Equal([30, 31], events.Select(static e => e.Time.Utc.Day));
        Assert.All(events, static e => Assert.Equal(TimeCertainty.DateAssumed, e.Time.Certainty));
        Assert.Contains("#Date", Assert.Single(coverage.Sources).TimeAssumption, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_does_not_fit_its_columns_is_bad_and_has_its_place()
    {
        string path = _folder.Add("ex.log", "#Fields: date time cs-method cs-uri-stem\n2021-04-01 00:00:21 GET /a\n2021-04-01 00:00\n2021-04-01 00:00:22 GET /b\n");
        SourceCoverage source = Assert.Single(Collector.Read(path).Coverage.Sources);

        Assert.Equal((2, 1), (source.RecordsGood, source.RecordsBad));
        Assert.Equal(68, Assert.Single(source.Problems).Offset);
    }

    [Theory]
    [InlineData("192.0.2.7 - - [13/Jan/2016:19:31:16 +0000] \"GET /a?b=1 HTTP/1.1\" 200 494", null, null, null)]
    [InlineData("192.0.2.7 - - [13/Jan/2016:21:31:16 +0200] \"GET /a?b=1 HTTP/1.1\" 200 494 \"http://r/\" \"agent \\\"x\\\"\"", "http://r/", "agent \"x\"", null)]
    [InlineData("www.example.org:443 192.0.2.7 - - [13/Jan/2016:19:31:16 +0000] \"GET /a?b=1 HTTP/1.1\" 200 494 \"-\" \"y\"", null, "y", "www.example.org")]
    public void NCSA_lines_are_read_in_all_their_forms(string line, string? referer, string? agent, string? host)
    {
        Event e = Assert.Single(Collector.Read(_folder.Add("access.log", line + "\n")).Events);

        Assert.Equal("192.0.2.7", e.Get("c-ip"));
        Assert.Equal(("GET", "/a?b=1", "/a", "b=1", "HTTP/1.1"), (e.Get("cs-method"), e.Get("cs-uri"), e.Get("cs-uri-stem"), e.Get("cs-uri-query"), e.Get("cs-version")));
        Assert.Equal(("200", "494"), (e.Get("sc-status"), e.Get("sc-bytes")));
        Assert.Equal((referer, agent, host), (e.Get("cs-referer"), e.Get("cs-user-agent"), e.Get("cs-host")));
        Assert.Equal(host ?? "", e.Host);
        Assert.Equal(new DateTime(2016, 1, 13, 19, 31, 16, DateTimeKind.Utc), e.Time.Utc);
        Assert.Equal(TimeCertainty.Exact, e.Time.Certainty);
    }

    [Fact]
    public void NCSA_users_addresses_and_requests_may_be_odd()
    {
        string path = _folder.Add("access.log", """
            2001:db8::1 - John Doe [13/Jan/2016:19:31:16 +0000] "GET /x HTTP/1.1" 200 -
            192.0.2.7 - - [13/Jan/2016:19:31:16] "\x16\x03\x01" 400 0
            192.0.2.7 - anna [13/Jan/2016:19:31:16 +0000] "GET /a b HTTP/1.0" 404 1 "-" "-"
            not a line
            """);
        (Coverage coverage, List<Event> events) = Collector.Read(path);

        Assert.Equal(["John Doe", "", "anna"], events.Select(static e => e.Account));
        Assert.Equal("2001:db8::1", events[0].Get("c-ip"));
        Assert.Null(events[0].Get("sc-bytes"));
        Assert.Equal((null, @"\x16\x03\x01"), (events[1].Get("cs-method"), events[1].Get("cs-uri")));
        Assert.Equal(TimeCertainty.ZoneAssumed, events[1].Time.Certainty);
        Assert.Equal("/a b", events[2].Get("cs-uri"));
        Assert.Equal(1, coverage.RecordsBad);
        Assert.NotEqual("", coverage.Sources[0].TimeAssumption);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_read_as_Latin1_at_their_exact_place()
    {
        byte[] line = [.. "192.0.2.7 - - [13/Jan/2016:19:31:16 +0000] \"GET /caf"u8, 0xE9, .. " HTTP/1.1\" 200 1\n"u8];
        List<Event> events = Collector.Read(_folder.Add("access.log", [.. line, .. line])).Events;

        Assert.All(events, static e => Assert.Equal("/café", e.Get("cs-uri-stem")));
        Assert.Equal([0, line.Length], events.Select(static e => e.Place.Offset));
    }
}
