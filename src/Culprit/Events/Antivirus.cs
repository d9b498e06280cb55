namespace Culprit.Events;

/// <summary>Which programs that write logs are antivirus or EDR of other makers than Microsoft, told by how their names begin.</summary>
internal static class Antivirus
{
    /// <summary>How providers and channels begin; what follows is the product.</summary>
    public static readonly string[] Makers =
    [
        "Avast", "AVG", "Avira", "Bitdefender", "Carbon Black", "CarbonBlack", "CbDefense", "Cisco AMP", "Cisco Secure Endpoint", "ClamAV", "Comodo", "CrowdStrike", "Cybereason",
        "Cylance", "Dr.Web", "Elastic Endpoint", "Emsisoft", "ESET", "F-Secure", "FSecure", "FireEye", "FortiClient", "G DATA", "HitmanPro", "KAVFS", "Kaspersky",
        "Malwarebytes", "McAfee", "McLogEvent", "Norton", "Panda", "SAVOnAccess", "SentinelOne", "Sophos", "Symantec", "Trellix", "Trend Micro", "TrendMicro", "Webroot",
        "WithSecure",
    ];

    /// <summary>Whether a provider or channel is of one of these makers.</summary>
    public static bool IsOfMaker(string name) => Array.Exists(Makers, maker => IsOf(name, maker));

    // SophosAV, but not a word that happens to begin so.
    private static bool IsOf(string name, string maker) =>
        name.StartsWith(maker, StringComparison.OrdinalIgnoreCase) && (name.Length == maker.Length || !char.IsLower(name[maker.Length]));
}
