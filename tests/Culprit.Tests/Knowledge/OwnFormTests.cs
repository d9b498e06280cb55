using CsCheck;
using Culprit.Knowledge;

namespace Culprit.Tests.Knowledge;

/// <summary>A value that is taken can be found: whoever looks for it as a list has written it finds it.</summary>
public sealed class OwnFormTests
{
    private static readonly Gen<string> UrlPart = Gen.OneOf<string>(
        "/", "/", "/", "a", "evil", "gate.php", "?", "=", "&", "id=7", "%20", "%2F", "%2f", "%27", "%29", "%5D", "%25", "%252f", "%C3%A9", "%e4%b8%ad", "%", "%zz", "'", "\"", "(", ")", "[", "]", "{", "}", "{id}",
        "<", ">", "`", "^", "|", "*", "/*", "~", "$", ";", ",", ".", "..", ":", "!", "@", "+", "-", "_", "\\", "\u00e9", "\u00c9", "\u4e2d", "\u3001", "\u00a0", "#", "http://", "x.org", "45.66.230.5");

    private static readonly Gen<string> Host = Gen.OneOf<string>(
        "evil-a.com", "EVIL-A.com", "sub.evil.co.uk", "45.66.230.5", "evil-a.com:8080", "45.66.230.5:443", "[2a02:c207::1]", "[2a02:c207::1]:8443", "user@evil-a.com", "xn--bcher-kva.com", "b\u00fccher.com", "twitter.com", "www.gov.kr", "co.nf", "evil.ddns.net", "*.evil-a.com");

    private static readonly Gen<string> Url = Gen.Select(Gen.OneOf<string>("", "http://", "https://", "ftp://"), Host, Gen.OneOf<string>("/", "/", "?"), UrlPart.Array[0, 6],
        static (scheme, host, sign, path) => scheme + host + (path.Length == 0 ? "" : sign + string.Concat(path)));

    private static readonly Gen<string> Path = UrlPart.Array[1, 7].Select(static path => "/" + string.Concat(path));

