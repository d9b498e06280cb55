namespace Culprit.Incidents.Joining;

/// <summary>
/// For how long sharing something means something, for findings and for the events around them alike. Only a process that a log
/// names by more than its number is the same thing for ever: everything else is given out again, used again, or anybody's.
/// </summary>
internal static class Nearness
{
    /// <summary>A file, its hash, a file of a web server, an outside address, a domain, and what lists hold: what an intruder has, he has for weeks.</summary>
    public static readonly TimeSpan OfContact = TimeSpan.FromDays(30);

    /// <summary>An address inside, which goes from machine to machine.</summary>
    public static readonly TimeSpan OfInsideAddress = TimeSpan.FromHours(2);

    /// <summary>A logon session: its number counts from the start of the machine.</summary>
    public static readonly TimeSpan OfSession = TimeSpan.FromHours(12);

    /// <summary>An account, and hosts that name each other.</summary>
    public static readonly TimeSpan OfAccount = TimeSpan.FromHours(6);

    /// <summary>A service or task: names of these are often the same everywhere.</summary>
    public static readonly TimeSpan OfWork = TimeSpan.FromDays(1);

    /// <summary>What one process starts.</summary>
    public static readonly TimeSpan OfSiblings = TimeSpan.FromHours(1);

    /// <summary>A process by its number, which is soon given out again.</summary>
    public static readonly TimeSpan OfNumber = TimeSpan.FromHours(1);
}
