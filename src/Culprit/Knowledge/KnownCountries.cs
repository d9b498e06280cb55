using Culprit.Knowledge.Places;

namespace Culprit.Knowledge;

/// <summary>Names of countries, for those who show claims.</summary>
public static class KnownCountries
{
    /// <summary>The short English name of an ISO 3166-1 alpha-2 code; the code itself where it is unknown.</summary>
    public static string Name(string code) => CountryNames.Name(code);
}
