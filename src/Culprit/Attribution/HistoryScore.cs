namespace Culprit.Attribution;

/// <summary>How well one set of held-out cases was answered. Shares are 0 to 1.</summary>
public sealed record HistoryScore
{
    /// <summary>Which cases, and how much of each was observed.</summary>
    public required string Name { get; init; }

    /// <summary>Cases whose group was known well enough to be named.</summary>
    public required int Known { get; init; }

    /// <summary>Cases whose group was not.</summary>
    public required int New { get; init; }

    /// <summary>Share of known cases whose group was ranked first.</summary>
    public required double Top1 { get; init; }

    /// <summary>Among the first three.</summary>
    public required double Top3 { get; init; }

    /// <summary>Among the first five.</summary>
    public required double Top5 { get; init; }

    /// <summary>Among the first ten.</summary>
    public required double Top10 { get; init; }

    /// <summary>Share of known cases that are named rightly when names are given, most certain first, as long as 95 of 100 are right, and only known groups are asked for.</summary>
    public required double Coverage { get; init; }

    /// <summary>The same when new groups are asked for too.</summary>
    public required double CoverageAmongAll { get; init; }

    /// <summary>Share of new cases for which some group got 55 % or more.</summary>
    public required double NewNamed { get; init; }

    /// <summary>Cases in which some group got 55 % or more.</summary>
    public required int Named { get; init; }

    /// <summary>Those of them in which it was the right one.</summary>
    public required int NamedRight { get; init; }

    /// <summary>Those of them in which it was the right one or, as is known today, a relative of it.</summary>
    public required int NamedCluster { get; init; }

    /// <summary>Those of them in which the public gives both the named group and the right one a single country.</summary>
    public required int NamedCountries { get; init; }

    /// <summary>Those of these in which it is the same country.</summary>
    public required int NamedCountriesRight { get; init; }

    /// <summary>Expected calibration error of the leading group's probability.</summary>
    public required double CalibrationError { get; init; }

    /// <summary>The same of the leading explanation, which may be the unknown group.</summary>
    public required double CalibrationErrorOfAny { get; init; }

    /// <summary>Share of known cases, of groups with one publicly given country, in which that country had most probability.</summary>
    public required double CountryTop1 { get; init; }

    /// <summary>How many cases those are.</summary>
    public required int CountryCases { get; init; }
}
