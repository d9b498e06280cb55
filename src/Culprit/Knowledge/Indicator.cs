using System.Collections.Immutable;

namespace Culprit.Knowledge;

/// <summary>What an indicator is.</summary>
public enum IndicatorKind
{
    /// <summary>An address of IPv4 or IPv6, with or without a port: <c>192.0.2.1</c>, <c>192.0.2.1:8443</c>, <c>2001:db8::1</c>, <c>[2001:db8::1]:443</c>.</summary>
    Address,

    /// <summary>A domain, which means every name below it too.</summary>
    Domain,

    /// <summary>A host and the beginning of a path, without scheme and port: <c>example.org/a/b.php</c>.</summary>
    Url,

    /// <summary>The MD5, SHA-1 or SHA-256 of a file, in lower-case hexadecimal.</summary>
    Hash,

    /// <summary>The path of a URL, which begins with <c>/</c>; or the end of a file's path, with <c>\</c> between its parts.</summary>
    Path,
}

/// <summary>What many people use who have nothing to do with each other, so that meeting it says little about who it was.</summary>
public enum SharedInfrastructure
{
    /// <summary>Names that anybody may have for a changing address.</summary>
    DynamicDns,

    /// <summary>Names and addresses that a cloud gives to whatever its customers run.</summary>
    Cloud,

    /// <summary>Short addresses that lead to others.</summary>
    UrlShortener,

    /// <summary>Files that anybody may put there.</summary>
    FileHosting,

    /// <summary>Copies of others' content.</summary>
    ContentDelivery,

    /// <summary>Ways into machines that have no address of their own.</summary>
    Tunnel,

    /// <summary>Text that anybody may put there.</summary>
    Paste,

    /// <summary>Pages that anybody may make under the name of who hosts them.</summary>
    WebHosting,
}

/// <summary>A list of indicators that somebody ascribes to one group.</summary>
/// <param name="Name">What the list is called, such as <c>apt_sofacy</c>.</param>
/// <param name="Aliases">Other names of the group, as the list gives them, in ordinal order.</param>
/// <param name="GroupIds">Identifiers of the group in MITRE ATT&amp;CK, such as <c>G0007</c>, in ordinal order.</param>
public sealed record IndicatorList(string Name, ImmutableArray<string> Aliases, ImmutableArray<string> GroupIds)
{
    /// <summary>
    /// What stands behind the name of a list that somebody gives under the name of one that comes with the program: it is another list, by whoever made it, and
    /// adds nothing to that one.
    /// </summary>
    public const string Given = " (given)";

    /// <summary>The name that it was given under.</summary>
    internal static string GivenName(string name) => name.EndsWith(Given, StringComparison.Ordinal) ? name[..^Given.Length] : name;
}

/// <summary>How much a list holds.</summary>
/// <param name="List">The list.</param>
/// <param name="Values">How many indicators.</param>
/// <param name="FirstYear">The year of its oldest report; null where no year is known.</param>
/// <param name="LastYear">That of its newest; null where none is known.</param>
public sealed record IndicatorListExtent(IndicatorList List, int Values, int? FirstYear, int? LastYear);

/// <summary>Something that was seen when a group was at work, by the account of one list.</summary>
public sealed record Indicator
{
    /// <summary>What it is.</summary>
    public required IndicatorKind Kind { get; init; }

    /// <summary>The value in its one form: lower case, nothing defanged, no scheme; see <see cref="IndicatorKind"/>.</summary>
    public required string Value { get; init; }

    /// <summary>The list that it stands in.</summary>
    public required IndicatorList List { get; init; }

    /// <summary>The report that the list names for it, as a URL; null where it names none.</summary>
    public required string? Source { get; init; }

    /// <summary>The year of that report, where its URL or the text beside it says so; null otherwise.</summary>
    public required int? Year { get; init; }

    /// <summary>How many lists of different groups hold the same value, this one among them.</summary>
    public required int ListCount { get; init; }

    /// <summary>Whose infrastructure it is, where many share it; null where nothing of the kind is known.</summary>
    public required SharedInfrastructure? Shared { get; init; }
}
