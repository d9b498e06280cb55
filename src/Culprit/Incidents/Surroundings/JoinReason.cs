namespace Culprit.Incidents.Surroundings;

/// <summary>Why an event belongs to an incident; what says most comes first.</summary>
internal enum JoinReason
{
    /// <summary>A rule found it.</summary>
    Finding,

    /// <summary>A process of the incident did it.</summary>
    Process,

    /// <summary>A process of the incident started it.</summary>
    Started,

    /// <summary>A process did it that others use too, at the time of a finding about it.</summary>
    NearProcess,

    /// <summary>It was started by what started a process of the incident.</summary>
    Sibling,

    /// <summary>A process with the number of one of the incident's did it within the hour.</summary>
    Number,

    /// <summary>It happened in a session of the incident.</summary>
    Session,

    /// <summary>A logon from a host of the incident while the incident was active there.</summary>
    Logon,

    /// <summary>A connection at the moment of such a logon.</summary>
    Link,

    /// <summary>A file that was written over the network just after the incident reached a share.</summary>
    Written,

    /// <summary>An outside address of the incident.</summary>
    Address,

    /// <summary>A file of the incident.</summary>
    File,

    /// <summary>A service or task of the incident.</summary>
    Work,
}

/// <summary>Reasons in words.</summary>
internal static class JoinReasons
{
    /// <summary>A sentence for an event that no rule found.</summary>
    public static string Sentence(JoinReason reason) => reason switch
    {
        JoinReason.Finding => "A rule found it.",
        JoinReason.Process => "A process of this incident did it.",
        JoinReason.Started => "A process of this incident started it.",
        JoinReason.NearProcess => "The process of a finding did it within ten minutes of that finding.",
        JoinReason.Sibling => "What started a process of this incident started it too, within the hour.",
        JoinReason.Number => "A process with the number of one of this incident's did it within the hour.",
        JoinReason.Session => "It happened in a logon session of this incident.",
        JoinReason.Logon => "A host of this incident was its origin while the intruder was active there, and this account does not usually come from it.",
        JoinReason.Link => "It is the connection of a logon of this incident.",
        JoinReason.Written => "It was written over the network within seconds of this incident's reaching a share there.",
        JoinReason.Address => "An outside address of this incident is in it.",
        JoinReason.File => "A file of this incident is in it.",
        _ => "A service or task of this incident is in it.",
    };
}
