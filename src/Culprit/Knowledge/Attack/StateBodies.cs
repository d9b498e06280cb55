using System.Text.RegularExpressions;

namespace Culprit.Knowledge.Attack;

/// <summary>A body of a state that groups are attributed to.</summary>
/// <param name="Name">Its usual English name with its short form.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Pattern">How texts name it; its group <c>unit</c> is the unit of it, where one is named.</param>
internal sealed record StateBody(string Name, string Country, Regex Pattern);

/// <summary>The state bodies that are looked for where ATT&amp;CK says whom a group is attributed to.</summary>
internal static class StateBodies
{
    /// <summary>All of them; the first that fits a place in a text is meant.</summary>
    public static IReadOnlyList<StateBody> All { get; } =
    [
        Body("Foreign Intelligence Service (SVR)", "RU", @"Foreign Intelligence Service|\bSVR\b"),
        Body("Federal Security Service (FSB)", "RU", @"(?:Federal Security Service(?: \(FSB\))?|\bFSB\b)(?:['’]s)?(?: (?<unit>Center [0-9]+))?"),
        Body("Main Intelligence Directorate (GRU)", "RU", @"(?:Main Intelligence Directorate|\bGRU\b)(?:[^.]{0,100}?\b(?<unit>[Uu]nit [0-9]{5}))?"),
        Body("Ministry of State Security (MSS)", "CN", @"(?<!Korean )Ministry of State Security(?:['’]s)?(?: \(MSS\)(?:['’]s)?)?(?: (?<unit>[A-Z]\w+ State Security (?:Bureau|Department)))?|\bMSS\b"),
        Body("People's Liberation Army (PLA)", "CN", @"(?:(?<unit>Unit [0-9]{5}) of the [^.]{0,40})?(?:People['’]s Liberation Army|\bPLA\b)(?:[^.]{0,160}?(?:\b(?<unit>Unit [0-9]{5})|Designator (?<unit>[0-9]{5})))?"),
        Body("Ministry of Public Security (MPS)", "CN", @"(?:Chinese|China['’]s) Ministry of Public Security"),
        Body("Reconnaissance General Bureau (RGB)", "KP", @"Reconnaissance General Bureau|\bRGB\b"),
        Body("Islamic Revolutionary Guard Corps (IRGC)", "IR", @"Islamic Revolutionary Guard Corps|\bIRGC\b"),
        Body("Ministry of Intelligence and Security (MOIS)", "IR", @"Ministry of Intelligence(?: and Security)?|\bMOIS\b"),
        Body("General Directorate of General Security (GDGS)", "LB", @"General Directorate of General Security|\bGDGS\b"),
        Body("National Security Agency (NSA)", "US", @"National Security Agency|\bNSA\b"),
        Body("Unit 8200", "IL", @"\bUnit 8200\b"),
        Body("Inter-Services Intelligence (ISI)", "PK", @"Inter-Services Intelligence"),
        Body("Hamas", "PS", @"\bHamas\b"),
        Body("Hezbollah", "LB", @"\bHezbollah\b"),
    ];

    private static StateBody Body(string name, string country, string pattern) =>
        new(name, country, new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)));
}
