using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Culprit.TestSupport;

namespace Culprit.Evtx.Tests.SecondOpinions;

/// <summary>Records of every file of the corpus, value by value, against python-evtx.</summary>
[Trait("needs", "corpus")]
public sealed partial class PythonEvtxTests
{
    private const string Python = "/usr/bin/python3";

    // python-evtx reads 300 records a second: the first 25 records of a file and then every twentieth are compared.
    private const string Script =
        """
        import sys
        import Evtx.Evtx as evtx
        sys.stdout.reconfigure(encoding='utf-8', errors='replace', newline='\n')
        for path in sys.argv[1:]:
            print('\x1d' + path, end='')
            with evtx.Evtx(path) as log:
                for i, record in enumerate(log.records()):
                    if i >= 25 and i % 20 != 0:
                        continue
                    try:
                        xml = record.xml()
                    except Exception as e:
                        xml = ''
                    print('\x1e%d\x1f%s' % (record.offset(), xml), end='')
        """;

    [Fact]
    public void Values_of_every_file_of_the_corpus_are_what_python_evtx_reads()
    {
        Assert.SkipUnless(RepositoryRoot.HasShared, "the shared corpus is not here");
        Assert.SkipUnless(ExternalTool.Works(Python, "-c", "import Evtx"), "python-evtx (package python3-evtx) is not installed");
        var differences = new ConcurrentBag<string>();
        int compared = 0;
        Parallel.ForEach(Corpus.Files().Chunk(24), new ParallelOptions { MaxDegreeOfParallelism = 2 }, paths =>
        {
            string output = ExternalTool.Run(Python, ["-c", Script, .. paths]).Output;
            string[] files = output.Split('\x1d', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(paths.Length, files.Length);
            for (int i = 0; i < files.Length; i++)
            {
                Interlocked.Add(ref compared, Compare(paths[i], files[i].Split('\x1e')[1..], differences));
            }
        });
        Difference.AssertNone(differences);
        Assert.True(compared > 3000, $"only {compared} records were compared");
    }

    private static int Compare(string path, string[] records, ConcurrentBag<string> differences)
    {
        string name = Corpus.NameOf(path);
        Dictionary<long, ReadRecord> ours = RecordCollector.ReadFile(path).ToDictionary(r => r.Offset);
        int compared = 0;
        foreach (string record in records)
        {
            string[] parts = record.Split('\x1f', 2);
            long offset = long.Parse(parts[0], CultureInfo.InvariantCulture);

            // Where python-evtx fails (records without templates, a damaged one) there is nothing to compare.
            if (parts[1].Length == 0)
            {
                continue;
            }

            if (!ours.TryGetValue(offset, out ReadRecord? mine))
            {
                differences.Add($"{name}: python-evtx has a record at {offset}");
                continue;
            }

            Compare(name, mine, parts[1], differences);
            compared++;
        }

        return compared;
    }

    private static void Compare(string name, ReadRecord ours, string theirs, ConcurrentBag<string> differences)
    {
        List<(string Path, string Value)> mine = FlatXml.Read(ours.Xml);
        List<(string Path, string Value)> other = FlatXml.Read(Difference.WithPictures(theirs));
        if (mine.Exists(IsEmptyData) && other.Exists(static l => l.Value.StartsWith("<string>", StringComparison.Ordinal)))
        {
            // It cuts an array at the wrong places where a string in it is empty (libevtx reads it as we do).
            mine.RemoveAll(static l => l.Path.EndsWith("/Data", StringComparison.Ordinal));
            other.RemoveAll(static l => l.Path.EndsWith("/Data", StringComparison.Ordinal));
        }

        mine = Merge(mine);
        other = Merge(Strings(other));
        if (!mine.Select(l => l.Path).SequenceEqual(other.Select(l => l.Path), StringComparer.Ordinal))
        {
            differences.Add($"{name}, record {ours.Id}: other elements\n{ours.Xml}\n{theirs}");
            return;
        }

        for (int i = 0; i < mine.Count; i++)
        {
            if (!Difference.IsExplained(mine[i].Value, other[i].Value) && !IsPythonWording(mine[i].Value, other[i].Value))
            {
                differences.Add($"{name}, record {ours.Id}, {mine[i].Path}: '{mine[i].Value}', python-evtx has '{other[i].Value}'");
            }
        }
    }

    private static bool IsEmptyData((string Path, string Value) leaf) =>
        leaf.Value.Length == 0 && leaf.Path.EndsWith("/Data", StringComparison.Ordinal);

    // python-evtx writes what is absent as an empty value, so empty values cannot be compared with it (libevtx does that).
    private static List<(string Path, string Value)> Merge(List<(string Path, string Value)> leaves) =>
        [.. leaves.Where(l => l.Value.Length > 0)];

    // It writes an array of strings as <string> elements in one escaped text; we repeat the element.
    private static List<(string Path, string Value)> Strings(List<(string Path, string Value)> leaves) =>
        [.. leaves.SelectMany(l => l.Value.StartsWith("<string>", StringComparison.Ordinal)
            ? StringElement().Matches(l.Value).Select(m => (l.Path, m.Groups["text"].Value))
            : [l])];

    // It writes Booleans as Python does, bytes as base64, and drops control characters.
    private static bool IsPythonWording(string ours, string theirs) =>
        string.Equals(ControlPicture().Replace(ours, ""), theirs, StringComparison.Ordinal) ||
        (ours is "true" && theirs is "True") || (ours is "false" && theirs is "False") || IsBase64(ours, theirs);

    private static bool IsBase64(string ours, string theirs)
    {
        byte[] bytes = new byte[theirs.Length];
        return Convert.TryFromBase64String(theirs, bytes, out int length) &&
            string.Equals(Convert.ToHexString(bytes.AsSpan(0, length)), ours, StringComparison.Ordinal);
    }

    [GeneratedRegex("[\u2400-\u241F]")]
    private static partial Regex ControlPicture();

    [GeneratedRegex("<string>(?<text>.*?)</string>", RegexOptions.Singleline)]
    private static partial Regex StringElement();
}
