using Culprit.Sigma.Tests.Reference;

namespace Culprit.Sigma.Tests.Semantics;

public sealed class ValueMeaningTests
{
    // Values of a field F without or with modifiers; the event has F as its only field.
    [Theory]
    [InlineData("F: 'cmd.exe'", "CMD.EXE", true)]
    [InlineData("F: 'cmd.exe'", "cmd.exe ", false)]
    [InlineData("F: 'prog?.exe'", "progA.exe", true)]
    [InlineData("F: 'prog?.exe'", "prog.exe", false)]
    [InlineData("F: 'antivirus_V*.exe'", "antivirus_V21.2.1.exe", true)]
    [InlineData("F: 'antivirus_V*.exe'", "antivirus_V.exe", true)]
    [InlineData("F: ''", "", true)]
    [InlineData("F: ''", "x", false)]
    [InlineData("F: true", "True", true)]
    [InlineData("F: 4688", "4688", true)]
    [InlineData("F: 4688", "46880", false)]
    [InlineData("F: 0x10", "16", true)]
    [InlineData("F: 0x10", "0x10", true)]
    [InlineData("F: '0x10'", "16", false)]
    // Specification, "Escape Character".
    [InlineData(@"F: 'a\b'", @"a\b", true)]
    [InlineData(@"F: 'a\\b'", @"a\b", true)]
    [InlineData(@"F: 'a\*b'", "a*b", true)]
    [InlineData(@"F: 'a\*b'", "axb", false)]
    [InlineData(@"F: 'a\?b'", "a?b", true)]
    [InlineData(@"F: 'a\?b'", "axb", false)]
    [InlineData(@"F: 'a\\*'", @"a\xyz", true)]
    [InlineData(@"F: 'a\\*'", "a*", false)]
    [InlineData(@"F: 'a\\\*b'", @"a\*b", true)]
    [InlineData(@"F: 'a\\\*b'", @"a\xb", false)]
    [InlineData(@"F: 'a\\\b'", @"a\\b", true)]
    [InlineData(@"F: 'a\\\\b'", @"a\\b", true)]
    // Generic modifiers.
    [InlineData("F|contains: 'b'", "abc", true)]
    [InlineData("F|contains: 'a*c'", "xabbcx", true)]
    [InlineData("F|startswith: 'a'", "abc", true)]
    [InlineData("F|startswith: 'b'", "abc", false)]
    [InlineData("F|endswith: 'C'", "abc", true)]
    [InlineData(@"F|endswith: '\cmd.exe'", @"C:\cmd.exe", true)]
    [InlineData("F|cased: 'Abc'", "abc", false)]
    [InlineData("F|cased: 'Abc'", "Abc", true)]
    [InlineData("F|contains|cased: 'Bc'", "abc", false)]
    [InlineData("F|neq: 'a'", "b", true)]
    [InlineData("F|neq: 'a'", "A", false)]
    [InlineData("F|contains|all: [a, c]", "abc", true)]
    [InlineData("F|contains|all: [a, d]", "abc", false)]
    [InlineData("F|contains|neq: [x, b]", "abc", false)]
    [InlineData("F|contains|neq: [x, y]", "abc", true)]
    // Windows dashes: the place of a dash that begins a parameter.
    [InlineData("F|contains|windash: ' -f '", "x /f y", true)]
    [InlineData("F|contains|windash: ' -f '", "x \u2014f y", true)]
    [InlineData("F|contains|windash: ' /f '", "x \u2013f y", true)]
    [InlineData("F|contains|windash: ' /f '", "x \u2015f y", true)]
    [InlineData("F|windash: '-a-b'", "/a-b", true)]
    [InlineData("F|windash: '-a-b'", "-a/b", false)]
    [InlineData("F|windash|contains: '-a -b'", "x /a \u2014b y", true)]
    // Regular expressions are searched for, case-sensitive.
    [InlineData("F|re: 'b.d'", "abcde", true)]
    [InlineData("F|re: 'B.d'", "abcde", false)]
    [InlineData("F|re|i: 'B.d'", "abcde", true)]
    [InlineData("F|re: '^b'", "abc", false)]
    [InlineData("F|re|m: '^b$'", "a\nb\nc", true)]
    [InlineData("F|re: 'a.b'", "a\nb", false)]
    [InlineData("F|re|s: 'a.b'", "a\nb", true)]
    [InlineData("F|re|i|m|s: '^A.B$'", "x\na\nb", true)]
    [InlineData("F|re|startswith: 'a|b'", "xb", false)]
    [InlineData("F|re|startswith: 'a|b'", "bx", true)]
    [InlineData("F|re|endswith: 'a|b'", "bx", false)]
    [InlineData("F|re|contains: 'b'", "abc", true)]
    // Encodings.
    [InlineData("F|base64: 'foobar'", "Zm9vYmFy", true)]
    [InlineData("F|base64: 'foobar'", "zm9vymfy", true)]
    [InlineData("F|base64|cased: 'foobar'", "zm9vymfy", false)]
    [InlineData("F|base64offset|contains: 'foobar'", "xxZm9vYmFyxx", true)]
    [InlineData("F|base64offset|contains: 'foobar'", "IGZvb2Jhcg==", true)]
    [InlineData("F|base64offset|contains: 'foobar'", "ICBmb29iYXI=", true)]
    [InlineData("F|wide|base64: 'foo'", "ZgBvAG8A", true)]
    [InlineData("F|utf16le|base64: 'foo'", "ZgBvAG8A", true)]
    [InlineData("F|utf16be|base64: 'foo'", "AGYAbwBv", true)]
    [InlineData("F|utf16|base64: 'foo'", "//5mAG8AbwA=", true)]
    [InlineData("F|wide|base64: 'é'", "6QA=", true)]
    [InlineData("F|wide: 'ab'", "a\0b\0", true)]
    // Numbers.
    [InlineData("F|lt: 5", "4", true)]
    [InlineData("F|lt: 5", "5", false)]
    [InlineData("F|lte: 5", "5", true)]
    [InlineData("F|gt: 5", "5.5", true)]
    [InlineData("F|gt: -1", "0", true)]
    [InlineData("F|gte: 5", "0x5", true)]
    [InlineData("F|gte: 5", "five", false)]
    [InlineData("F|gt: 0x10", "17", true)]
    // Times.
    [InlineData("F|minute: 7", "2025-03-04 05:07:09", true)]
    [InlineData("F|hour|gte: 5", "2025-03-04T05:07:09Z", true)]
    [InlineData("F|hour|gte: 6", "2025-03-04T05:07:09Z", false)]
    [InlineData("F|hour: 5", "2025-03-04T05:07:09+09:00", true)]
    [InlineData("F|day: 4", "2025-03-04", true)]
    [InlineData("F|week: 10", "2025-03-04", true)]
    [InlineData("F|month|lt: 4", "2025-03-04", true)]
    [InlineData("F|year: 2025", "2025-03-04", true)]
    [InlineData("F|year: 2025", "no date", false)]
    // Networks.
    [InlineData("F|cidr: '10.0.0.0/8'", "10.1.2.3", true)]
    [InlineData("F|cidr: '10.0.0.0/8'", "11.1.2.3", false)]
    [InlineData("F|cidr: '10.0.0.0/8'", "10.1", false)]
    [InlineData("F|cidr: '10.0.0.0/8'", "::ffff:10.1.2.3", true)]
    [InlineData("F|cidr: 'fe80::/10'", "fe80::1%12", true)]
    [InlineData("F|cidr: '::1'", "::1", true)]
    [InlineData("F|cidr: ['192.168.0.0/16', '::1/128']", "192.168.7.7", true)]
    public void A_value_satisfies_a_test(string test, string value, bool expected)
    {
        SigmaRule rule = Rules.Detection($"sel:\n  {test}\ncondition: sel");
        Assert.Equal(expected, Rules.Matches(rule, ("F", value)));
    }

