namespace Culprit.Dossier.Pictures;

/// <summary>Tactics that share a colour and a shape in pictures, so that a reader need tell seven apart and not fifteen.</summary>
public enum TacticFamily
{
    /// <summary>An event that no rule found.</summary>
    Around,

    /// <summary>Reconnaissance, preparation, the way in.</summary>
    Entry,

    /// <summary>Running programs.</summary>
    Execution,

    /// <summary>Staying, and getting more rights.</summary>
    Hold,

    /// <summary>Hiding, and impairing defences.</summary>
    Hiding,

    /// <summary>Passwords, and looking around.</summary>
    Knowing,

    /// <summary>From host to host.</summary>
    Movement,

    /// <summary>Collecting, commanding from outside, taking, destroying.</summary>
    Taking,
}

/// <summary>Families of tactics.</summary>
public static class TacticFamilies
{
    /// <summary>The family of a tactic; <see cref="TacticFamily.Around"/> for none.</summary>
    public static TacticFamily Of(string tactic) => tactic switch
    {
        "" or null => TacticFamily.Around,
        "reconnaissance" or "resource-development" or "initial-access" => TacticFamily.Entry,
        "persistence" or "privilege-escalation" => TacticFamily.Hold,
        "stealth" or "defense-evasion" or "defense-impairment" => TacticFamily.Hiding,
        "credential-access" or "discovery" => TacticFamily.Knowing,
        "lateral-movement" => TacticFamily.Movement,
        "collection" or "command-and-control" or "exfiltration" or "impact" => TacticFamily.Taking,
        _ => TacticFamily.Execution,
    };

    /// <summary>The name of a family in the legend.</summary>
    public static string Title(TacticFamily family) => family switch
    {
        TacticFamily.Entry => "The way in",
        TacticFamily.Execution => "Programs run",
        TacticFamily.Hold => "A foothold kept, rights gained",
        TacticFamily.Hiding => "Traces hidden",
        TacticFamily.Knowing => "Passwords and looking around",
        TacticFamily.Movement => "From host to host",
        TacticFamily.Taking => "Collected, commanded, taken",
        _ => "A record around these",
    };

    /// <summary>The class that gives a family its colour.</summary>
    public static string Class(TacticFamily family) => family switch
    {
        TacticFamily.Entry => "f-entry",
        TacticFamily.Execution => "f-run",
        TacticFamily.Hold => "f-hold",
        TacticFamily.Hiding => "f-hide",
        TacticFamily.Knowing => "f-know",
        TacticFamily.Movement => "f-move",
        TacticFamily.Taking => "f-take",
        _ => "f-around",
    };
}
