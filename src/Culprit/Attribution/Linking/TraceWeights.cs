namespace Culprit.Attribution.Linking;

/// <summary>
/// What a shared trace is worth: natural logarithms of how much more often incidents of one campaign share such a thing than
/// unrelated ones do. Set by hand, as no public history of cases with their traces exists; docs/attribution-linking.md gives the reasons.
/// </summary>
internal static class TraceWeights
{
    // Pairs of values that chance may bring together: with more of them on both sides, a match says less.
    internal const double FreeComparisons = 400;
    internal const double LeastShare = 0.1;

    /// <summary>The line of evidence, the name of the kind, and how many years it takes until a trace says half as much.</summary>
    public static (LinkLine Line, string Name, double HalfLife) Of(TraceKind kind) => kind switch
    {
        TraceKind.Address => (LinkLine.Infrastructure, "address", 1.5),
        TraceKind.Domain => (LinkLine.Infrastructure, "domain", 4),
        TraceKind.Hash => (LinkLine.Files, "file hash", 10),
        TraceKind.FileName => (LinkLine.Files, "file name", 10),
        TraceKind.Service => (LinkLine.Files, "service", 10),
        TraceKind.Task => (LinkLine.Files, "scheduled task", 10),
        TraceKind.UserAgent => (LinkLine.Requests, "user agent", 10),
        TraceKind.WebShell => (LinkLine.Requests, "web shell path", 10),
        _ => (LinkLine.Accounts, "created account", 10),
    };

    /// <summary>The weight before age and chance, how easily it is left on purpose, and why it is what it is.</summary>
    public static (double Weight, Spoofability Spoofability, string Note) Weigh(TraceKind kind, TraceGrade grade, bool sameVictim) => (kind, grade) switch
    {
        (TraceKind.Address, TraceGrade.Common) => (0.2, Spoofability.Easy, "Many unrelated people use this address."),
        (TraceKind.Address, TraceGrade.Knocked) => (0.3, Spoofability.Easy, "On one side at least it only knocked and was refused, as scanners do everywhere."),
        (TraceKind.Address or TraceKind.Domain, TraceGrade.Written) when sameVictim => (0.5, Spoofability.Easy, "One institution's own commands and scripts hold the same names too."),
        (TraceKind.Address or TraceKind.Domain, TraceGrade.Written) =>
            (1.5, Spoofability.Easy, "On one side at least it only stands in what somebody ran: nothing shows that it was spoken to, and a script that is public brings it along."),
        (TraceKind.Address, TraceGrade.Present) => (1.5, Spoofability.Easy, "On one side at least nothing says that the intruder did anything from it."),
        (TraceKind.Address, TraceGrade.Reached) when !sameVictim => (4.5, Spoofability.Moderate, "Programs of the incidents spoke to it, which whoever makes a program can have it do."),
        (TraceKind.Address, TraceGrade.Worked) when !sameVictim => (6, Spoofability.Hard, "Somebody worked from it in both, for which it must be held."),
        (TraceKind.Address, _) => (2, Spoofability.Moderate, "One institution's own people and partners come from the same addresses too."),
        (TraceKind.Domain, TraceGrade.Common) => (0.2, Spoofability.Easy, "Many unrelated people use this name."),
        (TraceKind.Domain, TraceGrade.Present) => (1.5, Spoofability.Easy, "A service gives such names to anybody: one customer has it, and another one later."),
        (TraceKind.Domain, _) when sameVictim => (2, Spoofability.Moderate, "One institution's own programs ask for the same names too."),
        (TraceKind.Domain, _) => (5, Spoofability.Moderate, ""),
        (TraceKind.Hash, TraceGrade.Common) => (0.5, Spoofability.Easy, "The program names a publisher or product, or is known as one that anybody can fetch."),
        (TraceKind.Hash, _) when sameVictim => (2, Spoofability.Moderate, "One institution's own programs are the same on many of its machines."),
        (TraceKind.Hash, TraceGrade.Present) => (3, Spoofability.Moderate, "On one side at least the record has no field for the publisher, so that it may be a program that anybody has."),
        (TraceKind.Hash, _) => (6, Spoofability.Hard, ""),
        (_, _) when sameVictim => (0, Spoofability.Easy, "Names within one institution say nothing of the intruder."),
        (TraceKind.CreatedAccount, TraceGrade.Common) => (0.4, Spoofability.Easy, "Many would choose this name."),
        (TraceKind.CreatedAccount, _) => (2.5, Spoofability.Easy, ""),
        (TraceKind.Service or TraceKind.Task, TraceGrade.Common) => (0.2, Spoofability.Easy, "Many have one of that name."),
        (TraceKind.Service or TraceKind.Task, _) => (2, Spoofability.Easy, ""),
        (TraceKind.FileName, TraceGrade.Common) => (0.2, Spoofability.Easy, "Many have a file of that name."),
        (TraceKind.FileName, _) => (1.5, Spoofability.Easy, ""),
        (TraceKind.WebShell, TraceGrade.Common) => (0.3, Spoofability.Easy, "Many would choose this name."),
        (TraceKind.WebShell, _) => (1.5, Spoofability.Easy, ""),
        (_, TraceGrade.Common) => (0.1, Spoofability.Trivial, "Many people or scanners have this user agent."),
        _ => (1.2, Spoofability.Easy, ""),
    };

    /// <summary>What remains of a weight when so many values could have met by chance.</summary>
    public static double AfterChance(double weight, long comparisons) =>
        Math.Max(weight * LeastShare, weight - Math.Log(Math.Max(1, comparisons / FreeComparisons)));
}
