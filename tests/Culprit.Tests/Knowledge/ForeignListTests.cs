using System.Text;
using CsCheck;
using Culprit.Knowledge;

namespace Culprit.Tests.Knowledge;

/// <summary>Lists as others write them: in other encodings, with marks of their own, damaged, or made to do harm.</summary>
public sealed class ForeignListTests
{
    private const string PackedStart = "culprit-indicators 1\n>list\t\t\n=\t\n";

    [Theory]
    [InlineData("{\"\\ud800\":1,\"Event\":{\"Attribute\":[]}}", "half of a surrogate pair")]
    [InlineData("{\"Event\":{\"Attribute\":[{\"\\udfff\":1,\"type\":\"domain\",\"value\":\"x-evil.com\"}]}}", "half of a surrogate pair")]
    [InlineData("{\n\"Event\": x}", "damaged JSON at line 2, byte 10: 'x' is an invalid start of a value")]
    public void A_file_that_is_damaged_loses_no_other(string content, string error)
    {
        IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("bad.json", content), ("good.txt", "known-evil.com"));

        Assert.Contains(error, reports[0].Error, StringComparison.Ordinal);
        Assert.False(reports[0].Error.EndsWith('.'));
        Assert.Equal(["known-evil.com"], set.All().Select(static i => i.Value));
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<ioc xmlns=\"http://schemas.mandiant.com/2010/ioc\" id=\"x\">\n</ioc>", "it is XML (OpenIOC), which is not read")]
    [InlineData("\ufeff\r\n<?xml version=\"1.0\"?>\n<rss></rss>", "it is XML, which is not read")]
    [InlineData("{\"type\":\"domain\",\"value\":\"a-evil.com\"}\n{\"type\":\"domain\",\"value\":\"b-evil.com\"}\n", "it is one JSON text a line (JSON Lines), which is not read")]
    public void What_a_list_is_that_is_not_read_is_said(string content, string error)
    {
        IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("list.ioc", content));

        Assert.StartsWith(error, reports[0].Error, StringComparison.Ordinal);
        Assert.Equal((0, 0), (set.Count, reports[0].RefusedCount));
    }

    [Theory]
    [InlineData("45.77.99.5,APT28")]
    [InlineData("APT28;known-evil.com;2021-05-06")]
    [InlineData("45.77.99.5\tAPT28")]
    public void A_row_of_a_table_without_a_heading_is_told_to_be_one(string row) =>
        Assert.StartsWith("is a row of several columns: give one value a line, or a heading", Lists.WhyRefused(row), StringComparison.Ordinal);

    [Theory]
    [InlineData("habc", "hash")]
    [InlineData("hA70D914BF690898D0737692735E99CEA29741BB90360BA26E5C9CAD9C59506B2", "hash")]
    [InlineData("a[zz", "address")]
    [InlineData("aevil.com", "address")]
    [InlineData("a9.8.7.6:99999999999", "address")]
    [InlineData("a10.1.2.3", "address")]
    [InlineData("unohost", "url")]
    [InlineData("u[zz]/path", "url")]
    [InlineData("uevil.com/", "url")]
    [InlineData("dEvil.com", "domain")]
    [InlineData("dgoogle.com", "domain")]
    [InlineData("d*.evil.com", "domain")]
    [InlineData("pevil-loader.", "path")]
    [InlineData("p/a", "path")]
    public void A_value_of_given_facts_that_is_none_is_an_error_that_names_its_line(string line, string kind)
    {
        IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("bad.facts", PackedStart + "dfirst-evil.com\n" + line + "\n"), ("good.txt", "known-evil.com"));

        Assert.StartsWith($"line 5 of the indicators is no {kind} ", reports[0].Error, StringComparison.Ordinal);
        Assert.Equal(["known-evil.com"], set.All().Select(static i => i.Value));
        using var packed = new MemoryStream();
        using (var packer = new System.IO.Compression.BrotliStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            packer.Write(Encoding.UTF8.GetBytes(PackedStart + line + "\n"));
        }

        Lists.OfFacts(packed.ToArray(), out IndicatorFileReport report);
        Assert.Contains("line 4 ", report.Error, StringComparison.Ordinal);
    }

    // Whatever form a list's value is given must be one that facts may hold, or a set could not be read again.
    [Theory]
    [InlineData("http://45.66.230.5:8080/24")]
    [InlineData("[2a02:c207::1]:443")]
    [InlineData("http://[2a02:c207::1]:443/24a")]
    [InlineData("evil-update.com/r?u=http://other-evil.com/")]
    [InlineData("http://user@evil-update.com/a@b/its'")]
    [InlineData("%TEMP%\\%APPDATA%\\evil-loader.exe")]
    [InlineData("C:\\evil dir\\evil loader.exe")]
    [InlineData("bücher-update.com/straße")]
    [InlineData("https://bit.ly/3abcdef")]
    [InlineData("/path_[[.].]of-evil'")]
    public void What_is_read_of_a_list_is_read_again_of_its_facts(string written)
    {
        IndicatorSet set = Lists.Of("list", written);

        Assert.Equal(1, set.Count);
        Assert.Equal(set.ContentHash, set.Again().ContentHash);
    }

    [Fact]
    public void Whatever_is_read_of_a_list_is_read_again_of_its_facts()
    {
        string[] parts =
        [
            "http://", "hxxps[:]//", "evil-update", ".com", "münchen", "45.66.230.5", "[2a02:c207::1]", "[::ffff:5fd8:dc4]", ":443", "/", "/24", "/path_of_evil", "?x=1", "#top", "*.", "@", "\\", "%TEMP%",
            "loader.exe", "bit.ly", "'", "[.]", "(dot)", "[", "]", "..", " ", ",", "A", "\u0130", "\u00ad", "\u200d", "\ud83d\ude00",
        ];
        Gen.Int[0, parts.Length - 1].Array[1, 6].Sample(
            chosen =>
            {
                string written = string.Concat(chosen.Select(i => parts[i]));
                string json = $$"""{"Event":{"Attribute":[{"type":"filename","value":{{System.Text.Json.JsonSerializer.Serialize(written)}} }]} }""";
                IndicatorSet set = Lists.Of(("list.txt", written), ("misp.json", json));
                Assert.Equal(set.ContentHash, set.Again().ContentHash);
            },
            iter: 5000);
    }

    [Fact]
    public void Any_byte_of_given_facts_may_be_any_other()
    {
        IndicatorSet set = Lists.Of(("a.txt", "evil-update.com\nevil-update.com/a.php\n45.66.230.5:443\n[2a02:c207::1]:443\n2a02:c207::1\n/path_of_evil"), ("b.txt", "0cc175b9c0f1b6a831c399e269772661\nevil\\loader.exe"));
        byte[] bytes = set.Facts.Bytes.ToArray();
        string text = Encoding.UTF8.GetString(bytes) + " http://evil-update.com/a.php 45.66.230.5:443 [2a02:c207::1]:443 C:\\evil\\loader.exe";
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.OneOf(Gen.Byte, Gen.Const((byte)'\n'), Gen.Const((byte)'/'), Gen.Const((byte)':'))).Array[1, 4].Sample(
            changes =>
            {
                byte[] changed = [.. bytes];
                foreach ((int at, byte value) in changes)
                {
                    changed[at] = value;
                }

                IndicatorSet read = IndicatorSet.Read([new IndicatorFile("changed.facts", changed), new IndicatorFile("good.txt", "known-evil.com"u8.ToArray())], basis: null, out _);
                Assert.NotEmpty(read.Find(text + " known-evil.com"));
                Assert.All(read.All(), static i => Assert.NotEmpty(i.List.Name));
            },
            iter: 3000);
    }

    [Fact]
    public void Attributes_of_misp_that_were_deleted_are_left_out_and_those_that_are_no_signs_are_refused()
    {
        const string json = """
            {"Event":{"info":"x","Attribute":[
                {"type":"domain","value":"kept-evil.com","to_ids":true,"deleted":false},{"type":"domain","value":"plain-evil.com"},{"type":"domain","value":"odd-evil.com","to_ids":null,"deleted":"no"},
                {"type":"domain","value":"gone-1.com","deleted":true},{"type":"domain","value":"gone-2.com","deleted":"1"},{"type":"domain","value":"gone-3.com","deleted":1},
                {"type":"link","value":"https://gone.test/","deleted":"true"},{"type":"link","value":"https://kept.test/","to_ids":false},
                {"type":"domain","value":"context-1.com","to_ids":false},{"type":"domain|ip","value":"context-2.com|45.66.230.7","to_ids":"0"},{"type":"comment","value":"x","to_ids":false}],
              "Object":[{"name":"gone","deleted":true,"Attribute":[{"type":"domain","value":"gone-4.com"}]},
                {"name":"url","Attribute":[{"type":"domain","value":"in-object.com","to_ids":true},{"type":"domain","value":"gone-5.com","deleted":true},{"type":"domain","value":"context-3.com","to_ids":false}]}]}}
            """;
        IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("feed.json", json));

        Assert.Equal(["in-object.com", "kept-evil.com", "odd-evil.com", "plain-evil.com"], set.All().Select(static i => i.Value));
        Assert.All(set.All(), static i => Assert.Equal("https://kept.test/", i.Source));
        Assert.Equal(["context-1.com", "context-2.com", "45.66.230.7", "context-3.com"], reports[0].Refusals.Select(static r => r.Value));
        Assert.All(reports[0].Refusals, static r => Assert.Contains("to_ids is false", r.Reason, StringComparison.Ordinal));
        Assert.Equal((4, 4), (reports[0].ReadCount, reports[0].RefusedCount));
    }

    [Fact]
    public void Samples_of_misp_are_read_and_attributes_of_other_types_are_refused_by_name()
    {
        const string json = """
            {"Event":{"date":"2023-05-01","Attribute":[
                {"type":"malware-sample","value":"evil-loader.exe|0cc175b9c0f1b6a831c399e269772661","to_ids":true},{"type":"ip-dst","value":"45.155.205.233","to_ids":true},
                {"type":"sha512","value":"abab","to_ids":true},{"type":"sha512","value":"cdcd"},{"type":"email-src","value":"a@evil-m.io","to_ids":"1"},{"type":"regkey","value":"HKLM\\x","to_ids":false},
                {"type":"a\u001b[31m","value":"x"},{"value":"no type"},7,
                {"type":"link","value":"https://report.test/","to_ids":false},{"type":"link","value":"https://sign.test/","to_ids":true},
                {"type":"url","value":"https://report.test/2","category":"External analysis"},{"type":"url","value":"https://report.test/3","category":"External analysis","to_ids":true}]}}
            """;
        IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("feed.json", json));

        Assert.Equal(["0cc175b9c0f1b6a831c399e269772661", "45.155.205.233", "evil-loader.exe"], set.All().Select(static i => i.Value).Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                ("is of a type that is not looked for", 3), ("is of a type that is not looked for (email-src)", 1), ("is of a type that is not looked for (link)", 1),
                ("is of a type that is not looked for (sha512)", 2), ("is the address of a report (its category is External analysis)", 1),
            ],
            reports[0].RefusedByReason.Select(static r => (r.Key, r.Value)));
        Assert.Equal((3, 8), (reports[0].ReadCount, reports[0].RefusedCount));
    }

    [Fact]
    public void A_file_of_as_many_types_as_attributes_has_so_many_reasons_and_no_more()
    {
        string json = "[" + string.Join(',', Enumerable.Range(0, 2000).Select(static i => $$"""{"type":"type-{{i}}","value":"x"}""")) + "]";
        Lists.Of(out IndicatorFileReport[] reports, ("feed.json", json));

        Assert.Equal(501, reports[0].RefusedByReason.Length);
        Assert.Equal((2000, 2000), (reports[0].RefusedCount, reports[0].RefusedByReason.Sum(static r => r.Value)));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void A_mark_says_which_encoding_a_list_is_in(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        foreach (string content in new[] { "known-evil.com\r\nbücher-update.com\r\n", """{"Event":{"Attribute":[{"type":"domain","value":"known-evil.com"},{"type":"domain","value":"bücher-update.com"}]}}""" })
        {
            IndicatorSet set = IndicatorSet.Read([new IndicatorFile("list.txt", (byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes(content)])], basis: null, out var reports);

            Assert.Equal(["known-evil.com", "xn--bcher-update-dlb.com"], set.All().Select(static i => i.Value));
            Assert.Equal((0, ""), (reports[0].RefusedCount, reports[0].Error));
        }
    }

    [Theory]
    [InlineData("*.evil-update.com", IndicatorKind.Domain, "evil-update.com")]
    [InlineData("hxxp://*.evil-update[.]com/", IndicatorKind.Domain, "evil-update.com")]
    [InlineData("evil-update.com,", IndicatorKind.Domain, "evil-update.com")]
    [InlineData("\"evil-update.com\",", IndicatorKind.Domain, "evil-update.com")]
    [InlineData("45.66.230.5 ;", IndicatorKind.Address, "45.66.230.5")]
    [InlineData("https://evil-update.com/a.php#top", IndicatorKind.Url, "evil-update.com/a.php")]
    [InlineData("evil-update.com/#/login", IndicatorKind.Domain, "evil-update.com")]
    [InlineData("/Help_17_12.php#top", IndicatorKind.Path, "/help_17_12.php")]
    [InlineData("::ffff:95.216.13.196", IndicatorKind.Address, "95.216.13.196")]
    [InlineData("0:0:0:0:0:ffff:5fd8:dc4", IndicatorKind.Address, "95.216.13.196")]
    [InlineData("[::ffff:5fd8:dc4]:443", IndicatorKind.Address, "95.216.13.196:443")]
    [InlineData("http://[::ffff:5fd8:dc4]/a.php", IndicatorKind.Url, "95.216.13.196/a.php")]
    public void Other_ways_to_write_a_value_mean_the_same(string written, IndicatorKind kind, string value)
    {
        Indicator read = Assert.Single(Lists.Of("list", written).All());
        Assert.Equal((kind, value), (read.Kind, read.Value));
    }

    [Theory]
    [InlineData("\u200e45.66.230.5", "45.66.230.5")]
    [InlineData("45.66.230.5\u200b", "45.66.230.5")]
    [InlineData("\u200b0cc175b9c0f1b6a831c399e269772661", "0cc175b9c0f1b6a831c399e269772661")]
    [InlineData("\u201cevil-update.com\u201d", "evil-update.com")]
    [InlineData("\u201cevil-update.com\u201d,", "evil-update.com")]
    [InlineData("\u2018evil-update.com\u2019", "evil-update.com")]
    [InlineData("\u00abevil-update.com\u00bb", "evil-update.com")]
    [InlineData("\u2022 evil-update.com", "evil-update.com")]
    [InlineData("\u2022evil-update.com", "evil-update.com")]
    [InlineData("evil\u00ad-update.com", "evil-update.com")]
    [InlineData("http://evil-update.com\u200b/x.php", "evil-update.com/x.php")]
    [InlineData("evil-update.com\u200f", "evil-update.com")]
    [InlineData("evil-update.com\uff0c", "evil-update.com")]
    [InlineData("evil-update.com\u3002", "evil-update.com")]
    [InlineData("evil-update\u3002com", "evil-update.com")]
    [InlineData("\uff45\uff56\uff49\uff4c-update\uff0ecom", "evil-update.com")]
    [InlineData("hxxp\uff1a\uff0f\uff0fevil-update.com\uff0fx.php", "evil-update.com/x.php")]
    [InlineData("\u0915\u094d\u200d\u0937-evil.com", "xn---evil-w0k8r9fq01s.com")]
    [InlineData("\u201cC:\\evil dir\\run.exe\u201d", @"c:\evil dir\run.exe")]
    [InlineData("evil\u202efdp.exe", "evil\u202efdp.exe")]
    [InlineData(@"\\?\C:\evil dir\run.exe", @"c:\evil dir\run.exe")]
    public void What_copying_adds_is_no_part_of_a_value(string written, string value) => Assert.Equal(value, Assert.Single(Lists.Of("list", written).All()).Value);

    [Theory]
    [InlineData("evil-update.com\u201d/x", "no domain name")]
    [InlineData("evil\u2026update.com", "no domain name")]
    [InlineData("evil-update.c\u2026", "no domain name")]
    [InlineData("\ud83d\ude00-evil.com", "no domain name")]
    [InlineData("evil\u00adupdate.com", "no domain name")]
    [InlineData(@"C:\Users\*\evil-loader.exe", "pattern")]
    [InlineData(@"C:\Users\x\evil-loader?.exe", "pattern")]
    [InlineData("evil-*.exe", "pattern")]
    public void What_no_evidence_can_hold_is_refused(string written, string reason) =>
        Assert.Contains(reason, Lists.WhyRefused(written), StringComparison.Ordinal);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    [InlineData("\r\r\n")]
    public void Lines_end_as_any_system_ends_them(string end)
    {
        IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("list.txt", string.Join(end, "# Reference: https://report.test/2019/x", "known-evil.com", "second-evil.com", "", "# Other", "no value", "third-evil.com")));

        Assert.Equal([("known-evil.com", (int?)2019), ("second-evil.com", 2019), ("third-evil.com", null)], set.All().OrderBy(static i => i.Value, StringComparer.Ordinal).Select(static i => (i.Value, i.Year)));
        Assert.Equal(6, Assert.Single(reports[0].Refusals).Line);
    }

    [Theory]
    [InlineData("*.com", "single label")]
    [InlineData("*.ddns.net", "many share")]
    [InlineData("*.google.com", "everybody visits")]
    [InlineData("*.evil-update.com/a.php", "no address")]
    [InlineData("::ffff:10.0.0.1", "inside of networks")]
    [InlineData("::ffff:a00:1", "inside of networks")]
    public void Other_ways_to_write_a_value_take_no_more_than_it(string written, string reason) =>
        Assert.Contains(reason, Lists.WhyRefused(written), StringComparison.Ordinal);

    [Theory]
    [InlineData("evil-münchen.de")]
    [InlineData("EVIL-MÜNCHEN.de")]
    [InlineData("xn--evil-mnchen-yhb.de")]
    [InlineData("hxxps://a.evil-münchen[.]de:8443/x")]
    [InlineData("it asked for a.evil-münchen.de, and for more")]
    public void A_name_in_other_letters_is_found_by_what_lists_call_it(string asked) =>
        Assert.Equal("xn--evil-mnchen-yhb.de", Assert.Single(Lists.Of("list", "evil-münchen.de").Find(asked)).Value);

    [Theory]
    [InlineData("::ffff:95.216.13.196", 2)]
    [InlineData("::ffff:5fd8:dc4", 2)]
    [InlineData("0:0:0:0:0:ffff:5fd8:dc4", 2)]
    [InlineData("[::ffff:5fd8:dc4]:443", 2)]
    [InlineData("[::ffff:5fd8:dc4]:444", 1)]
    [InlineData("::5fd8:dc4", 0)]
    public void An_address_within_an_address_is_found(string asked, int count) =>
        Assert.Equal(count, Lists.Of(("a.txt", "95.216.13.196"), ("b.txt", "[::ffff:5fd8:dc4]:443\n95.216.13.197")).Find(asked).Count);

    [Fact]
    public void Files_are_found_by_their_own_letters() =>
        Assert.Equal("münchen-loader.exe", Assert.Single(Lists.Of("list", @"%TEMP%\münchen-loader.exe").Find(@"C:\Users\x\München-Loader.exe")).Value);

    [Fact]
    public void A_name_of_a_group_that_a_list_gives_twice_is_kept_once() =>
        Assert.Equal(["UAC-0082", "voodoo bear"], Assert.Single(Lists.Of("list", "# Aliases: voodoo bear, uac-0082", "# CERT-UA: UAC-0082", "", "known-evil.com").Lists).Aliases);
}