    private static readonly Gen<string> File = Gen.Select(
        Gen.OneOf<string>("", "\\", @"C:\", @"%TEMP%\", @"%APPDATA%\%NAME%\", @"$env:TEMP\", @"~\", @"\\?\C:\", @"\\server\share\", "c:/"),
        Gen.OneOf<string>(@"Users\", @"<user>\", @"[user]\", @"{guid}\", @"%USERNAME%\", @"100% of 2\", @"$env:USERNAME\", @"...\", @"XXXX\", @"a b\", @"o'brien (1)\", "\u4e2d\u6587\\", @"caf%C3%A9\", @"a[1]\", "x/").Array[0, 3],
        Gen.OneOf<string>("evil", "evil-loader", "EVIL loader", "update.check", "\u4e2d\u6587\u4ef6\u540d", "a", "file[1]", "it's", "100%", "%41bc", "\u00c9vil_x"),
        Gen.OneOf<string>(".exe", ".DLL", ".hwp", ".msc", ".001", ".7z", ".d", ".c", ".\u6587", ".tar.gz", ".a-b", ".com", "."),
        static (root, folders, name, ending) => root + string.Concat(folders) + name + ending);

    private static readonly Gen<string> Other = Gen.OneOf<string>(
        "2a02:c207::1", "[2a02:c207::1]:443", "::ffff:45.66.230.5", "45.66.230.5", "45.66.230.5:65535", "0cc175b9c0f1b6a831c399e269772661", "0CC175B9C0F1B6A831C399E2697726610CC175B9", "_dmarc.evil-a.com", "evil_a.com.");

    [Fact]
    public void Each_value_that_is_taken_is_found_as_it_was_written() => Gen.OneOf(Url, Path, File, Other).Sample(
        static written =>
        {
            foreach (Indicator taken in Lists.Of("list", written).All())
            {
                Assert.True(
                    Lists.Of("list", written).Find(written).Any(found => found.Value == taken.Value && found.Kind == taken.Kind),
                    $"'{written}' is taken as the {taken.Kind} '{taken.Value}' and not found");
            }
        },
        iter: 20_000);

    [Theory]
    [InlineData("http://evil-b.com/o'brien/x", "ends URLs")]
    [InlineData("http://evil-b.com/{guid}/x", "ends URLs")]
    [InlineData("/foo^bar/evil.php", "ends URLs")]
    [InlineData("evil-star.com/a*/b", "is a pattern")]
    [InlineData(@"C:\evil%2floader.exe", "written otherwise")]
    [InlineData(@"C:\Users\<user>\AppData\evil-x.exe", "stands for others")]
    [InlineData(@"C:\Users\%USERNAME%\AppData\evil-y.exe", "stands for others")]
    [InlineData(@"C:\Users\[user]\AppData\Local\evil-v.exe", "stands for others")]
    [InlineData(@"C:\Users\{user name}\evil-v.exe", "stands for others")]
    [InlineData(@"C:\Users\XXXX\AppData\Local\evil-v.exe", "stands for others")]
    [InlineData(@"C:\Users\...\evil-v.exe", "stands for others")]
    [InlineData(@"C:\$env:USERNAME\evil-v.exe", "stands for others")]
    [InlineData(@"C:\evil\loader.001", "a number for its ending")]
    [InlineData("\uc774\ub825\uc11c.hwpq", "other letters")]
    [InlineData("\u0434\u043e\u043a\u0443\u043c\u0435\u043d\u0442.\u0434\u043e\u043a", "other letters")]
    public void What_no_text_holds_is_refused_with_the_reason(string written, string reason) =>
        Assert.Contains(reason, Lists.WhyRefused(written), StringComparison.Ordinal);

    [Fact]
    public void A_path_that_is_longer_than_what_is_compared_is_refused()
    {
        string longest = "http://evil-up.com/" + new string('\u4e2d', 682), longer = longest + "\u4e2d";
        IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("list.txt", longest + "\n" + longer));

        Assert.Single(set.Find(longest));
        Assert.Contains("2048 bytes", Assert.Single(reports[0].Refusals).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil-star.com/*", IndicatorKind.Domain, "evil-star.com")]
    [InlineData("evil-star.com/a/*", IndicatorKind.Url, "evil-star.com/a")]
    [InlineData("/evil_path/*", IndicatorKind.Path, "/evil_path/")]
    [InlineData(@"$env:TEMP\evil-z.exe", IndicatorKind.Path, "evil-z.exe")]
    [InlineData(@"%COMMONPROGRAMFILES(X86)%\evil-z.exe", IndicatorKind.Path, "evil-z.exe")]
    [InlineData(@"%e4%b8%ad\evil-z.exe", IndicatorKind.Path, @"%e4%b8%ad\evil-z.exe")]
    [InlineData(@"~\evil-t.exe", IndicatorKind.Path, "evil-t.exe")]
    [InlineData(@"C:\ProgramData\{8F5C2A11-0C6E-4F1B-9A55-A1C6F2D3E871}\evil-t.exe", IndicatorKind.Path, @"c:\programdata\{8f5c2a11-0c6e-4f1b-9a55-a1c6f2d3e871}\evil-t.exe")]
    [InlineData("\uc774\ub825\uc11c.hwp", IndicatorKind.Path, "\uc774\ub825\uc11c.hwp")]
    [InlineData("evil-tool.msc", IndicatorKind.Path, "evil-tool.msc")]
    [InlineData("report-final.hwpx", IndicatorKind.Path, "report-final.hwpx")]
    [InlineData("evil-start.jnlp", IndicatorKind.Path, "evil-start.jnlp")]
    [InlineData("\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444", IndicatorKind.Domain, "xn--e1afmkfd.xn--p1ai")]
    [InlineData("net.de", IndicatorKind.Domain, "net.de")]
    [InlineData("info.ch", IndicatorKind.Domain, "info.ch")]
    [InlineData("com.at", IndicatorKind.Domain, "com.at")]
    [InlineData("google.org.im", IndicatorKind.Domain, "google.org.im")]
    [InlineData("amazon.tk", IndicatorKind.Domain, "amazon.tk")]
    [InlineData("google.evil.de", IndicatorKind.Domain, "google.evil.de")]
    [InlineData("google.top", IndicatorKind.Domain, "google.top")]
    [InlineData("b\u00fccher-update.top", IndicatorKind.Domain, "xn--bcher-update-dlb.top")]
    [InlineData("b\u00fccher-update.de", IndicatorKind.Domain, "xn--bcher-update-dlb.de")]
    [InlineData("https://twitter.com/evil_account_123", IndicatorKind.Url, "twitter.com/evil_account_123")]
    [InlineData("https://gov.kr/portal/service/info.php", IndicatorKind.Url, "gov.kr/portal/service/info.php")]
    public void What_stands_for_itself_is_taken(string written, IndicatorKind kind, string value)
    {
        Indicator read = Assert.Single(Lists.Of("list", written).All());

        Assert.Equal((kind, value), (read.Kind, read.Value));
    }

    [Theory]
    [InlineData("https://www.google.com/search", "everybody visits")]
    [InlineData("https://twitter.com/a", "everybody visits")]
    [InlineData("https://gov.kr/login.php", "registry")]
    [InlineData("https://github.com/download", "many share")]
    [InlineData("co.nf", "many share")]
    [InlineData("com.de", "many share")]
    [InlineData("gouv.fr", "registry")]
    public void What_many_use_is_refused_by_whose_it_is(string written, string reason) =>
        Assert.Contains(reason, Lists.WhyRefused(written), StringComparison.Ordinal);

    [Theory]
    [InlineData(300, 300, false)]
    [InlineData(IndicatorSet.MaxFound + 100, IndicatorSet.MaxFound, true)]
    public void All_that_a_text_holds_is_found_or_that_there_is_more(int held, int found, bool more)
    {
        string[] values = [.. Enumerable.Range(0, held).Select(static i => $"c2-{i:D5}.known-evil.com")];

        Assert.Equal(found, Lists.Of("list", values).Find(string.Join(' ', values), out bool rest).Count);
        Assert.Equal(more, rest);
    }

    [Fact]
    public void Positions_beyond_the_last_are_none()
    {
        IndicatorSet set = Lists.Of("list", "known-evil.com");

        Assert.Equal("known-evil.com", set[0].Value);
        Assert.All(new[] { -1, 1 }, index => Assert.Throws<ArgumentOutOfRangeException>(() => set[index]));
        Assert.Throws<ArgumentNullException>(() => KnowledgeBase.Embedded.Find(null!));
    }
}
