using CsCheck;
using Culprit.Evidence;
using Culprit.Knowledge;
using Culprit.TestSupport;

namespace Culprit.Tests.Knowledge;

/// <summary>The scanner and the obvious matcher find the same, in made-up text and in real records.</summary>
public sealed class IndicatorScannerAgreesTests
{
    private const string Md5 = "0cc175b9c0f1b6a831c399e269772661";

    private static readonly IndicatorSet Set = Lists.Of(
        ("a.txt", $"evil.com\nsub.evil.com\n45.66.230.5\n45.66.230.6:8443\nurl.com/a/b\nurl.com/a\n/path_a.php\n/path_b/\n{Md5}\n2a02:c207::1"),
        ("b.txt", $"sub.evil.com\nevil.com/a/b\n45.66.230.5:80\n45.66.230.6:443\n45.66.230.5/a/b\n{Md5}{Md5}\n" + @"evil-a\run.exe" + "\nrunner.exe" + "\n[2a02:c207::1]:443"),
        ("c.txt", "com.evil.com\n1.evil.com\na.com/path_a.php\n[2a02:c207::1]/a/b\nhttp://evil.com?a=1"));

    private static readonly Gen<string> Piece = Gen.OneOf<string>(
        Gen.OneOf<string>(@"\n", @"\t", @"\r", @"\u0026", @"\u002e", @"\x22", @"\xe4", @"\\", @"\", "\"", "+", "$", "*", ".,", "?a=1", "[2a02:c207::1]", "]/a/b", ":0", "./", @"evil-a\\run.exe", @"C:", @"..\", "evil.com", "45.66.230.5"),
        Gen.OneOf<string>(
            "evil", ".com", "evil.com", "sub.evil.com", "sub.", "com", ".", "..", "-", "_", "é", "%2F", "%2f", "%", "2f", "%20", "%2E", "%3a", "%25", "%5C", "%C3%A9", "%c3", "%22", "/", "//", "://", "http://", "a", "/a", "/a/b", "/a/bc", "?", "#", "&",
            "=", ",", ";", " ", "\"", "'", ")", "]", "[", "\\", ":", ":80", ":443", ":8443", ":84430", "45.66.230.5", "45.66.230.6", "45.", "66.230.5", "1", "0", "url.com", "URL.COM", "EVIL.com",
            "/path_a.php", "/PATH_A.php", "/path_b/", "/path_b", Md5, Md5 + Md5, "f", "g", "2a02:c207::1", "2A02:C207:0::1", "::", @"evil-a\run.exe", "evil-a/run.exe", "run.exe", "runner.exe",
            ".exe", "@", "\t", "x.org", "http://x.org", "a.com", "\u00a0", "\u4e2d", "\u4e2d", "\u3002", "!", ". ", ": "),
        Gen.String[Gen.Char["ab.:/-%0123456789cfe "], 0, 6]);

    [Fact]
    public void In_text_of_any_pieces() => Piece.Array[0, 14].Select(string.Concat).Sample(
        text =>
        {
            var scanner = new IndicatorScanner(Set);
            scanner.Scan(text, IndicatorScanner.AnyPort, 0);
            int[] found = [.. scanner.Hits.ToArray().Select(static h => h.Index).Order()];
            int[] expected = new ObviousMatcher(Set).Find(text);
            Assert.True(found.SequenceEqual(expected), $"'{text}': found {string.Join(", ", found.Select(i => Set[i].Value))}; expected {string.Join(", ", expected.Select(i => Set[i].Value))}");
        },
        iter: 60_000);

    [Fact]
    [Trait("needs", "corpus")]
    public void In_real_records()
    {
        Assert.SkipUnless(RepositoryRoot.HasShared, "the corpus lies in ../shared, which is absent");

        // What attack recordings are full of: their own machines, tools and addresses are taken for indicators.
        IndicatorSet set = Lists.Of(
            ("a.txt", "mordor-evil.com\nmsedge.net\nwindows-evil.com\nsls.update.microsoft.com\n/powershellmafia/powersploit/\nraw.githubusercontent.com/powershellmafia\ndigicert.cn\n45.66.230.5\n5.5.5.5:80"),
            ("b.txt", "sysinternals.io\n13.107.21.200\n204.79.197.203:443\nmimikatz-release.exe\npsexec64.exe\nrubeus.exe\n" + @"system32\rundll32.exe"),
            ("c.txt", "mimikatz.exe\n74125b1b8a1a2e8c5a1e5a1b5a1e5a1b\n52.15.14.12\ngithub.com/gentilkiwi\ntrafficmanager-evil.net"));
        var sink = new Comparing(set);
        new EvidenceReader(new EvidenceOptions { Threads = 1 }).Read([Path.Combine(RepositoryRoot.Shared, "corpus", "evtx")], () => sink, progress: null, TestContext.Current.CancellationToken);

        Assert.InRange(sink.Texts, 10_000, int.MaxValue);
        Assert.InRange(sink.Hits, 20, int.MaxValue);
    }

    private sealed class Comparing(IndicatorSet set) : IRecordSink
    {
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private readonly IndicatorScanner _scanner = new(set);
        private readonly ObviousMatcher _obvious = new(set);

        public int Texts => _seen.Count;

        public int Hits { get; private set; }

        public void Accept(scoped in RecordView record)
        {
            for (int field = 0; field < record.Layout.FieldNames.Count; field++)
            {
                for (int i = 0; record.TryGetText(field, i, out ReadOnlySpan<char> text); i++)
                {
                    if (text.Length < 6 || !_seen.Add(text.ToString()))
                    {
                        continue;
                    }

                    _scanner.Clear();
                    _scanner.Scan(text, IndicatorScanner.AnyPort, 0);
                    int[] found = [.. _scanner.Hits.ToArray().Select(static h => h.Index).Order()];
                    Assert.Equal(_obvious.Find(text.ToString()), found);
                    Hits += found.Length;
                }
            }
        }
    }
}
