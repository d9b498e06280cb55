using System.Collections.Immutable;

namespace Culprit.Knowledge.Indicators.Stix;

/// <summary>
/// The values that a STIX pattern looks for: those of which one alone satisfies it. What it looks for in other ways, or only together with something else,
/// is refused.
/// </summary>
internal static class PatternValues
{
    private const int MaxLength = 4 * 1024 * 1024;

    // What part of a value a comparison gives.
    private enum Role
    {
        Other,
        Hash,
        Address,
        Port,
        Host,
        Url,
        File,
        Folder,

        // Says of what kind the rest is, or what belongs to it: a value without it is the same value.
        Aside,
    }

    /// <summary>Reads a pattern.</summary>
    /// <returns>Each value or part of the pattern as it is written, and what was read of it.</returns>
    public static IEnumerable<(string Written, ReadValue Value)> Of(string pattern)
    {
        if (pattern.Length > MaxLength)
        {
            return [(pattern, ReadValue.Refused($"is a pattern of more than {MaxLength} characters"))];
        }

        try
        {
            var alternatives = PatternReader.Read(pattern, out ImmutableArray<string> leftOut);
            return [.. alternatives.SelectMany(Of), .. leftOut.Select(why => (pattern, ReadValue.Refused(why)))];
        }
        catch (FormatException e)
        {
            return [(pattern, ReadValue.Refused($"is no pattern of STIX: it {e.Message}"))];
        }
    }

    private static IEnumerable<(string Written, ReadValue Value)> Of(ImmutableArray<Comparison> together)
    {
        // A hash says which file it is, whatever else is said of that file.
        string[] hashes = [.. together.Where(static c => c.Operator is "=" && RoleOf(c) is Role.Hash).Select(static c => c.Value)];
        if (hashes.Length > 0)
        {
            return hashes.Select(static h => (h, HashText.IsHash(h) ? ValueReader.Read(h) : ReadValue.Refused("is no MD5, SHA-1 or SHA-256")));
        }

        string written = string.Join(" AND ", together.Select(static c => $"{c.Path} {c.Operator} '{c.Value}'"));
        Comparison[] asked = [.. together.Where(static c => RoleOf(c) is not Role.Aside)];
        return [asked.FirstOrDefault(static c => !IsEqual(c)) is { } other
            ? (written, ReadValue.Refused($"compares by {other.Operator}"))
            : Whole(written, [.. asked.OrderBy(RoleOf)])];
    }

    private static (string Written, ReadValue Value) Whole(string written, Comparison[] asked)
    {
        string first = asked.Length > 0 ? asked[0].Value : "";
        return asked.Select(RoleOf).ToArray() switch
        {
            [Role.Address] or [Role.Host] or [Role.Url] => (first, ValueReader.Read(first)),
            [Role.Address, Role.Port] when WithPort(first, asked[1].Value) is var at => (at, ValueReader.Read(at)),
            [Role.File] => (first, ValueReader.Read(first, file: true)),
            [Role.File, Role.Folder] when asked[1].Value.TrimEnd('\\', '/') + "\\" + first is var path => (path, ValueReader.Read(path, file: true)),
            [Role.Other] => (written, ReadValue.Refused($"looks at what is not looked for ({Known(asked[0].Path)})")),
            _ => (written, ReadValue.Refused("asks for several things together")),
        };
    }

    private static string WithPort(string address, string port) => (address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address) + ":" + port;

    // A range of addresses contains what it is compared with.
    private static bool IsEqual(Comparison comparison) => comparison.Operator is "=" || (comparison.Operator is "ISSUBSET" && RoleOf(comparison) is Role.Address);

    private static Role RoleOf(Comparison comparison)
    {
        string path = comparison.Path.Replace("'", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal).ToLowerInvariant();
        return path switch
        {
            "ipv4-addr:value" or "ipv6-addr:value" or "network-traffic:dst_ref.value" or "network-traffic:src_ref.value" => IsAddress(comparison.Value) ? Role.Address : Role.Host,
            "network-traffic:dst_port" => Role.Port,
            "domain-name:value" or "hostname:value" or "x-opencti-hostname:value" => Role.Host,
            "url:value" => Role.Url,
            "file:name" or "process:name" or "process:image_ref.name" or "process:binary_ref.name" => Role.File,
            "file:parent_directory_ref.path" or "process:image_ref.parent_directory_ref.path" or "process:binary_ref.parent_directory_ref.path" => Role.Folder,
            "network-traffic:dst_ref.type" or "network-traffic:src_ref.type" => Role.Aside,
            _ when path.StartsWith("network-traffic:protocols[", StringComparison.Ordinal) || path.StartsWith("domain-name:resolves_to_refs[", StringComparison.Ordinal) => Role.Aside,
            _ when IsOfHash(path) => Role.Hash,
            _ => Role.Other,
        };
    }

    private static bool IsAddress(string value) => value.AsSpan().IndexOfAnyExcept("0123456789abcdefABCDEF:./") < 0;

    private static bool IsOfHash(string path) =>
        path[(path.LastIndexOf('.') + 1)..] is "md5" or "sha-1" or "sha1" or "sha-256" or "sha256" && path.Contains("hashes.", StringComparison.Ordinal);

    // Whoever writes a bundle may name paths of any length.
    private static string Known(string path) => path.Length > 80 ? path[..80] + "..." : path;
}
