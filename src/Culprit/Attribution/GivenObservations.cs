using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Culprit.Attribution.Observing;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Attribution;

/// <summary>What a user knows and no log says, as observations. Names are resolved before: see <see cref="KnowledgeBase.Find"/>.</summary>
public static partial class GivenObservations
{
    /// <summary>What <see cref="Observation.Bases"/> says of them.</summary>
    public const string Basis = "given by the user";

    // Longer names than this are none.
    private const int MaxName = 100;

    /// <summary>The sectors that are told apart; others are compared as they are written.</summary>
    public static IEnumerable<string> Sectors => Weighing.Sectors.Names;

    /// <summary>Those of them that a text names, the one that <see cref="VictimSector"/> takes it as first.</summary>
    public static IEnumerable<string> SectorsIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Weighing.Sectors.Fitting(text);
    }

    /// <summary>A technique.</summary>
    public static Observation Technique(KnownTechnique technique, KnowledgeBase knowledge)
    {
        ArgumentNullException.ThrowIfNull(technique);
        ArgumentNullException.ThrowIfNull(knowledge);
        return Make(ObservationKind.Technique, technique.Id, TechniqueObservations.NameOf(technique, knowledge)!);
    }

    /// <summary>Malware or a tool.</summary>
    public static Observation Software(KnownSoftware software)
    {
        ArgumentNullException.ThrowIfNull(software);
        return Make(ObservationKind.Software, software.Id, software.Name);
    }

    /// <summary>The software that a name means as antivirus writes it (<c>Backdoor:Win32/PlugX.A</c>), as in records of antivirus; null where it means none, or several.</summary>
    public static KnownSoftware? SoftwareOfThreat(string threat, KnowledgeBase knowledge)
    {
        ArgumentNullException.ThrowIfNull(threat);
        ArgumentNullException.ThrowIfNull(knowledge);
        string name = threat.Trim();

        // Words alone are how people write.
        return name.Length <= ThreatNames.MaxLength && name.AsSpan().ContainsAny(":/._!") && ThreatNames.Parts(name).Length > 1 ? ThreatNames.Software(name, knowledge) : null;
    }

    /// <summary>Malware that the knowledge base does not hold; null where the text is no name that fits on a line, or has no letter or digit.</summary>
    /// <param name="name">What the user calls it.</param>
    public static Observation? NewMalware(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string own = name.Trim();
        return own.Length > MaxName || own.Any(char.IsControl) || !own.Any(char.IsLetterOrDigit) ? null : Make(ObservationKind.Software, own, own) with { NewMalware = true };
    }

    /// <summary>A vulnerability; null where the text is no CVE identifier.</summary>
    public static Observation? Vulnerability(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string id = text.Trim().ToUpperInvariant();
        return CveId().IsMatch(id) ? Make(ObservationKind.Vulnerability, id, id) : null;
    }

    /// <summary>What lists hold of an address, domain, URL, hash or path, each of their values by itself: a URL may hold the name of another host. None where no list holds it.</summary>
    /// <param name="value">As it was met.</param>
    /// <param name="indicators">The lists.</param>
    /// <param name="knowledge">What the lists' groups are called.</param>
    public static ImmutableArray<Observation> Indicators(string value, IndicatorSet indicators, KnowledgeBase knowledge)
    {
        ArgumentNullException.ThrowIfNull(indicators);
        ArgumentNullException.ThrowIfNull(knowledge);
        return
        [
            .. indicators.Find(value).GroupBy(static i => i.Value, StringComparer.Ordinal).Select(held => Make(ObservationKind.Indicator, held.Key, held.Key) with
            {
                Indicators = IndicatorClaims.Merged(held.Select(i => IndicatorObservations.Claim(i, knowledge))),
            }),
        ];
    }

    /// <summary>The victim's sector.</summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public static Observation VictimSector(string sector)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sector);
        string name = Weighing.Sectors.Of(sector);
        return Make(ObservationKind.VictimSector, name, name);
    }

    /// <summary>The victim's country, by its code or its English name; null where it is none.</summary>
    public static Observation? VictimCountry(string country)
    {
        ArgumentNullException.ThrowIfNull(country);
        return KnownCountries.Code(country.Trim()) is { } code ? Make(ObservationKind.VictimCountry, code, KnownCountries.Name(code)) : null;
    }

    /// <summary>Whether any group is known to have attacked a victim of that sector or country. Where none is, it tells no group from another.</summary>
    /// <param name="victim">What <see cref="VictimSector"/> or <see cref="VictimCountry"/> gives.</param>
    /// <param name="knowledge">Who attacked whom.</param>
    public static bool Attacked(Observation victim, KnowledgeBase knowledge)
    {
        ArgumentNullException.ThrowIfNull(victim);
        ArgumentNullException.ThrowIfNull(knowledge);
        IEnumerable<KnownVictims> victims = knowledge.Groups.Select(static g => g.Victims).OfType<KnownVictims>();
        return victim.Kind is ObservationKind.VictimSector
            ? victims.Any(v => v.Sectors.Any(s => Weighing.Sectors.Of(s) == victim.Value))
            : victims.Any(v => v.Countries.Contains(victim.Value, StringComparer.Ordinal));
    }

    /// <summary>The distance from UTC at whose hours the intruder works, such as <c>+08:00</c>, <c>8</c> or <c>-3</c>; null where it is none.</summary>
    public static Observation? Hours(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Match match = Offset().Match(text.Trim());
        if (!match.Success)
        {
            return null;
        }

        int hours = int.Parse(match.Groups["hours"].Value, CultureInfo.InvariantCulture);
        string minutes = match.Groups["minutes"].Length > 0 ? match.Groups["minutes"].Value : "00";
        string sign = match.Groups["sign"].Value == "-" && (hours, minutes) is not (0, "00") ? "-" : "+";
        string value = string.Create(CultureInfo.InvariantCulture, $"{sign}{hours:00}:{minutes}");
        return WorkingZones.TryParse(value, out _) ? Make(ObservationKind.WorkingHours, value, $"work at hours that fit UTC{value}") : null;
    }

    private static Observation Make(ObservationKind kind, string value, string name) => new() { Kind = kind, Value = value, Name = name, Bases = [ObservationBasis.Of(Basis)] };

    [GeneratedRegex(@"^CVE-[0-9]{4}-[0-9]{4,7}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CveId();

    [GeneratedRegex(@"^(?:UTC)?(?<sign>[+-]?)(?<hours>[0-9]{1,2})(?::(?<minutes>00|15|30|45))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Offset();
}