    [Theory]
    [InlineData("F: null", false, true)]
    [InlineData("F:", false, true)]
    [InlineData("F: []", false, true)]
    [InlineData("F: ''", false, false)]
    [InlineData("F: '*'", false, false)]
    [InlineData("F|exists: true", false, false)]
    [InlineData("F|exists: false", false, true)]
    [InlineData("F|neq: a", false, true)]
    [InlineData("F: null", true, true)]
    [InlineData("F: ''", true, false)]
    [InlineData("F|exists: true", true, true)]
    [InlineData("F|exists: false", true, false)]
    public void An_absent_field_and_a_null_are_no_values(string test, bool isNull, bool expected)
    {
        SigmaRule rule = Rules.Detection($"sel:\n  {test}\ncondition: sel");
        (string, string?)[] fields = isNull ? [("F", null)] : [("G", "x")];
        Assert.Equal(expected, Rules.Matches(rule, fields));
    }

    [Theory]
    [InlineData("F|fieldref: G", "abc", "ABC", true)]
    [InlineData("F|fieldref|cased: G", "abc", "ABC", false)]
    [InlineData("F|fieldref|startswith: G", "abc", "ab", true)]
    [InlineData("F|fieldref|endswith: G", "abc", "bc", true)]
    [InlineData("F|fieldref|contains: G", "abc", "b", true)]
    [InlineData("F|fieldref|contains: G", "abc", "d", false)]
    [InlineData("F|fieldref|neq: G", "abc", "abd", true)]
    [InlineData("F|fieldref: H", "abc", "abc", false)]
    public void A_field_is_compared_with_another(string test, string f, string g, bool expected)
    {
        SigmaRule rule = Rules.Detection($"sel:\n  {test}\ncondition: sel");
        Assert.Equal(expected, Rules.Matches(rule, ("F", f), ("G", g)));
    }

