using Culprit.Attribution.Observing;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>Names as vendors write them; the software is what ATT&amp;CK calls the family.</summary>
public sealed class ThreatNamesTests
{
    [Theory]
    [InlineData("HEUR:Trojan-PSW.Win32.Mimikatz.gen", "Mimikatz")]
    [InlineData("Hacktool.Mimikatz", "Mimikatz")]
    [InlineData("HKTL_MIMIKATZ64", "Mimikatz")]
    [InlineData("Win.Tool.Mimikatz-6466236-0", "Mimikatz")]
    [InlineData("BKDR_PLUGX.ZTAF", "PlugX")]
    [InlineData("Backdoor.Cobalt", "Cobalt Strike")]
    [InlineData("Trojan:Win32/Emotet!rfn", "Emotet")]
    [InlineData("Trojan:Win32/Agent", null)]
    [InlineData("Trojan.Gen.2", null)]
    [InlineData("VirTool:Win32/Net.A", null)]
    [InlineData("EICAR-Test-File (not a virus)", null)]
    [InlineData("://", null)]
    public void A_family_is_taken_out_of_a_name(string threat, string? software) =>
        Assert.Equal(software, ThreatNames.Software(threat, KnowledgeBase.Embedded)?.Name);

    [Theory]
    [InlineData("mimikatz.exe", "Mimikatz")]
    [InlineData("PSEXESVC.exe", "PsExec")]
    [InlineData("sharphound.exe", "BloodHound")]
    [InlineData("frpc.exe", "FRP")]
    [InlineData("winexesvc.exe", "Winexe")]
    [InlineData("cachedump.exe", "Cachedump")]
    [InlineData("sdelete64.exe", "SDelete")]
    [InlineData("nbtscan.exe", "NBTscan")]
    [InlineData("htran.exe", "HTRAN")]
    [InlineData("pwdump7.exe", "pwdump")]
    [InlineData("cmd.exe", null)]
    public void A_file_stands_for_a_tool(string file, string? software) =>
        Assert.Equal(software, SoftwareNames.OfFile(file, KnowledgeBase.Embedded)?.Name);
}
