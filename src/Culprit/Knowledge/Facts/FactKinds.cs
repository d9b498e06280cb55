namespace Culprit.Knowledge.Facts;

/// <summary>
/// The words that facts begin with. Facts are UTF-8 text, one a line, fields separated by tabs, lists within a field by
/// <c>|</c> and numbers of sources by commas; an empty field says that the value is not known. The first line is
/// <c>culprit-facts</c> and the version of this format. Kinds stand in the order below and are sorted within themselves;
/// what a fact speaks of has to be defined above it.
/// </summary>
internal static class FactKinds
{
    public const string Header = "culprit-facts";
    public const string Version = "1";

    /// <summary><c>origin COLLECTION NAME VERSION DATE LICENCE NOTICE</c>.</summary>
    public const string Origin = "origin";

    /// <summary><c>source NUMBER NAME PUBLISHER DATE URL</c>.</summary>
    public const string Source = "source";

    /// <summary><c>technique ID NAME PARENT TACTICS PLATFORMS</c>.</summary>
    public const string Technique = "technique";

    /// <summary><c>software ID NAME KIND PLATFORMS</c>.</summary>
    public const string Software = "software";

    /// <summary><c>group ID NAME CREATED</c>.</summary>
    public const string Group = "group";

    /// <summary><c>campaign ID NAME FIRST LAST</c>.</summary>
    public const string Campaign = "campaign";

    /// <summary><c>actor UUID NAME COUNTRY CONFIDENCE SPONSOR</c>.</summary>
    public const string Actor = "actor";

    /// <summary><c>successor OLD-ID ID</c>.</summary>
    public const string Successor = "successor";

    /// <summary><c>retired ID NAME</c>.</summary>
    public const string Retired = "retired";

    /// <summary><c>alias ID NAME SOURCES</c>.</summary>
    public const string Alias = "alias";

    /// <summary><c>country GROUP CODE stated|suspected SOURCES</c>.</summary>
    public const string Country = "country";

    /// <summary><c>sponsor GROUP NAME CODE stated|suspected SOURCES</c>.</summary>
    public const string Sponsor = "sponsor";

    /// <summary><c>attributed CAMPAIGN GROUP SOURCES</c>.</summary>
    public const string Attributed = "attributed";

    /// <summary><c>uses ID TECHNIQUE-OR-SOFTWARE SOURCES</c>.</summary>
    public const string Uses = "uses";

    /// <summary><c>exploits ID CVE SOURCES</c>.</summary>
    public const string Exploits = "exploits";

    /// <summary><c>synonym UUID NAME</c>.</summary>
    public const string Synonym = "synonym";

    /// <summary><c>victim UUID country|sector|other VALUE</c>.</summary>
    public const string Victim = "victim";

    /// <summary><c>reference UUID URL</c>.</summary>
    public const string Reference = "reference";

    /// <summary><c>same GROUP UUID NAMES</c>: certainly the same.</summary>
    public const string Same = "same";

    /// <summary><c>candidate GROUP UUID NAMES</c>: may be the same.</summary>
    public const string Candidate = "candidate";

    public const string Stated = "stated";
    public const string Suspected = "suspected";
    public const string Attack = "attack";
    public const string MispGalaxy = "misp-galaxy";
    public const string Malware = "malware";
    public const string Tool = "tool";
    public const string Commodity = "commodity";
    public const string VictimCountry = "country";
    public const string VictimSector = "sector";
    public const string VictimOther = "other";
}
