namespace Culprit.Events;

/// <summary>What kind of thing two events have in common.</summary>
public enum ClueKind
{
    /// <summary>A process of one host; the event is about it or was caused by it.</summary>
    Process,

    /// <summary>The process that started the event's process.</summary>
    ParentProcess,

    /// <summary>
    /// A process by its number alone, as the Security log and PowerShell name it. Windows gives numbers out again, so that it
    /// means the same process for a while only.
    /// </summary>
    ProcessNumber,

    /// <summary>The process that started the event's process, by its number alone.</summary>
    ParentProcessNumber,

    /// <summary>A logon session of one host.</summary>
    Session,

    /// <summary>A network address that is not the machine's own loopback.</summary>
    Address,

    /// <summary>An account of a person or a service, not of a machine or of Windows itself.</summary>
    Account,

    /// <summary>A file outside of the folders that every Windows has.</summary>
    File,

    /// <summary>The SHA-256, or else the MD5, of such a file.</summary>
    Hash,

    /// <summary>A file that a web server gives out: as a request names it, or as the file system does.</summary>
    WebFile,

    /// <summary>Another machine that the event names, without its domain.</summary>
    Host,

    /// <summary>A name that was asked of the domain name system, outside of what every network asks for.</summary>
    Domain,

    /// <summary>A Windows service.</summary>
    Service,

    /// <summary>A scheduled task.</summary>
    Task,
}

/// <summary>
/// Something that an event may have in common with other events, and by which they can be joined. Equal where they mean the
/// same thing: letter case, ways of writing an address and the like are gone.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Which one; empty for processes and sessions, whose identifiers nobody reads.</param>
/// <param name="Key">
/// Which process or session, host included: XXH3 of both, 64 bits. Who can write a record whose identifier has the same hash
/// as another's can as well write the same identifier. 0 for all other kinds.
/// </param>
public readonly record struct EventClue(ClueKind Kind, string Name, ulong Key)
{
    /// <summary>Whether it is a hash that can be compared with those of other files.</summary>
    public bool TellsContent => Kind == ClueKind.Hash && ClueText.TellsContent(Name);

    /// <summary>Whether clues of a kind have a key instead of a name.</summary>
    public static bool HasKey(ClueKind kind) =>
        kind is ClueKind.Process or ClueKind.ParentProcess or ClueKind.ProcessNumber or ClueKind.ParentProcessNumber or ClueKind.Session;
}
