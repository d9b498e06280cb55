using System.Text.RegularExpressions;

namespace Culprit.Architecture.Tests;

/// <summary>What a reader of any source file may rely on.</summary>
public sealed partial class SourceTests
{
    private const int LongestFile = 500;

    [Fact]
    public void A_source_file_is_short_or_says_why_it_is_long()
    {
        string[] tooLong = [.. Sources.All
            .Where(source => source.Lines.Length > LongestFile + 1 && !source.Lines.Take(5).Any(line => ReasonForLength().IsMatch(line)))
            .Select(source => $"{source.Path}: {source.Lines.Length - 1} lines; split it by idea, or open it with \"// Long because ...\"")];
        Sources.AssertNone(tooLong);
    }

    [Fact]
    public void Work_left_over_has_an_owner()
    {
        string[] orphans = [.. Sources.All
            .SelectMany(source => source.Lines.Select((line, index) => (source.Path, Number: index + 1, Line: line)))
            .Where(place => OrphanedWork().IsMatch(place.Line))
            .Select(place => $"{place.Path}:{place.Number}: {place.Line.Trim()}")];
        Sources.AssertNone(orphans);
    }

    [Fact]
    public void No_folder_is_named_after_nothing()
    {
        string[] vague = ["Abstractions", "Common", "Utils", "Utilities", "Helpers", "Misc", "Domain", "Infrastructure", "Shared"];
        string[] found = [.. new[] { "src", "tests", "bench", "fuzz", "samples" }
            .SelectMany(top => Sources.Folders(top, deep: true))
            .Where(folder => vague.Contains(folder.Split('/')[^1], StringComparer.OrdinalIgnoreCase))];
        Sources.AssertNone(found);
    }

    [Fact]
    public void A_namespace_is_its_folder_or_a_folder_above()
    {
        // Above: a package keeps what its users name in one namespace, while the files lie with the idea that they belong to.
        string[] strays = [.. Sources.Product
            .Select(source => (source.Path, Expected: ExpectedNamespace(source.Path), Actual: NamespaceLine().Match(source.Text).Groups["name"].Value))
            .Where(source => source.Actual.Length > 0 && !(source.Expected + ".").StartsWith(source.Actual + ".", StringComparison.Ordinal))
            .Select(source => $"{source.Path} declares {source.Actual}, its folder says {source.Expected}")];
        Sources.AssertNone(strays);
    }

    private static string ExpectedNamespace(string path) => string.Join('.', path.Split('/')[1..^1]);

    [GeneratedRegex(@"^// Long because \S+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReasonForLength();

    [GeneratedRegex(@"(//|\*).*\b(T[O]DO|F[I]XME)\b(?!\(\w)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OrphanedWork();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamespaceLine();
}
