using Culprit.Knowledge;
using Culprit.Knowledge.Indicators;
using Culprit.Knowledge.Indicators.Stix;

namespace Culprit.Tests.Knowledge;

/// <summary>Bundles of STIX as lists of indicators; the patterns follow examples of STIX 2.1, section 9, and of common publishers.</summary>
public sealed class StixIndicatorTests
{
    private const string Hash = "79054025255fb1a26e4bc422aef54eb4";

    [Theory]
    [InlineData("[domain-name:value = 'evil-stix.org']", "evil-stix.org")]
    [InlineData("[domain-name:value='evil-stix.org' OR domain-name:value='evil-stix.net']", "evil-stix.net evil-stix.org")]
    [InlineData("[domain-name:value = 'evil-stix.org'] OR [url:value = 'http://evil-stix.net/a.php']", "evil-stix.net/a.php evil-stix.org")]
    [InlineData("[domain-name:value = 'evil-stix.org' AND domain-name:resolves_to_refs[*].value = '45.66.230.7']", "evil-stix.org")]
    [InlineData("[ipv4-addr:value = '45.66.230.5/32' OR ipv6-addr:value = '2a01:0db8:dead:beef:dead:beef:dead:0001/128']", "2a01:db8:dead:beef:dead:beef:dead:1 45.66.230.5")]
    [InlineData("[ipv4-addr:value IN ('45.66.230.5', '45.66.230.6')]", "45.66.230.5 45.66.230.6")]
    [InlineData("[ipv4-addr:value ISSUBSET '45.66.230.5/32']", "45.66.230.5")]
    [InlineData("[ipv4-addr:value = '45.66.230.0/24']", null)]
    [InlineData("[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '45.66.230.7' AND network-traffic:dst_port = 8443]", "45.66.230.7:8443")]
    [InlineData("[network-traffic:dst_ref.type = 'domain-name' AND network-traffic:dst_ref.value = 'evil-stix.org']", "evil-stix.org")]
    [InlineData("[file:hashes.MD5 = '" + Hash + "']", Hash)]
    [InlineData("[file:hashes.'MD5' = '" + Hash + "' AND file:name = 'report.doc' AND file:size > 25]", Hash)]
    [InlineData("[process:image_ref.hashes.MD5 = '" + Hash + "']", Hash)]
    [InlineData("[file:hashes.'SHA-512' = '" + Hash + "']", null)]
    [InlineData("[file:hashes.MD5 != '" + Hash + "']", null)]
    [InlineData("[file:hashes.MD5 NOT = '" + Hash + "']", null)]
    [InlineData("[NOT EXISTS file:hashes.MD5]", null)]
    [InlineData("[file:name = 'evil-loader.dll' AND file:parent_directory_ref.path = 'C:\\\\Windows\\\\Temp7']", "c:\\windows\\temp7\\evil-loader.dll")]
    [InlineData("[file:name = 'it\\'s-evil.exe']", "it's-evil.exe")]
    [InlineData("[file:name = 'evil-loader.dll' AND domain-name:value = 'evil-stix.org']", null)]
    [InlineData("[(domain-name:value = 'evil-stix.org' OR domain-name:value = 'evil-stix.net') AND network-traffic:protocols[*] = 'tcp']", "evil-stix.net evil-stix.org")]
    [InlineData("([file:hashes.MD5 = '" + Hash + "'] AND [domain-name:value = 'evil-stix.org']) OR [domain-name:value = 'evil-stix.net']", "evil-stix.net")]
    [InlineData("([file:hashes.MD5 = '" + Hash + "'] FOLLOWEDBY [windows-registry-key:key = 'HKEY_LOCAL_MACHINE\\\\foo\\\\bar']) WITHIN 300 SECONDS", null)]
    [InlineData("[domain-name:value = 'evil-stix.org'] REPEATS 5 TIMES", null)]
    [InlineData("[domain-name:value = 'evil-stix.org'] START t'2016-06-01T00:00:00Z' STOP t'2016-07-01T00:00:00Z'", "evil-stix.org")]
    [InlineData("[process:command_line MATCHES '^.+>-add GlobalSign.cer -c -s -r localMachine Root$']", null)]
    [InlineData("[x509-certificate:issuer = 'CN=WEBMAIL' AND x509-certificate:serial_number = '4c:0b:1d:19:74:86:a7:66:b4:1a:bf:40:27:21:76:28']", null)]
    [InlineData("[url:value LIKE 'http://evil-stix.net/%']", null)]
    [InlineData("[domain-name:value = 'evil-stix.org'", null)]
    [InlineData("[domain-name:value = 'evil-stix.org", null)]
    [InlineData("[domain-name:value 'evil-stix.org']", null)]
    [InlineData("domain-name:value = 'evil-stix.org'", null)]
    [InlineData("[domain-name:value = 'evil-stix.org'] [", null)]
    [InlineData("", null)]
    public void A_pattern_gives_each_value_that_satisfies_it_alone(string pattern, string? values)
    {
        (string Written, ReadValue Value)[] read = [.. PatternValues.Of(pattern)];

        Assert.Equal(values ?? "", string.Join(' ', read.Select(static r => r.Value.Value).Where(static v => v.Length > 0).Order(StringComparer.Ordinal)));
        Assert.NotEmpty(read);
        Assert.All(read, static r => Assert.NotEqual(r.Value.Value.Length == 0, r.Value.Refusal.Length == 0));
    }

