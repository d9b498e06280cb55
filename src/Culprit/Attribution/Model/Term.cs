namespace Culprit.Attribution.Model;

/// <summary>
/// The terms of the model: where each stands in a row of terms and among the weights, and what files call it. Those of groups come
/// first, then those of the unknown group.
/// </summary>
internal static class Term
{
    /// <summary>How much a group was reported on lately.</summary>
    public const int RecentReports = 0;

    /// <summary>How many reports there are of a group.</summary>
    public const int Reports = 1;

    /// <summary>Likeness to the report of a group that is most like what was observed.</summary>
    public const int NearestReport = 2;

    /// <summary>Likeness to the report that is so second most.</summary>
    public const int SecondReport = 3;

    /// <summary>Likeness to all that is known of a group.</summary>
    public const int Profile = 4;

    /// <summary>Malware that no other group is known for.</summary>
    public const int OwnMalware = 5;

    /// <summary>How often reports about a group mention what was observed, against reports about anybody.</summary>
    public const int Frequency = 6;

    /// <summary>The constant of the unknown group.</summary>
    public const int Unknown = 7;

    /// <summary>The malware that was observed, for the unknown group.</summary>
    public const int UnknownMalware = 8;

    /// <summary>Likeness of the group that resembles what was observed second best, for the unknown group.</summary>
    public const int UnknownSecondLikeness = 9;

    /// <summary>Likeness of the best of those groups of which too little is published to be weighed, for the unknown group.</summary>
    public const int UnknownThinLikeness = 10;

    /// <summary>How many terms there are.</summary>
    public const int Count = 11;

    /// <summary>What files call each term, in the order of terms.</summary>
    public static readonly string[] Names = [.. Enumerable.Range(0, Count).Select(Name)];

    private static string Name(int term) => term switch
    {
        RecentReports => "recent-reports",
        Reports => "reports",
        NearestReport => "nearest-report",
        SecondReport => "second-report",
        Profile => "profile",
        OwnMalware => "own-malware",
        Frequency => "frequency",
        Unknown => "unknown",
        UnknownMalware => "unknown-malware",
        UnknownSecondLikeness => "unknown-second-likeness",
        UnknownThinLikeness => "unknown-thin-likeness",
        _ => throw new ArgumentOutOfRangeException(nameof(term), term, "There is no such term."),
    };
}
