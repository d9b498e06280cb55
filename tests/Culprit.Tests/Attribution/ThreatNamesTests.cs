using System.Text.RegularExpressions;
using Culprit.Attribution;
using Culprit.Attribution.Observing;
using Culprit.Attribution.Profiles;
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
    [InlineData("Backdoor:Win64/Winnti.N!dha", "Winnti for Windows")]
    [InlineData("HEUR:Backdoor.Linux.Winnti.a", "Winnti for Linux")]
    [InlineData("Backdoor.Winnti", "Winnti for Windows")]
    [InlineData("Ransom:Win32/WannaCrypt.A!rsm", "WannaCry")]
    [InlineData("DoS:Win32/FoxBlade.A!dha", "HermeticWiper")]
    [InlineData("Backdoor:MSIL/Quasar.A", "QuasarRAT")]
    [InlineData("Trojan:Win64/BazarLoader.A", "Bazar")]
    [InlineData("HackTool:Win64/SharpHound.A", "BloodHound")]
    [InlineData("Ransom:Win32/Lockbit.STA", null)]
    [InlineData("Trojan:Win32/Manuscrypt.A", null)]
    [InlineData("Bloodhound.Exploit.6", null)]
    [InlineData("Trojan:Win32/ShellLoader", null)]
    [InlineData("Trojan:Win32/Agent", null)]
    [InlineData("Trojan.Gen.2", null)]
    [InlineData("VirTool:Win32/Net.A", null)]
    [InlineData("EICAR-Test-File (not a virus)", null)]
    [InlineData("Trojan:Win32/Carbon.A", "Carbon")]
    [InlineData("PUA:Win32/Carbon", null)]
    [InlineData("PUABundler:Win32/Carbon", null)]
    [InlineData("PUA_CARBON.A", null)]
    [InlineData("Win32:Carbon-A [PUP]", null)]
    [InlineData("Win32:Carbon-A [Trj]", "Carbon")]
    [InlineData("not-a-virus:AdWare.Win32.Carbon.a", null)]
    [InlineData("Application.Carbon.1", null)]
    [InlineData("Adware:Win32/Epic", null)]
    [InlineData("Joke:Win32/Denis", null)]
    [InlineData("HackTool:Win32/Carbon", null)]
    [InlineData("HackTool:Win32/CobaltStrike.A", "Cobalt Strike")]
    [InlineData("PUA:Win32/CobaltStrike", null)]
    [InlineData("PUA:Win32/PsExec", "PsExec")]
    [InlineData("Ransom:Win32/Snake.A", null)]
    [InlineData("Trojan-Ransom.Win32.Snake.a", null)]
    [InlineData("Backdoor:Win32/Snake.A", "Uroburos")]
    [InlineData("Ransom:Win32/Medusa.A", "Medusa Ransomware")]
    [InlineData("Backdoor:Linux/Medusa.A", "MEDUSA")]
    [InlineData("Ransom:MSIL/Chaos.A", null)]
    [InlineData("Backdoor:Linux/Chaos.A", "Chaos")]
    [InlineData("Win32/Filecoder.Maze.D", "Maze")]
    [InlineData("Ransom:Win32/KillDisk", "KillDisk")]
    [InlineData("Ransom:Win32/WhisperGate.A!dha", "WhisperGate")]
    [InlineData("Trojan.Killdisk", "HermeticWiper")]
    [InlineData("Trojan.Killdisk!gen1", "HermeticWiper")]
    [InlineData("Trojan:Win32/KillDisk.A", "KillDisk")]
    [InlineData("Win32/KillDisk.NBB", "KillDisk")]
    [InlineData("Win32/Diskcoder.C", "NotPetya")]
    [InlineData("Win32/Diskcoder.D", "Bad Rabbit")]
    [InlineData("Trojan.Sofacy", "JHUHUGIT")]
    [InlineData("OSX.Sofacy", "XAgentOSX")]
    [InlineData("Trojan:Win32/Sofacy.A", "CORESHELL")]
    [InlineData("Backdoor.SofacyX", "CHOPSTICK")]
    [InlineData("Trojan.Mebromi", "Trojan.Mebromi")]
    [InlineData("Trojan.Mebromi.B", "Trojan.Mebromi")]
    [InlineData("Trojan.GTALK", "GLOOXMAIL")]
    [InlineData("PWS:Win32/Gtalk", null)]
    [InlineData("Trojan.Maljava", "jRAT")]
    [InlineData("Exploit:Java/Maljava", null)]
    [InlineData("Backdoor.Oldrea", "Backdoor.Oldrea")]
    [InlineData("Backdoor:Win32/Oldrea.A!dha", "Backdoor.Oldrea")]
    [InlineData("Trojan.Shunnael", "XTunnel")]
    [InlineData("Worm:Win32/Agent.btz", "Agent.btz")]
    [InlineData("Backdoor:MacOS/OceanLotus.F", "OSX_OCEANLOTUS.D")]
    [InlineData("Backdoor.Solaris.BPFDOOR.ZAJC", "BPFDoor")]
    [InlineData("Backdoor.APT.Gh0st", "gh0st RAT")]
    [InlineData("PUA:Win32/Agent.btz", null)]
    [InlineData("Win32.Net.exe", null)]
    [InlineData("://", null)]
    public void A_family_is_taken_out_of_a_name(string threat, string? software) =>
        Assert.Equal(software, ThreatNames.Software(threat, KnowledgeBase.Embedded)?.Name);

    // What 'knowledge show' takes for software, a record does too.
    [Fact]
    public void Each_name_of_several_parts_means_what_the_knowledge_base_calls_so()
    {
        (string Name, KnownSoftware Software)[] all =
        [
            .. KnowledgeBase.Embedded.Software.SelectMany(static s => s.Aliases.Select(static a => a.Name).Prepend(s.Name), static (s, name) => (Name: name, Software: s))
                .Where(static n => ThreatNames.Parts(n.Name).Length > 1 && !n.Name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase)),
        ];

        Assert.InRange(all.Length, 100, 1000);
        Assert.All(all, static n => Assert.Contains(n.Software, ThreatNames.Meaning(n.Name, KnowledgeBase.Embedded).Software));
    }

    [Theory]
    [InlineData("Trojan:Win32/Emotet!ml", true)]
    [InlineData("Trojan:Win32/Epic.A!cl", true)]
    [InlineData("Gen:Variant.Emotet.5", true)]
    [InlineData("Trojan.GenericKD.Emotet", true)]
    [InlineData("HEUR:Trojan-Banker.Win32.Emotet.gen", true)]
    [InlineData("Suspicious.Emotet", true)]
    [InlineData("Trojan:Win32/Emotet.A!MTB", false)]
    [InlineData("Troj/Emotet-CL", false)]
    [InlineData("Trojan.Emotet", false)]
    public void A_name_that_a_machine_gives_by_likeness_is_a_guess(string threat, bool isGuess) =>
        Assert.Equal(isGuess, ThreatNames.Meaning(threat, KnowledgeBase.Embedded).IsGuess);

    [Theory]
    [InlineData("Trojan:Win64/WellMess.A!MTB", true)]
    [InlineData("Trojan:Linux/WellMail.A", true)]
    [InlineData("HackTool:Win32/Mimikatz.D", false)]
    [InlineData("Backdoor:Win32/PlugX.A", false)]
    [InlineData("Trojan:Script/Wacatac.B!ml", false)]
    [InlineData("Trojan:Win32/Emotet!rfn", false)]
    [InlineData("Trojan:Win32/Lokibot.A", false)]
    [InlineData("TrojanSpy:Win32/Ursnif.A", false)]
    [InlineData("Trojan:Win32/Pikabot.A", false)]
    public void The_malware_of_one_group_tells_who(string threat, bool isOneGroups) =>
        Assert.Equal(isOneGroups, GroupMalware.Is(threat, KnowledgeBase.Embedded));

    [Fact]
    public void The_malware_of_one_group_is_what_judgements_take_for_it()
    {
        KnowledgeBase knowledge = KnowledgeBase.Embedded;
        var index = ActivityIndex.Of(knowledge);
        var profiles = new ProfileSet(index, index.NewestYear, static _ => true);

        Assert.Equal(
            knowledge.Software.Where(s => index.Feature(s.Id) is var feature && index.IsOwnMalware(feature) && profiles.AllUsers(feature) == 1).Select(static s => s.Name),
            knowledge.Software.Where(s => GroupMalware.IsOfOne(s, knowledge)).Select(static s => s.Name));
    }

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

    // What nobody can be told by is asked for: that it means several, or nothing that is known. What is no malware, and what machines name, is not.
    [Theory]
    [InlineData("Ransom:Win32/Lockbit.STA", "Lockbit", "LockBit 2.0", "LockBit 3.0")]
    [InlineData("Trojan:Win32/NukeSped.A", "NukeSped")]
    [InlineData("Trojan.Killdisk.B", "Trojan.Killdisk", "KillDisk", "HermeticWiper")]
    [InlineData("Win32/KillDisk.NCV", "KillDisk.NCV")]
    [InlineData("Win64/KillDisk.NCV", "KillDisk.NCV")]
    [InlineData("Win32/Diskcoder.E", "Diskcoder")]
    [InlineData("Mal/Drovo-A", "Drovo")]
    [InlineData("Trojan.GenericKD.12345", "")]
    [InlineData("Trojan:Win32/Wacatac.B!ml", "")]
    [InlineData("PUA:Win32/NSudo", "")]
    [InlineData("HackTool:Win32/Foobar", "")]
    [InlineData("not-a-virus:RemoteAdmin.Win32.RAdmin", "")]
    public void What_is_not_known_keeps_its_family(string threat, string family, params string[] software)
    {
        ThreatMeaning meaning = ThreatNames.Meaning(threat, KnowledgeBase.Embedded);

        Assert.Equal(family, meaning.Family);
        Assert.Equal(software, meaning.Software.Select(static s => s.Name));
    }

    [Theory]
    [InlineData("Symantec AntiVirus", @"Security Risk Found!Backdoor.Winnti in File: C:\a.dll by: Auto-Protect scan.  Action: Quarantine succeeded.", "Backdoor.Winnti")]
    [InlineData("Symantec AntiVirus", "Virus Found!Virus name: Trojan.Plugx in File: C:\\a.dll by: Scheduled scan.", "Trojan.Plugx")]
    [InlineData("McLogEvent", @"The file C:\c.exe contains the Trojan named PlugX-FXB!ABC. The file was deleted.", "PlugX-FXB!ABC")]
    [InlineData("McLogEvent", @"The file C:\x.exe contains W32/Sality.gen Virus. Undetermined clean error, deleted successfully.", "W32/Sality.gen")]
    [InlineData("SAVOnAccess", "File \"C:\\d.exe\" belongs to virus/spyware 'Troj/PlugX-AB'.", "Troj/PlugX-AB")]
    [InlineData("ESET Security", @"Real-time file system protection;file;C:\e.exe;a variant of Win32/Korplug.AB trojan;cleaned by deleting", "Win32/Korplug.AB")]
    [InlineData("Kaspersky Endpoint Security", @"Event type: Malicious object detected. Application\Name: kavfs.exe Name: HEUR:Backdoor.Win32.PlugX.gen Object: C:\f.exe", "HEUR:Backdoor.Win32.PlugX.gen")]
    [InlineData("Trend Micro OfficeScan Server", @"Virus/Malware: BKDR_PLUGX.ZTAF Computer: WS File: C:\h.exe Result: Quarantined", "BKDR_PLUGX.ZTAF")]
    [InlineData("McLogEvent", @"The file C:\a contains the Trojan named Winnti.exe contains the Trojan named PlugX-FXB. The file was deleted.", "")]
    [InlineData("McLogEvent", @"The file C:\x.exe contains Sality.gen Virus named Sality-B.", "Sality-B")]
    [InlineData("SAVOnAccess", "File \"C:\\d.exe\" belongs to virus/spyware \"Troj/PlugX-AB\".", "Troj/PlugX-AB")]
    [InlineData("SAVOnAccess", "File C:\\d.exe belongs to virus/spyware 'Troj/PlugX-AB\".", "")]
    [InlineData("Symantec AntiVirus", "Scan Complete:  Risks: 0   Scanned: 4711", "")]
    [InlineData("MyBackup", "File \"C:\\d.exe\" belongs to virus/spyware 'Troj/PlugX-AB'.", "")]
    public void A_name_is_taken_out_of_the_sentence_of_a_known_maker(string provider, string text, string threat)
    {
        IncidentEvent one = new ObservedIncident().Happen([], provider, 51, ObservedIncident.Monday, ("Data", text)) with { Channel = "Application" };

        Assert.Equal(threat, ThreatNames.In(one));
    }

    // Whether a match is done in time differs between machines, and what is said of a case must not.
    [Fact]
    public void No_sentence_is_given_up_after_a_time() =>
        Assert.All(ThreatTexts.Sentences, static sentence => Assert.Equal(Regex.InfiniteMatchTimeout, sentence.MatchTimeout));

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
    [InlineData("SentinelOne", "SentinelOne/Operational", "Threat_Name", true)]
    [InlineData("SentinelOne", "SentinelOne/Operational", "threatName", true)]
    [InlineData("SentinelOne", "SentinelOne/Operational", "Threat", false)]
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