    [Fact]
    public void Whose_indicators_are_say_relations_and_else_the_report()
    {
        IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("feed.json", """
            {"type":"bundle","id":"bundle--1","objects":[
              {"type":"indicator","id":"indicator--1","pattern":"[domain-name:value = 'evil-one.org']","valid_from":"2019-02-03T00:00:00Z"},
              {"type":"indicator","id":"indicator--2","pattern":"[domain-name:value = 'evil-two.org']","valid_from":"2019-02-03T00:00:00Z"},
              {"type":"indicator","id":"indicator--3","pattern":"[domain-name:value = 'evil-three.org']","valid_from":"2019-02-03T00:00:00Z"},
              {"type":"indicator","id":"indicator--4","pattern":"[domain-name:value = 'evil-four.org']","valid_from":"2019-02-03T00:00:00Z"},
              {"type":"indicator","id":"indicator--5","pattern":"[domain-name:value = 'evil-five.org']","revoked":true,"valid_from":"2019-02-03T00:00:00Z"},
              {"type":"indicator","id":"indicator--6","pattern":"alert tcp any any","pattern_type":"snort","valid_from":"2019-02-03T00:00:00Z"},
              {"type":"indicator","id":"indicator--7","pattern":"[domain-name:value = 'evil-seven.org']","indicator_types":["benign"],"valid_from":"2019-02-03T00:00:00Z"},
              {"type":"intrusion-set","id":"intrusion-set--1","name":"Nobelium","aliases":["Midnight Blizzard"],"external_references":[{"source_name":"mitre-attack","external_id":"G0016"}]},
              {"type":"threat-actor","id":"threat-actor--1","name":"Some Actor"},
              {"type":"campaign","id":"campaign--1","name":"Some Campaign"},
              {"type":"relationship","id":"relationship--1","relationship_type":"indicates","source_ref":"indicator--1","target_ref":"intrusion-set--1"},
              {"type":"relationship","id":"relationship--2","relationship_type":"indicates","source_ref":"indicator--2","target_ref":"campaign--1"},
              {"type":"relationship","id":"relationship--3","relationship_type":"attributed-to","source_ref":"campaign--1","target_ref":"threat-actor--1"},
              {"type":"relationship","id":"relationship--4","relationship_type":"indicates","source_ref":"indicator--4","target_ref":"threat-actor--1","revoked":true},
              {"type":"report","id":"report--1","published":"2020-05-06T00:00:00Z","external_references":[{"source_name":"x","url":"https://report.test/x"}],
               "object_refs":["indicator--2","indicator--3","intrusion-set--1"]}]}
            """));

