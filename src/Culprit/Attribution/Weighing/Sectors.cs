namespace Culprit.Attribution.Weighing;

/// <summary>Sectors under one name each, since origins spell them in many ways.</summary>
internal static class Sectors
{
    // By whole words, as letters within others mean something else: Mongolia and Congo are no NGO, gastroenterology is no gas. A plural fits by itself;
    // other forms are words of the table. The first that fits: non-governmental organisations stand before governments.
    private static readonly (string Name, string[][] Words)[] Known =
    [
        Sector("aerospace", "aerospace, aviation, satellite, space, spacecraft, airline"),
        Sector("defence", "defense, defence, military, army, weapon, weaponry"),
        Sector("education", "education, educational, university, academia, academic, academy, school"),
        Sector("energy", "energy, oil, gas, electric, electrical, electricity, nuclear, petroleum, petrochemical, petrochemistry, utility"),
        Sector("finance", "finance, financial, financing, financier, fintech, bank, banking, banker, insurance, insurer, crypto, cryptocurrency, payment"),
        Sector(
            "civil society",
            "civil society, ngo, non government, non governmental, nongovernment, nongovernmental, activist, activism, dissident, human rights"),
        Sector(
            "government",
            "government, governmental, intergovernmental, ministry, minister, ministerial, diplomacy, diplomat, diplomatic, embassy, public sector, administration, election"),
        Sector("hospitality", "hospitality, hotel, travel, tourism, retail, retailer, retailing, restaurant"),
        Sector(
            "health",
            "health, healthcare, hospital, clinic, clinical, pharma, biopharma, pharmaceutical, biopharmaceutical, pharmacy, pharmacology, medic, medical, biomedical, medicine, biomedicine, "
            + "biotech, biotechnology, vaccine"),
        Sector("research", "research, researcher, laboratory, think tank, science, scientific, scientist"),
        Sector("technology", "technology, nanotechnology, software, semiconductor, high tech, hi tech, high technology, electronics, microelectronics, it service, gaming"),
        Sector("telecommunications", "telecom, telecomm, telecommunication, internet service"),
        Sector("media", "media, journal, journalist, journalism, news, newspaper, broadcast, broadcaster, broadcasting"),
        Sector("transport", "transport, transportation, transporter, maritime, shipping, logistic, logistical, automotive, rail, railway, railroad"),
        Sector("manufacturing", "manufacture, manufacturer, manufacturing, industry, industrial, engineering, construction, chemical"),
    ];

    /// <summary>The names of sectors that are told apart.</summary>
    public static IEnumerable<string> Names => Known.Select(static k => k.Name);

    /// <summary>The sector's one name; the text itself, in lower case, where it is none of those.</summary>
    public static string Of(string text) => Fitting(text).FirstOrDefault() ?? text.Trim().ToLowerInvariant();

    /// <summary>Every sector that a text names, the one that it is taken as first.</summary>
    public static IEnumerable<string> Fitting(string text)
    {
        string[] words = WordsOf(text);
        return Known.Where(known => Array.Exists(known.Words, phrase => Has(words, phrase))).Select(static known => known.Name);
    }

    private static (string, string[][]) Sector(string name, string words) => (name, [.. words.Split(", ").Select(static phrase => phrase.Split(' '))]);

    private static string[] WordsOf(string text) =>
        new string([.. text.Select(static c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool Has(string[] words, string[] phrase) =>
        Enumerable.Range(0, Math.Max(0, words.Length - phrase.Length + 1)).Any(at => phrase.Index().All(p => Is(words[at + p.Index], p.Item)));

    // A word or its plural.
    private static bool Is(string word, string known) =>
        word.StartsWith(known, StringComparison.Ordinal)
            ? word.AsSpan(known.Length) is "" or "s" or "es"
            : known.EndsWith('y') && word.Length == known.Length + 2 && word.EndsWith("ies", StringComparison.Ordinal) && word.StartsWith(known[..^1], StringComparison.Ordinal);
}
