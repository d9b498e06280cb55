using System.Text.RegularExpressions;
using Culprit.TestSupport;

namespace Culprit.Architecture.Tests;

/// <summary>docs/code-structure.md names the folders that exist, and no others.</summary>
public sealed partial class CodeStructureTests
{
    [Fact]
    public void The_document_names_exactly_the_folders_that_exist()
    {
        string document = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "code-structure.md"));
        string[] named = [.. FolderRow().Matches(document).Select(match => match.Groups["path"].Value)];
        string[] existing = [.. Sources.Folders("", deep: false).Where(folder => !folder.StartsWith('.')),
            .. Sources.Folders("src", deep: true),
            .. new[] { "tests", "bench", "fuzz", "samples" }.SelectMany(top => Sources.Folders(top, deep: false))];

        string[] wrong = [
            .. named.Except(existing, StringComparer.Ordinal).Select(folder => $"{folder}/ is named and does not exist"),
            .. existing.Except(named, StringComparer.Ordinal).Select(folder => $"{folder}/ exists and is not named"),
            .. named.CountBy(folder => folder, StringComparer.Ordinal).Where(pair => pair.Value > 1).Select(pair => $"{pair.Key}/ is named twice")];
        Sources.AssertNone([.. wrong.Order(StringComparer.Ordinal)]);
    }

    [Fact]
    public void A_stage_that_is_not_built_yet_has_no_folder()
    {
        string document = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "code-structure.md"));
        string[] waiting = [.. House.Line.Append("Knowledge").Where(stage => document.Contains($"| {stage} (not built yet) |", StringComparison.Ordinal))];
        string[] wrong = [
            .. waiting.Where(stage => Directory.Exists(Path.Combine(RepositoryRoot.Path, "src", "Culprit", stage)))
                .Select(stage => $"{stage} is built; say what it holds"),
            .. House.Line.Append("Knowledge").Except(waiting, StringComparer.Ordinal)
                .Where(stage => !Directory.Exists(Path.Combine(RepositoryRoot.Path, "src", "Culprit", stage)))
                .Select(stage => $"{stage} is neither built nor marked \"(not built yet)\"")];
        Sources.AssertNone(wrong);
    }

    /// <summary>A table row whose first cell is a folder: <c>| `src/Culprit/` | ... |</c>.</summary>
    [GeneratedRegex(@"^\| `(?<path>[^`]+)/` \|", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FolderRow();
}
