using System.Text.RegularExpressions;
using Culprit.Incidents;

namespace Culprit.Attribution.Observing;

/// <summary>
/// The name of a threat in the one sentence that most makers of antivirus write instead of named fields: <c>Security Risk Found!Trojan.PlugX in File: ...</c>
/// (Symantec), <c>belongs to virus/spyware 'Troj/PlugX-AB'</c> (Sophos), <c>contains the Trojan named PlugX-FXB</c> (McAfee), <c>a variant of Win32/Korplug.AB
/// trojan</c> (ESET), <c>Name: HEUR:Backdoor.Win32.PlugX.gen</c> (Kaspersky), <c>Virus/Malware: BKDR_PLUGX.ZTAF</c> (Trend Micro).
/// </summary>
internal static partial class ThreatTexts
{
    /// <summary>Longer texts are not read for names, in characters.</summary>
    public const int MaxLength = 4096;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // A limit of time would make what is said of a case depend on how fast the machine is. None is needed: what repeats in a sentence is blanks or has a greatest number,
    // so that no text up to the greatest length takes long. The engine without backtracking is no way out: of some texts it finds less, depending on those before.
    private const int Limit = Timeout.Infinite;

    // An unnamed text, what exports call one, and its rendering, where an export has nothing else.
    private static readonly string[] Fields = ["Data", "param1", "Message"];

    /// <summary>What the sentences are known by; their group <c>name</c> is the name.</summary>
    internal static readonly Regex[] Sentences = [Found(), Named(), Contained(), Quoted(), Labelled(), OfKaspersky(), OfEset()];

    /// <summary>
    /// The only name in an event's texts; empty where there is none, or several: paths stand there too, and whoever names a file after a sentence adds a name
    /// and does not choose it.
    /// </summary>
    public static string NameIn(IncidentEvent one)
    {
        foreach (string field in Fields)
        {
            string[] names = [.. one.Fields.Where(f => f.Name == field && f.Value is { Length: > 0 and <= MaxLength }).SelectMany(static f => NamesIn(f.Value!)).Distinct(StringComparer.OrdinalIgnoreCase)];
            if (names.Length > 0)
            {
                return names.Length == 1 ? names[0] : "";
            }
        }

        return "";
    }

    /// <summary>Whether an event has texts in which a name may stand, of which one is longer than is read.</summary>
    public static bool IsTooLong(IncidentEvent one) => one.Fields.Any(static f => f.Value is { Length: > MaxLength } && Fields.Contains(f.Name, StringComparer.Ordinal));

    private static IEnumerable<string> NamesIn(string text) => Sentences.SelectMany(sentence => sentence.Matches(text))
        .Select(static m => m.Groups["name"].Value.Trim(' ', '.', ',', ';', ':', '\'', '"')).Where(static name => name.Length > 1);

    [GeneratedRegex(@"\b(risk|virus|malware|threat) found!\s*(virus name:\s*)?(?<name>\S.{0,98}?)\s+in file:", Options, Limit)]
    private static partial Regex Found();

    [GeneratedRegex(@"\b(virus|trojan|worm|backdoor|ransomware|rootkit|exploit|spyware|malware) named (?<name>[^\s'""]{2,100})", Options, Limit)]
    private static partial Regex Named();

    [GeneratedRegex(@"\bcontains (the )?(?<name>[^\s'""]{2,100}) (virus|trojan|worm|backdoor|ransomware|rootkit|exploit|spyware|malware)\b(?! named)", Options, Limit)]
    private static partial Regex Contained();

    [GeneratedRegex(@"\b(virus/spyware|virus or unwanted program|virus|trojan|worm|backdoor|ransomware|rootkit|exploit|spyware|malware) (?<q>['""])(?<name>[^'""]{2,100})\k<q>", Options, Limit)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(virus/malware|infection|(virus|malware|threat|detection|risk) name)\s?[:=]\s?['""]?(?<name>[a-z][^\s'"";,]{1,99})", Options, Limit)]
    private static partial Regex Labelled();

    // What else has a name there, such as the program that found it, has no kind in front.
    [GeneratedRegex(@"\bname:\s?(?<name>([a-z]{2,5}:)?(backdoor|trojan|worm|[a-z]{2,8}-worm|virus|exploit|hacktool|rootkit|dangerousobject)[\w-]{0,20}\.[\w.-]{2,80})", Options, Limit)]
    private static partial Regex OfKaspersky();

    [GeneratedRegex(@"\b(?<name>[a-z][a-z0-9]{1,11}/[\w.-]{2,80}) (virus|trojan|worm|backdoor|ransomware|rootkit|exploit|spyware|malware)\b", Options, Limit)]
    private static partial Regex OfEset();
}
