namespace Culprit.Knowledge.Indicators;

/// <summary>Types of MISP's attributes, some of which join two values.</summary>
internal static class MispTypes
{
    /// <summary>The answer to an attribute that MISP marks as context.</summary>
    public static ReadValue NotMarked => ReadValue.Refused("is marked as nothing to look for (to_ids is false)");

    /// <summary>The values that a value of a type is made of, and whether each is the name of a file; of a type that joins nothing the value itself.</summary>
    public static (string Value, bool File)[] Parts(string type, string value)
    {
        string[] parts = value.Split('|', 2);
        string second = parts.Length > 1 ? parts[1] : "";
        return type switch
        {
            "ip-dst|port" or "ip-src|port" or "hostname|port" =>
                [(second.Length == 0 ? parts[0] : (parts[0].Contains(':', StringComparison.Ordinal) ? "[" + parts[0] + "]" : parts[0]) + ":" + second, false)],
            "domain|ip" => [(parts[0], false), (second, false)],
            "filename|md5" or "filename|sha1" or "filename|sha256" or "malware-sample" => [(parts[0], true), (second, false)],
            "filename" => [(value, true)],
            _ => [(value, false)],
        };
    }
}
