using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using System.Xml;
using Culprit.TestSupport;

namespace Culprit.Evtx.Tests.SecondOpinions;

/// <summary>Every record of every file of the corpus, value by value, against evtxexport of libevtx.</summary>
[Trait("needs", "corpus")]
public sealed partial class LibevtxTests
{
    [Fact]
    public void Every_value_of_the_corpus_is_what_libevtx_reads()
    {
        Assert.SkipUnless(RepositoryRoot.HasShared, "the shared corpus is not here");
        Assert.SkipUnless(ExternalTool.Works("evtxexport", "-V"), "evtxexport (package libevtx-utils) is not installed");
        var differences = new ConcurrentBag<string>();
        int compared = 0;
        Parallel.ForEach(Corpus.Files(), new ParallelOptions { MaxDegreeOfParallelism = 2 }, path =>
            Interlocked.Add(ref compared, Compare(path, differences)));
        Difference.AssertNone(differences);

        // Missing to the whole: the forwarded records (537 in eight files), one with a wrong copy of its size, and what both
        // found by signature.
        Assert.Equal(20056, compared);
    }

    private static int Compare(string path, ConcurrentBag<string> differences)
    {
        string name = Corpus.NameOf(path);
        var problems = new List<EvtxProblem>();
        List<ReadRecord> ours = RecordCollector.ReadFile(path, problems);

        // libevtx exports apart what it finds by signature, and so do we flag it; and it gives up a record whose size
        // differs from its copy, which we read.
        ours.RemoveAll(r => r.IsSlack || problems.Exists(p => p.Kind == EvtxProblemKind.RecordSize && p.Offset == r.Offset));
        string[] theirs = Events(ExternalTool.Run("evtxexport", "-f", "xml", path).Output);
        if (theirs.Length == 0 && IsForwarded(path))
        {
            // libevtx cannot read records without templates.
            return 0;
        }

        if (ours.Count != theirs.Length)
        {
            differences.Add($"{name}: {ours.Count} records, libevtx has {theirs.Length}");
            return 0;
        }

        for (int i = 0; i < theirs.Length; i++)
        {
            Compare(name, ours[i], theirs[i], differences);
        }

        return theirs.Length;
    }

    private static void Compare(string name, ReadRecord ours, string theirs, ConcurrentBag<string> differences)
    {
        List<(string Path, string Value)> mine = FlatXml.Read(ours.Xml);
        List<(string Path, string Value)> other;
        try
        {
            other = FlatXml.Read(Difference.WithPictures(theirs));
        }
        catch (XmlException e)
        {
            differences.Add($"{name}, record {ours.Id}: libevtx gives no XML: {e.Message}");
            return;
        }

        if (!mine.Select(l => l.Path).SequenceEqual(other.Select(l => l.Path), StringComparer.Ordinal))
        {
            differences.Add($"{name}, record {ours.Id}: other elements\n{ours.Xml}\n{theirs}");
            return;
        }

        for (int i = 0; i < mine.Count; i++)
        {
            if (!Difference.IsExplained(mine[i].Value, other[i].Value))
            {
                differences.Add($"{name}, record {ours.Id}, {mine[i].Path}: '{mine[i].Value}', libevtx has '{other[i].Value}'");
            }
        }
    }

    // The first record's BinXML does not start with a template instance.
    private static bool IsForwarded(string path)
    {
        using FileStream stream = File.OpenRead(path);
        stream.Position = EvtxFormat.FileHeaderSize + 512 + 24;
        Span<byte> start = stackalloc byte[5];
        stream.ReadExactly(start);
        return start[4] != 0x0C;
    }

    private static string[] Events(string output) =>
        [.. StartOfEvent().Split(output).Where(e => e.StartsWith("<Event ", StringComparison.Ordinal)).Select(e => e.TrimEnd())];

    [GeneratedRegex("^(?=<Event xmlns)", RegexOptions.Multiline)]
    private static partial Regex StartOfEvent();
}
