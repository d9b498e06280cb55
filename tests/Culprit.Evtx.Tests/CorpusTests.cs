using System.Globalization;
using System.Text.Json;
using Culprit.TestSupport;

namespace Culprit.Evtx.Tests;

/// <summary>The three ways out of one parse (view, XML, JSON) say the same of every record of the corpus.</summary>
[Trait("needs", "corpus")]
public sealed class CorpusTests
{
    /// <summary>The good counts are those of libevtx too (see <see cref="SecondOpinions.LibevtxTests"/>), except where that test says why not.</summary>
    [Fact]
    public void The_corpus_has_its_known_counts()
    {
        Assert.SkipUnless(RepositoryRoot.HasShared, "the shared corpus is not here");
        string[] expected = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "tests", "Data", "Evtx", "corpus-counts.tsv"));
        List<string> actual = [];
        foreach (string path in Corpus.Files())
        {
            EvtxChunkResult result = EvtxFiles.Read(path, new NoVisitor(), EvtxOptions.Default, []);
            actual.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Good}\t{result.Bad}\t{result.Slack}\t{Corpus.NameOf(path)}"));
        }

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void The_view_has_the_leaves_of_the_tree()
    {
        Assert.SkipUnless(RepositoryRoot.HasShared, "the shared corpus is not here");
        foreach (string path in Corpus.Files())
        {
            foreach (ReadRecord record in RecordCollector.ReadFile(path))
            {
                List<(string Name, string Value)> expected = FieldsOf.Xml(record.Xml);
                var actual = record.Fields.SelectMany(f => f.Values, (f, v) => (f.Name, Value: FieldsOf.AsXmlKeepsIt(v)));
                Assert.Equal(expected, actual);
            }
        }
    }

    [Fact]
    public void The_JSON_has_the_values_of_the_view()
    {
        Assert.SkipUnless(RepositoryRoot.HasShared, "the shared corpus is not here");
        foreach (string path in Corpus.Files())
        {
            foreach (ReadRecord record in RecordCollector.ReadFile(path))
            {
                using JsonDocument document = JsonDocument.Parse(record.Json);
                string[] values = [.. FieldsOf.JsonValues(document.RootElement).Order(StringComparer.Ordinal)];
                string[] expected = [.. record.Fields.SelectMany(f => f.Values).Where(v => v.Length > 0).Order(StringComparer.Ordinal)];
                Assert.Equal(expected, values);
            }
        }
    }

    private sealed class NoVisitor : IEvtxVisitor
    {
        public void Visit(scoped in EvtxRecord record) => _ = record.Layout.Fields.Count;
    }
}