    [Theory]
    [InlineData("- 'event::clear'\n- 'event::drop'", "x Event::Drop y", true)]
    [InlineData("- 'a*b'", "xx a..b yy", true)]
    [InlineData("- 517", "id 517", true)]
    [InlineData("'|all':\n  - one\n  - two", "two one", true)]
    [InlineData("'|all':\n  - one\n  - two", "two", false)]
    [InlineData("'|re': '^x'", "xy", true)]
    [InlineData("'|startswith': 'y'", "xy", false)]
    [InlineData("'|cased': 'Y'", "xy", false)]
    [InlineData("one", "a one b", true)]
    public void A_keyword_stands_in_any_field(string keywords, string value, bool expected)
    {
        string detection = keywords == "one" ? "sel: one" : $"sel:\n  {keywords.Replace("\n", "\n  ")}";
        SigmaRule rule = Rules.Detection($"{detection}\ncondition: sel");
        Assert.Equal(expected, Rules.Matches(rule, ("A", "nothing"), ("B", value)));
    }

    [Fact]
    public void One_of_several_values_is_enough()
    {
        SigmaRule rule = Rules.Detection("sel:\n  F: b\ncondition: sel");
        Assert.True(Rules.Matches(rule, ("F", "a"), ("F", "b")));
    }

    [Fact]
    public void Placeholders_are_replaced_by_each_of_their_values()
    {
        var options = new SigmaLoadOptions();
        options = options with { Placeholders = options.Placeholders.Add("servers", ["srv*", "dc1"]) };
        SigmaRule rule = Rules.Detection("sel:\n  F|expand: '%Servers%'\ncondition: sel", options);
        Assert.True(Rules.Matches(rule, ("F", "srv42")));
        Assert.True(Rules.Matches(rule, ("F", "DC1")));
        Assert.False(Rules.Matches(rule, ("F", "dc12")));

        SigmaRule partial = Rules.Detection(@"sel:" + "\n" + @"  F|expand: '\%plain%servers%'" + "\ncondition: sel", options);
        Assert.True(Rules.Matches(partial, ("F", "%plainsrv9")));

        SigmaRule regex = Rules.Detection("sel:\n  F|re|expand: '^%servers%$'\ncondition: sel", options);
        Assert.True(Rules.Matches(regex, ("F", "srv9")));
        Assert.False(Rules.Matches(regex, ("F", "dc1x")));

        SigmaRule plain = Rules.Detection("sel:\n  F: '%servers%'\ncondition: sel", options);
        Assert.True(Rules.Matches(plain, ("F", "%servers%")));
    }
}
