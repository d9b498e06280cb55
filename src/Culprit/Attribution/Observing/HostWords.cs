using System.Collections.Frozen;
using Culprit.Knowledge;

namespace Culprit.Attribution.Observing;

/// <summary>
/// Whether two institutions could have come upon one name for a host, or for a domain inside, by themselves. A role and a number, such as
/// dc01, web-1 or mail, stand in every network; letters and digits that an installer draws, or a long word of one's own, do not.
/// </summary>
internal static class HostWords
{
    /// <summary>What a name counts that few others would give. Names that count less need one another.</summary>
    public const int Uncommon = 2;

    // Short words, such as a person's name or the name of a department, are met twice now and then.
    private const int Short = 1, None = 0;
    private const int LongWord = 6, LongNumber = 5;

    private static readonly FrozenSet<string> Roles = Set(
        "server servers srv serv svr host machine computer comp client clients pc desktop laptop notebook tablet workstation workstations station wks wkst wkstn work mobile kiosk thin terminal "
        + "term web www website webmail mail email smtp imap pop mailer exchange exch owa edge relay spam domain controller pdc bdc rodc active directory adds ldap dns dhcp ntp time name "
        + "radius nps wins sql mssql mysql postgres pgsql mongo redis elastic kibana oracle database data mariadb file files fileserver share storage nas san backup bak bkp veeam print "
        + "printer prn app apps application api proxy squid cache firewall gateway vpn rdp rds rdgw citrix xen xenapp vdi virtual vmware vcenter vsphere esx esxi hyper hyperv hypervisor kvm "
        + "proxmox node nodes cluster docker kube kubernetes master slave worker primary secondary main manager mgmt management admin administrator adm user users test testing tester dev "
        + "devel development developer prod production stage staging qas uat demo lab train training temp tmp old new legacy public private internal external intern extern monitor monitoring "
        + "nagios zabbix prtg splunk siem syslog log logs logger collector elk wsus sccm update updates patch antivirus cert certs pki root adfs aad sso iam iis apache nginx tomcat intranet "
        + "extranet portal sharepoint wiki crm erp sap git gitlab github jenkins build runner agent jira confluence ftp sftp upload jump jumphost jumpbox bastion voip pbx phone video camera cam "
        + "router switch core local localhost localdomain home office remote site branch corp corporate company business enterprise group team hr it finance accounting sales support helpdesk "
        + "reception security sec soc ops operations net network cloud azure aws ec2 vps hosted hosting default unknown none null example sample my "
        + "windows win winsrv winserver linux ubuntu debian centos redhat rhel fedora rocky alma suse kali macos mac macbook imac raspberrypi raspberry vagrant xp vista std ent dc ad db fs ts vm ws "
        + "msedgewin iewin ie victim target attacker");

    // Clouds give their own to everybody.
    private static readonly string[] CloudZones = ["compute.internal", "ec2.internal", "compute.amazonaws.com", "cloudapp.net", "cloudapp.azure.com"];

    /// <summary>What a host's name counts, its domain left out: up to <see cref="Uncommon"/>.</summary>
    public static int OfHost(string name)
    {
        int point = name.IndexOf('.', StringComparison.Ordinal);
        return Of(point < 0 ? name : name[..point]);
    }

    /// <summary>
    /// What the domain of hosts counts: <see cref="Uncommon"/> where it is somebody's on the internet. Of a domain inside a network nobody is asked whether another
    /// has it: whatever word stands there, such as the trade of the institution, it counts less.
    /// </summary>
    public static int OfDomain(string domain)
    {
        if (Array.Exists(CloudZones, zone => IsOrEndsWith(domain, zone)) || SharedServices.IsSharedItself(domain))
        {
            return None;
        }

        bool isOneLabel = !domain.Contains('.', StringComparison.Ordinal);
        return !isOneLabel && !PrivateNames.IsInside(domain) ? Uncommon
            : !isOneLabel || IsNamed(domain) ? Short
            : None;
    }

    /// <summary>Whether a domain inside a network has a word that is no role, such as the institution's name or its trade.</summary>
    public static bool IsNamed(string domain) =>
        !PrivateNames.IsNoDomain(domain) && Array.Exists(domain.Split('.'), static l => Of(l) > None);

    private static int Of(string label)
    {
        int sum = None;
        foreach (string part in label.Split(['-', '_', ' ', '$', '(', ')'], StringSplitOptions.RemoveEmptyEntries))
        {
            sum += OfPart(part);
        }

        return Math.Min(Uncommon, sum);
    }

    private static int OfPart(string part)
    {
        string word = part.TrimEnd(Digits);
        if (part.Length - word.Length >= LongNumber)
        {
            return Uncommon;
        }

        word = word.TrimStart(Digits);
        if (word.AsSpan().ContainsAnyInRange('0', '9'))
        {
            // Drawn letters and digits; win10srv, dc01b and the like are roles all the same.
            string[] words = word.Split(Digits, StringSplitOptions.RemoveEmptyEntries);
            bool isRole = words.Length == 2 && (IsRole(words[0]) || IsRole(words[1])) && Array.TrueForAll(words, static w => w.Length == 1 || IsRole(w));
            return isRole || part.Length < LongWord ? None : Uncommon;
        }

        return word.Length < 3 || IsRole(word) ? None : word.Length < LongWord ? Short : Uncommon;
    }

    // A role, or two of them in one word, such as mailserver.
    private static bool IsRole(string word)
    {
        FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> roles = Roles.GetAlternateLookup<ReadOnlySpan<char>>();
        if (roles.Contains(word))
        {
            return true;
        }

        for (int i = 2; i <= word.Length - 2; i++)
        {
            if (roles.Contains(word.AsSpan(0, i)) && roles.Contains(word.AsSpan(i)))
            {
                return true;
            }
        }

        return false;
    }

    private static char[] Digits { get; } = [.. "0123456789"];

    private static bool IsOrEndsWith(string domain, string zone) =>
        domain.EndsWith(zone, StringComparison.Ordinal) && (domain.Length == zone.Length || domain[^(zone.Length + 1)] == '.');

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
