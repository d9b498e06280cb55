using Culprit.Events;

namespace Culprit.Tests.Events;

/// <summary>Values that mean the same thing become the same text, and what everybody has in common becomes none.</summary>
public sealed class ClueTextTests
{
    [Theory]
    [InlineData("WEB-01.lab.example", "web-01")]
    [InlineData("WEB-01", "web-01")]
    [InlineData("10.20.9.10", "10.20.9.10")]
    [InlineData("fe80::1.2.3.4", "fe80::1.2.3.4")]
    [InlineData("", "")]
    public void A_machine_is_known_by_its_own_name(string host, string expected) => Assert.Equal(expected, Run(ClueText.Machine, host));

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.77")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.77")]
    [InlineData("2001:DB8:0:0:0:0:0:1", "2001:db8::1")]
    [InlineData("127.0.0.1", "")]
    [InlineData("::1", "")]
    [InlineData("fe80::1%12", "")]
    [InlineData("169.254.3.4", "")]
    [InlineData("224.0.0.251", "")]
    [InlineData("0.0.0.0", "")]
    [InlineData("LOCAL", "")]
    [InlineData("17", "")]
    public void Addresses_are_written_in_one_way(string text, string expected) => Assert.Equal(expected, Run(ClueText.Address, text));

    [Theory]
    [InlineData(@"LAB\Svc-Backup", "svc-backup")]
    [InlineData("svc-backup@lab.example", "svc-backup")]
    [InlineData(@"PC-7\Administrator", @"pc-7\administrator")]
    [InlineData(@"NT AUTHORITY\SYSTEM", "")]
    [InlineData("DC-01$", "")]
    [InlineData("S-1-5-18", "")]
    [InlineData(@"Window Manager\DWM-1", "")]
    [InlineData(@"IIS APPPOOL\DefaultAppPool", "")]
    public void Accounts_are_those_of_people_and_services(string text, string expected) => Assert.Equal(expected, Run(ClueText.Account, text));

    [Theory]
    [InlineData(@"C:\$Recycle.Bin\R.EXE", @"c:\$recycle.bin\r.exe")]
    [InlineData(@"C:\Windows\Temp\x.exe", @"c:\windows\temp\x.exe")]
    [InlineData(@"C:\Windows\System32\cmd.exe", "")]
    [InlineData(@"C:\Program Files\7-Zip\7z.exe", "")]
    [InlineData("cmd.exe", "")]
    public void Files_that_every_Windows_has_join_nothing(string text, string expected) => Assert.Equal(expected, Run(ClueText.File, text));

    [Fact]
    public void A_request_and_the_file_system_name_a_web_file_alike()
    {
        Assert.Equal("image/p.aspx", Run(ClueText.WebFileOfUrl, "/portal/userfiles/image/p.aspx"));
        Assert.Equal("image/p.aspx", Run(ClueText.WebFileOfPath, @"C:\inetpub\wwwroot\portal\userfiles\Image\p.aspx"));
        Assert.Equal("", Run(ClueText.WebFileOfPath, @"C:\Users\a\Pictures\p.jpg"));
        Assert.Equal("", Run(ClueText.WebFileOfUrl, "/portal/"));
        Assert.Equal("p.php", Run(ClueText.WebFileOfUrl, "/p.php"));
    }

    [Theory]
    [InlineData("SHA1=aa,MD5=BB,SHA256=CC,IMPHASH=dd", "sha256=cc")]
    [InlineData("SHA1=aa,MD5=BB", "md5=bb")]
    [InlineData("MD5=00000000000000000000000000000000", "")]
    [InlineData("", "")]
    public void The_strongest_hash_counts(string text, string expected) => Assert.Equal(expected, Run(ClueText.Hash, text));

    [Fact]
    public void What_is_longer_than_the_room_is_cut()
    {
        string text = @"C:\x\" + new string('A', 5000);
        Assert.Equal(ClueBuffer.MaxName, Run(ClueText.File, text).Length);
    }

    [Fact]
    public void A_buffer_keeps_each_clue_once()
    {
        var clues = new ClueBuffer();
        clues.Add(ClueKind.Address, "203.0.113.77");
        clues.Add(ClueKind.Address, "203.0.113.77");
        clues.Add(ClueKind.Account, "203.0.113.77");
        clues.AddOfMachine(ClueKind.Process, "pc-1", "{A}");
        clues.AddOfMachine(ClueKind.Process, "pc-1", "{a}");
        clues.AddOfMachine(ClueKind.Process, "pc-2", "{a}");

        Assert.Equal(4, clues.Count);
        Assert.NotEqual(clues.KeyOf(2), clues.KeyOf(3));
        clues.Clear();
        Assert.Equal(0, clues.Count);
    }

    private delegate ReadOnlySpan<char> Form(ReadOnlySpan<char> text, Span<char> room);

    private static string Run(Form form, string text) => form(text, new char[ClueBuffer.MaxName]).ToString();
}
