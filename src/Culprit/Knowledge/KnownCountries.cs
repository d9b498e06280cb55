using Culprit.Knowledge.Places;

namespace Culprit.Knowledge;

/// <summary>Names of countries, for those who show claims and those who take them from people.</summary>
public static class KnownCountries
{
    /// <summary>The short English name of an ISO 3166-1 alpha-2 code; the code itself where it is unknown.</summary>
    public static string Name(string code) => CountryNames.Name(code);

    /// <summary>The ISO 3166-1 alpha-2 code that a code or a country's English name means; null where it is none.</summary>
    public static string? Code(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return CountryNames.Code(name);
    }
}
