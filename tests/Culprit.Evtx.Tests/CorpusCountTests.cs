using Culprit.TestSupport;

namespace Culprit.Evtx.Tests;

/// <summary>How many records the files of the corpus hold, as their own projects pinned them.</summary>
[Trait("needs", "corpus")]
public sealed class CorpusCountTests
{
    [Theory]
    [InlineData("sample-with-irregular-bool-values.evtx", 3028, 0)]
    [InlineData("2-vss_7-System.evtx", 1160, 0)]
    [InlineData("2-vss_0-Microsoft-Windows-TerminalServices-RemoteConnectionManager%4Operational.evtx", 1774, 2)]
    [InlineData("Microsoft-Windows-HelloForBusiness%4Operational.evtx", 6, 0)]
    [InlineData("sample-with-zero-data-size-event.evtx", 335, 1)]
    public void A_parser_sample_has_its_known_count_of_good_and_bad_records(string file, int good, int bad)
    {
        Assert.SkipUnless(RepositoryRoot.HasShared, "the shared corpus is not here");
        string path = Path.Combine(RepositoryRoot.Shared, "corpus", "evtx", "parser-samples", file);
        EvtxChunkResult result = EvtxFiles.Read(path, new NoVisitor(), EvtxOptions.Default, []);
        Assert.Equal((good, bad), (result.Good, result.Bad));
    }

    private sealed class NoVisitor : IEvtxVisitor
    {
        public void Visit(scoped in EvtxRecord record) => _ = record.Layout.Fields.Count;
    }
}
