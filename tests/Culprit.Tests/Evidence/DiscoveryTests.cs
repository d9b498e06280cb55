using Culprit.Evidence;

namespace Culprit.Tests.Evidence;

public sealed class DiscoveryTests : IDisposable
{
    private readonly EvidenceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Formats_are_recognised_by_content_and_everything_is_accounted_for()
    {
        _folder.Add("a.txt", EvidenceFolder.EventLog(3));
        _folder.Add("sub/b.evtx", "this is no event log, it only says so");
        _folder.Add("sub/c.log", "");
        _folder.Add("sub/deep/d", """{"EventID":1,"Channel":"C"}""");
        _folder.Add("e.exe", [.. "MZ"u8, .. new byte[100]]);
        Coverage coverage = Collector.Read(_folder.Path).Coverage;

        Assert.Equal(
            [("a.txt", "evtx"), ("e.exe", "unknown"), ("sub/b.evtx", "unknown"), ("sub/c.log", "empty"), ("sub/deep/d", "windows-json")],
            coverage.Sources.Select(s => (s.Source.Path[(_folder.Path.Length + 1)..], s.Format)));
        long given = Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Sum(static f => new FileInfo(f).Length);
        Assert.Equal(given, coverage.BytesGiven);
        Assert.Equal(given, coverage.BytesRead + coverage.BytesNotRead);
        Assert.Equal(37 + 102, coverage.BytesNotRead);
        Assert.All(coverage.Sources, static s => Assert.Equal(s.Format == "unknown", s.NotReadReason.Length > 0));
    }

    [Fact]
    public void Sources_have_the_hash_and_length_of_their_bytes()
    {
        byte[] log = EvidenceFolder.EventLog(500);
        SourceCoverage source = Assert.Single(Collector.Read(_folder.Add("a", log)).Coverage.Sources);

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(log)), source.Source.Sha256);
        Assert.Equal(log.Length, source.Source.Length);
    }

    [Fact]
    public void A_path_that_is_missing_is_told_and_the_rest_is_read()
    {
        string here = _folder.Add("here", EvidenceFolder.EventLog(2));
        Coverage coverage = Collector.Read(_folder.Of("gone"), here).Coverage;

        Assert.Equal(2, coverage.RecordsGood);
        Assert.Equal("no such file or folder", coverage.Sources.Single(static s => s.Source.Path.EndsWith("gone", StringComparison.Ordinal)).NotReadReason);
    }

    [Fact]
    public void A_file_that_is_given_twice_counts_once()
    {
        string file = _folder.Add("sub/a", EvidenceFolder.EventLog(2));
        Coverage coverage = Collector.Read(file, _folder.Path, _folder.Of("sub"), file).Coverage;

        Assert.Equal(2, coverage.RecordsGood);
        Assert.Equal(new FileInfo(file).Length, coverage.BytesGiven);
        Assert.Single(coverage.Sources);
    }

    [Fact]
    public void Links_are_followed_once_and_circles_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "making links needs rights there");
        string file = _folder.Add("real/a", EvidenceFolder.EventLog(2));
        Directory.CreateSymbolicLink(_folder.Of("real/circle"), _folder.Path);
        Directory.CreateSymbolicLink(_folder.Of("also"), _folder.Of("real"));
        File.CreateSymbolicLink(_folder.Of("link"), file);
        File.CreateSymbolicLink(_folder.Of("nowhere"), _folder.Of("gone"));
        File.CreateSymbolicLink(_folder.Of("self"), _folder.Of("self"));
        Coverage coverage = Collector.Read(_folder.Path).Coverage;

        Assert.Equal(2, coverage.RecordsGood);
        Assert.Equal(new FileInfo(file).Length, coverage.BytesGiven);
        Assert.Equal("", coverage.Sources.Single(s => s.Source.Path == file).NotReadReason);
        Assert.Equal("the same file as " + file, coverage.Sources.Single(s => s.Source.Path == _folder.Of("link")).NotReadReason);
        Assert.Contains("nowhere", coverage.Sources.Single(s => s.Source.Path == _folder.Of("nowhere")).NotReadReason, StringComparison.Ordinal);
        Assert.NotEqual("", coverage.Sources.Single(s => s.Source.Path == _folder.Of("self")).NotReadReason);
    }

    [Fact]
    public void A_file_reached_through_a_link_alone_is_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "making links needs rights there");
        using var elsewhere = new EvidenceFolder();
        string file = elsewhere.Add("a", EvidenceFolder.EventLog(2));
        File.CreateSymbolicLink(_folder.Of("link"), file);
        Directory.CreateSymbolicLink(_folder.Of("folder"), elsewhere.Path);
        Coverage coverage = Collector.Read(_folder.Path).Coverage;

        Assert.Equal(2, coverage.RecordsGood);
        Assert.Equal(new FileInfo(file).Length, coverage.BytesGiven);
    }

    [Fact]
    public void Files_and_folders_without_permission_are_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "nothing is forbidden to this user");
        if (!OperatingSystem.IsWindows())
        {
            _folder.Add("folder/x", "x");
            File.SetUnixFileMode(_folder.Add("file", EvidenceFolder.EventLog(1)), UnixFileMode.None);
            File.SetUnixFileMode(_folder.Of("folder"), UnixFileMode.None);
        }

        Coverage coverage = Collector.Read(_folder.Path, _folder.Add("good", EvidenceFolder.EventLog(1))).Coverage;

        Assert.Equal(1, coverage.RecordsGood);
        Assert.Equal(2, coverage.Sources.Count(static s => s.NotReadReason.Length > 0));
        Assert.Equal(coverage.BytesGiven, coverage.BytesRead + coverage.BytesNotRead);
    }

    [Fact]
    public void An_empty_folder_gives_an_empty_coverage()
    {
        Coverage coverage = Collector.Read(_folder.Path).Coverage;

        Assert.Empty(coverage.Sources);
        Assert.Equal((0, 0, 0), (coverage.BytesGiven, coverage.RecordsGood, coverage.RecordsBad));
        Assert.False(coverage.Stopped);
    }
}
