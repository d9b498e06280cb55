using Culprit.Attribution.Observing;
using Culprit.Incidents;
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

    // A field's name means a threat where an antivirus wrote it, and anything elsewhere.
    [Theory]
    [InlineData("Microsoft-Windows-Windows Defender", "Microsoft-Windows-Windows Defender/Operational", "Threat Name", true)]
    [InlineData("Microsoft-Windows-Windows Defender", "", "Threat Name", true)]
    [InlineData("", "Microsoft-Windows-Windows Defender/Operational", "Threat Name", true)]
    [InlineData("Microsoft Antimalware", "System", "Threat Name", true)]
    [InlineData("Symantec AntiVirus", "Application", "Risk Name", true)]
    [InlineData("Symantec Endpoint Protection Client", "Symantec Endpoint Protection Client", "Signature", true)]
    [InlineData("McLogEvent", "Application", "ThreatName", true)]
    [InlineData("ESET", "Application", "ThreatName", true)]
    [InlineData("SophosAV", "Application", "ThreatName", true)]
    [InlineData("SentinelOne", "SentinelOne/Operational", "ThreatName", true)]
    [InlineData("MyApp", "Application", "ThreatName", false)]
    [InlineData("MyApp", "Microsoft-Windows-Windows Defender/Operational", "Threat Name", false)]
    [InlineData("MyApp for Windows Defender", "Application", "ThreatName", false)]
    [InlineData("Reset", "Application", "ThreatName", false)]
    [InlineData("Esetter", "Application", "ThreatName", false)]
    [InlineData("Microsoft-Windows-Windows Defender", "Application", "Threat Name", false)]
    [InlineData("Microsoft-Windows-Sysmon", "Microsoft-Windows-Sysmon/Operational", "Signature", false)]
    [InlineData("", "Application", "ThreatName", false)]
    public void Names_of_threats_are_those_that_an_antivirus_gives(string provider, string channel, string field, bool isTold)
    {
        IncidentEvent one = new ObservedIncident().Happen([], provider, 1, ObservedIncident.Monday, (field, "Trojan:Win32/PlugX")) with { Channel = channel };

        Assert.Equal(isTold ? "Trojan:Win32/PlugX" : "", ThreatNames.In(one));
    }
}