        Assert.Equal(("STIX", 4, 2, ""), (reports[0].Format, reports[0].ReadCount, reports[0].RefusedCount, reports[0].Error));
        Assert.Equal(["Nobelium", "Some Actor", "feed"], set.Lists.Select(static l => l.Name));
        Assert.Equal(["Midnight Blizzard"], set.Lists[0].Aliases);
        Assert.Equal(["G0016"], set.Lists[0].GroupIds);
        Assert.Equal(["evil-one.org@Nobelium"], set.Found("evil-one.org"));
        Assert.Equal(["evil-two.org@Some Actor"], set.Found("evil-two.org"));
        Assert.Equal(["evil-three.org@Nobelium"], set.Found("evil-three.org"));
        Assert.Equal(["evil-four.org@feed"], set.Found("evil-four.org"));
        Assert.Empty(set.Found("evil-five.org"));
        Assert.Equal((2020, "https://report.test/x"), set.All().Where(static i => i.Value == "evil-three.org").Select(static i => (i.Year, i.Source)).Single());
        Assert.Equal(2019, set.All().Single(static i => i.Value == "evil-one.org").Year);
    }

    [Fact]
    public void The_version_that_was_changed_last_counts_whatever_the_order()
    {
        const string old = """{"type":"indicator","id":"indicator--1","modified":"2019-01-01T00:00:00Z","pattern":"[domain-name:value = 'evil-old.org']"}""";
        const string newer = """{"type":"indicator","id":"indicator--1","modified":"2020-01-01T00:00:00.5Z","pattern":"[domain-name:value = 'evil-new.org']"}""";
        foreach (string objects in (string[])[old + "," + newer, newer + "," + old])
        {
            Assert.Equal(["evil-new.org"], Lists.Of(("feed.json", "{\"objects\":[" + objects + "]}")).All().Select(static i => i.Value));
        }
    }

    [Fact]
    public void An_array_of_objects_or_of_bundles_is_read_as_a_bundle_is()
    {
        string[] objects = [Object("indicator", 1, ""","pattern":"[domain-name:value = 'evil-one.org']" """), Object("intrusion-set", 1, ""","name":"Nobelium" """), Relation("indicates", "indicator--1", "intrusion-set--1")];
        foreach (string array in (string[])["[" + string.Join(',', objects) + "]", "[" + Bundle(objects[..1]) + "," + Bundle(objects[1..]) + "]"])
        {
            IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("feed.json", array));

            Assert.Equal(("STIX", ""), (reports[0].Format, reports[0].Error));
            Assert.Equal(["evil-one.org@Nobelium"], set.Found("evil-one.org"));
        }
    }

    [Fact]
    public void A_bundle_without_indicators_is_told()
    {
        Lists.Of(out IndicatorFileReport[] reports, ("feed.json", """{"type":"bundle","objects":[{"type":"malware","id":"malware--1","name":"x"}]}"""));

        Assert.Equal(("STIX", "it is a bundle of STIX, but holds no indicator"), (reports[0].Format, reports[0].Error));
    }

    [Fact]
    public void Campaigns_that_are_attributed_to_each_other_are_walked_once()
    {
        const int campaigns = 30, indicators = 200;
        List<string> objects = [Object("intrusion-set", 1, ""","name":"Nobelium" """), Object("intrusion-set", 2, ""","name":"Sofacy" """)];
        for (int i = 0; i < campaigns; i++)
        {
            objects.Add(Object("campaign", i));
            objects.AddRange(Enumerable.Range(0, campaigns).Select(other => Relation("attributed-to", $"campaign--{i}", $"campaign--{other}")));
        }

        // Three campaigns lie between the indicators and the first actor, four before the other, which is too far.
        objects.AddRange([Object("campaign", 300), Object("campaign", 301), Object("campaign", 302), Relation("attributed-to", "campaign--0", "campaign--300")]);
        objects.AddRange([Relation("attributed-to", "campaign--300", "campaign--301"), Relation("attributed-to", "campaign--301", "intrusion-set--1")]);
        objects.AddRange([Relation("attributed-to", "campaign--301", "campaign--302"), Relation("attributed-to", "campaign--302", "intrusion-set--2")]);
        for (int i = 0; i < indicators; i++)
        {
            objects.AddRange([Object("indicator", i, $$""","pattern":"[domain-name:value = 'evil-{{i}}.org']" """), Relation("indicates", $"indicator--{i}", "campaign--0")]);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        IndicatorSet set = Lists.Of(("feed.json", Bundle(objects)));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
        Assert.Equal("Nobelium", Assert.Single(set.Lists).Name);
        Assert.Equal(indicators, set.Count);
    }

    [Fact]
    public void An_indicator_of_very_many_groups_is_refused_and_told()
    {
        List<string> objects = [Object("indicator", 1, ""","pattern":"[domain-name:value = 'evil-few.org']" """), Object("indicator", 2, ""","pattern":"[domain-name:value = 'evil-many.org']" """)];
        for (int i = 0; i < 17; i++)
        {
            objects.AddRange([Object("threat-actor", i, $$""","name":"Actor {{i}}" """), Relation("indicates", "indicator--2", $"threat-actor--{i}")]);
        }

        objects.AddRange(Enumerable.Range(0, 16).Select(static i => Relation("indicates", "indicator--1", $"threat-actor--{i}")));
        IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("feed.json", Bundle(objects)));

        Assert.Equal(16, set.Found("evil-few.org").Length);
        Assert.Empty(set.Found("evil-many.org"));
        Assert.Equal("indicates more than 16 groups", Assert.Single(reports[0].Refusals).Reason);
    }

    [Fact]
    public void Hostile_patterns_are_refused_within_bounds()
    {
        string deep = "[" + new string('(', 100_000) + "a:b = 'x'" + new string(')', 100_000) + "]";
        string either = "(" + string.Join(" OR ", Enumerable.Repeat("a:b = 'x'", 1_000)) + ")";
        string wide = "[" + string.Join(" AND ", Enumerable.Repeat(either, 8)) + "]";
        string quotes = "[" + string.Concat(Enumerable.Repeat("a:b.'", 50_000));

        foreach (string pattern in (string[])[deep, wide, quotes, new string('[', 100_000), "[a:b[", "[a:b = 'x\\"])
        {
            Assert.StartsWith("is no pattern of STIX: it ", Assert.Single(PatternValues.Of(pattern)).Value.Refusal, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Combinations_of_a_pattern_take_room_in_proportion_to_it()
    {
        string chain = string.Concat(Enumerable.Repeat(" AND a:b=''", 20_000)), many = $"a:b IN ({string.Join(',', Enumerable.Repeat("''", 20_000))})";
        string groups = string.Join(" OR ", Enumerable.Repeat($"(a:b IN ({string.Join(',', Enumerable.Repeat("''", 900))})" + string.Concat(Enumerable.Repeat(" AND a:b=''", 300)) + ")", 20));
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("asks for several things together", Assert.Single(PatternValues.Of("[a:b=''" + chain + "]")).Value.Refusal);
        foreach (string wide in (string[])[many + " AND a:b='" + new string('x', 1_000_000) + "'", many + chain[..1_100], many + " AND " + many, many.Replace("a:b", "a:" + new string('b', 1_000_000), StringComparison.Ordinal), groups])
        {
            Assert.Matches("^is no pattern of STIX: it has (too many combinations|alternatives that are too long together)$", Assert.Single(PatternValues.Of("[" + wide + "]")).Value.Refusal);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 150_000_000);
    }

    [Fact]
    public void Combinations_that_somebody_may_have_meant_are_read()
    {
        string addresses = string.Join(" OR ", Enumerable.Range(1, 100).Select(static i => $"network-traffic:dst_ref.value = '45.66.230.{i}'"));
        string ports = string.Join(", ", Enumerable.Range(8000, 100));

        string[] read = [.. PatternValues.Of($"[({addresses}) AND network-traffic:dst_port IN ({ports})]").Select(static r => r.Value.Value)];

        Assert.Equal(["45.66.230.1:8000", "45.66.230.1:8001"], read[..2]);
        Assert.Equal((10_000, "45.66.230.100:8099"), (read.Distinct(StringComparer.Ordinal).Count(), read[^1]));
    }

    private static string Bundle(IEnumerable<string> objects) => $$"""{"type":"bundle","objects":[{{string.Join(',', objects)}}]}""";

    private static string Object(string type, int number, string more = "") => $$"""{"type":"{{type}}","id":"{{type}}--{{number}}"{{more}}}""";

    private static string Relation(string type, string source, string target) =>
        $$"""{"type":"relationship","id":"relationship--{{source}}-{{target}}","relationship_type":"{{type}}","source_ref":"{{source}}","target_ref":"{{target}}"}""";
}
