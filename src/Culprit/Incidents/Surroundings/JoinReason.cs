namespace Culprit.Incidents.Surroundings;

/// <summary>Why an event belongs to an incident; what says most comes first. Several may hold.</summary>
[Flags]
internal enum JoinReasons
{
    /// <summary>It does not belong to it.</summary>
    None = 0,

    /// <summary>A rule found it.</summary>
    Finding = 1 << 0,

    /// <summary>A process of the incident did it.</summary>
    Process = 1 << 1,

    /// <summary>A process of the incident started it.</summary>
    Started = 1 << 2,

    /// <summary>A process did it that others use too, at the time of a finding about it.</summary>
    NearProcess = 1 << 3,

    /// <summary>It was started by what started a process of the incident.</summary>
    Sibling = 1 << 4,

    /// <summary>A process with the number of one of the incident's did it within the hour.</summary>
    Number = 1 << 5,

    /// <summary>It happened in a session that the intruder opened.</summary>
    OwnSession = 1 << 6,

    /// <summary>It happened in a session of the incident.</summary>
    Session = 1 << 7,

    /// <summary>A logon from a host of the incident while the incident was active there.</summary>
    Logon = 1 << 8,

    /// <summary>A connection at the moment of such a logon.</summary>
    Link = 1 << 9,

    /// <summary>A file that was written over the network just after the incident reached a share.</summary>
    Written = 1 << 10,

    /// <summary>A request that sends something to a web server as that starts a process of the incident.</summary>
    WebRequest = 1 << 11,

    /// <summary>An outside address, or the name of one, of the incident.</summary>
    Address = 1 << 12,

    /// <summary>A file of the incident.</summary>
    File = 1 << 13,

    /// <summary>A service or task of the incident.</summary>
    Work = 1 << 14,

    /// <summary>It is a process of the incident, or what one did.</summary>
    Lineage = Process | Started | NearProcess | Sibling | Number,
}

/// <summary>Reasons in words.</summary>
internal static class JoinReasonText
{
    /// <summary>A sentence for an event that no rule found.</summary>
    public static string Sentence(JoinReasons reasons) => First(reasons) switch
    {
        JoinReasons.Finding => "A rule found it.",
        JoinReasons.Process => "A process of this incident did it.",
        JoinReasons.Started => "A process of this incident started it.",
        JoinReasons.NearProcess => "The process of a finding did it within ten minutes of that finding.",
        JoinReasons.Sibling => "What started a process of this incident started it too, within the hour.",
        JoinReasons.Number => "A process with the number of one of this incident's did it within the hour.",
        JoinReasons.OwnSession => "It happened in a logon session that was opened from a host of this incident.",
        JoinReasons.Session => "It happened in a logon session of this incident.",
        JoinReasons.Logon => "A host of this incident was its origin while the intruder was active there, and this account does not usually come from it.",
        JoinReasons.Link => "It is the connection of a logon of this incident.",
        JoinReasons.Written => "It was written over the network within seconds of this incident's reaching a share there.",
        JoinReasons.WebRequest => "It sent something to the web server within seconds of that server's starting a process of this incident.",
        JoinReasons.Address => "An outside address or domain of this incident is in it.",
        JoinReasons.File => "A file of this incident is in it.",
        _ => "A service or task of this incident is in it.",
    };

    /// <summary>What two incidents share that meet in an event: the weaker of the reasons for which it belongs to each.</summary>
    public static string Through(JoinReasons one, JoinReasons other) => (JoinReasons)Math.Max((int)First(one), (int)First(other)) switch
    {
        JoinReasons.Finding => "the same event",
        JoinReasons.Process or JoinReasons.NearProcess or JoinReasons.Number => "the same process",
        JoinReasons.Started => "a process and what started it",
        JoinReasons.Sibling => "started by the same process",
        JoinReasons.OwnSession or JoinReasons.Session => "the same logon session",
        JoinReasons.Logon => "a logon from one host to the other",
        JoinReasons.Link => "the connection of a logon",
        JoinReasons.Written => "a file written over the network",
        JoinReasons.WebRequest => "a request that started a process",
        JoinReasons.Address => "the same address or domain",
        JoinReasons.File => "the same file",
        _ => "the same service or task",
    };

    /// <summary>The reason that says most.</summary>
    public static JoinReasons First(JoinReasons reasons) => reasons & (JoinReasons)(-(int)reasons);
}
