using System.Text.Json;
using Culprit.SampleMaker.Scenario;
using Culprit.TestSupport;

namespace Culprit.Evtx.Tests;

/// <summary>The sample that ships is what its scenario gives, and its truth points at records that are there.</summary>
public sealed class ResearchLabTests
{
    private static string Committed => Path.Combine(RepositoryRoot.Path, "samples", "research-lab");

    [Fact]
    public void The_scenario_gives_the_committed_evidence_byte_for_byte()
    {
        string made = Directory.CreateTempSubdirectory("culprit-sample").FullName;
        try
        {
            EvidenceFolder.Make(Path.Combine(Committed, "scenario.yml"), made);

            List<string> files = FilesOf(made);
            Assert.Equal(FilesOf(Committed).Where(f => f is not ("README.md" or "scenario.yml")), files, StringComparer.Ordinal);
            foreach (string file in files)
            {
                Assert.True(
                    File.ReadAllBytes(Path.Combine(made, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(Committed, file))),
                    file + " differs: make the sample again, and commit it together with the change");
            }
        }
        finally
        {
            Directory.Delete(made, recursive: true);
        }
    }

    [Fact]
    public void Every_line_of_the_truth_names_a_file_that_is_there()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Committed, "truth.jsonl"));
        Assert.True(lines.Length > 150);
        foreach (string line in lines)
        {
            using JsonDocument truth = JsonDocument.Parse(line);
            string file = Path.Combine(Committed, truth.RootElement.GetProperty("file").GetString()!);
            Assert.True(File.Exists(file), file);
            if (truth.RootElement.TryGetProperty("line", out JsonElement number))
            {
                string request = File.ReadLines(file).ElementAt(number.GetInt32() - 1);
                Assert.StartsWith("2020-02-", request, StringComparison.Ordinal);
                Assert.Contains(" 203.0.113.", request, StringComparison.Ordinal);
            }
            else
            {
                Assert.True(truth.RootElement.GetProperty("record_id").GetUInt64() > 0);
            }
        }
    }

    private static List<string> FilesOf(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];
}
