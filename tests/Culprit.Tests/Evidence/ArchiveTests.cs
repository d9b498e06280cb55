using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Culprit.Events;
using Culprit.Evidence;
using SharpCompress.Writers.SevenZip;

namespace Culprit.Tests.Evidence;

public sealed class ArchiveTests : IDisposable
{
    private static readonly byte[] Log = EvidenceFolder.EventLog(300);
    private static readonly byte[] Json = Encoding.UTF8.GetBytes("""{"EventID":1,"Channel":"C"}""");

    private readonly EvidenceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("zip")]
    [InlineData("tar")]
    [InlineData("tar.gz")]
    public void Entries_are_sources_of_their_own_and_their_archive_counts_once(string format)
    {
        byte[] archive = Pack(format, ("logs/a.evtx", Log), ("..\\b.json", Json), ("readme", "hello\n"u8.ToArray()));
        string path = _folder.Add("x", archive);
        (Coverage coverage, List<Event> events) = Collector.Read(path);

        Assert.Equal(301, events.Count);
        Assert.Equal([path, path + "!/../b.json", path + "!/logs/a.evtx", path + "!/readme"], coverage.Sources.Select(static s => s.Source.Path));
        Assert.Equal([format, "windows-json", "evtx", "unknown"], coverage.Sources.Select(static s => s.Format));
        Assert.Equal((archive.Length, archive.Length, 0), (coverage.BytesGiven, coverage.BytesRead, coverage.BytesNotRead));
        Assert.Equal([Hash(archive), Hash(Json), Hash(Log)], coverage.Sources.Take(3).Select(static s => s.Source.Sha256));
        Assert.Same(coverage.Sources[0].Source, coverage.Sources[2].Source.Container);
        Assert.Equal((Log.Length, Log.Length), (coverage.Sources[2].Source.Length, coverage.Sources[2].BytesRead));
        Assert.Equal(Collector.Read(_folder.Add("plain", Log)).Events.Select(static e => e.Identity), events.Where(static e => e.Route.EventId == 1 && e.Host.Length > 0).Select(static e => e.Identity));
    }

    [Fact]
    public void A_file_packed_by_itself_is_read_under_its_name()
    {
        string path = _folder.Add("a.evtx.gz", Gzip(Log));
        Coverage coverage = Collector.Read(path).Coverage;

        Assert.Equal([path, path + "!/a.evtx"], coverage.Sources.Select(static s => s.Source.Path));
        Assert.Equal(["gzip", "evtx"], coverage.Sources.Select(static s => s.Format));
        Assert.Equal((300, Hash(Log)), (coverage.RecordsGood, coverage.Sources[1].Source.Sha256));
    }

    [Fact]
    public void Gzip_of_several_members_and_with_padding_is_whole()
    {
        byte[] packed = [.. Gzip(Log[..70_000]), .. Gzip(Log[70_000..]), .. new byte[100]];
        Coverage coverage = Collector.Read(_folder.Add("a.gz", packed)).Coverage;

        Assert.Equal((300, Hash(Log)), (coverage.RecordsGood, coverage.Sources[1].Source.Sha256));
        Assert.All(coverage.Sources, static s => Assert.Equal(("", 0), (s.NotReadReason, s.Problems.Length)));
    }

    [Theory]
    [InlineData("gz", 1)]
    [InlineData("gz", 5)]
    [InlineData("gz", 9)]
    [InlineData("gz", 2000)]
    [InlineData("tar.gz", 9)]
    [InlineData("tar.gz", 2000)]
    public void A_cut_gzip_is_told(string format, int missing)
    {
        byte[] whole = format == "gz" ? Gzip(Log) : Pack("tar.gz", ("a", Log));
        SourceCoverage[] sources = [.. Collector.Read(_folder.Add("a", whole[..^missing])).Coverage.Sources];

        Assert.Contains(sources, static s => s.NotReadReason.Contains("cut off", StringComparison.Ordinal));
        Assert.True(sources.Sum(static s => s.RecordsGood) >= 100);
    }

    [Fact]
    public void Archives_within_archives_are_read_down_to_the_limit()
    {
        byte[] inner = Pack("zip", ("a.evtx", Log));
        byte[] middle = Pack("tar.gz", ("inner.zip", inner));
        string path = _folder.Add("x", Pack("zip", ("middle.tar.gz", middle)));
        Coverage all = Collector.Read(path).Coverage;
        Coverage some = Collector.Read(new EvidenceOptions { Threads = 1, MaxArchiveDepth = 2 }, path).Coverage;

        Assert.Contains(all.Sources, s => s.Source.Path == path + "!/middle.tar.gz!/inner.zip!/a.evtx" && s.RecordsGood == 300);
        Assert.Equal(0, some.RecordsGood);
        Assert.Contains(some.Sources, static s => s.Format == "zip" && s.NotReadReason.Contains("limit", StringComparison.Ordinal));
    }

    [Fact]
    public void Bombs_meet_their_limits_and_the_rest_is_read()
    {
        string json = string.Concat(Enumerable.Repeat("{\"EventID\":1,\"Channel\":\"C\"}\n", 100_000));
        string path = _folder.Add("x", Pack("zip", ("a-bomb", Encoding.UTF8.GetBytes(json)), ("b", Log)));
        string gzip = _folder.Add("y.gz", Gzip(Encoding.UTF8.GetBytes(json)));
        Coverage ratio = Collector.Read(new EvidenceOptions { Threads = 1, MaxUnpackRatio = 50, RatioFloorBytes = 1_000_000 }, path, gzip).Coverage;
        Coverage total = Collector.Read(new EvidenceOptions { Threads = 1, MaxUnpackedBytes = 1_000_000 }, path).Coverage;
        Coverage entries = Collector.Read(new EvidenceOptions { Threads = 1, MaxArchiveEntries = 1 }, path).Coverage;

        Assert.Equal(2, ratio.Sources.Count(static s => s.NotReadReason.Contains("times larger", StringComparison.Ordinal) && s.Format == "windows-json"));
        Assert.Equal(300, ratio.Sources.Single(static s => s.Format == "evtx").RecordsGood);
        Assert.Contains(total.Sources, static s => s.NotReadReason.Contains("more than 1000000 bytes", StringComparison.Ordinal));
        Assert.Contains("entries", entries.Sources[0].NotReadReason, StringComparison.Ordinal);
        Assert.Equal(100_000, entries.RecordsGood);
    }

    [Fact]
    public void A_damaged_archive_is_told_and_keeps_what_could_be_read()
    {
        byte[] zip = Pack("zip", ("a", Log), ("b", Json));
        zip[200] ^= 0xFF;
        string broken = _folder.Add("broken.zip", zip);
        string cut = _folder.Add("cut.zip", zip[..^30]);
        Coverage coverage = Collector.Read(broken, cut).Coverage;

        SourceCoverage entry = coverage.Sources.Single(s => s.Source.Path == broken + "!/a");
        Assert.True(entry.NotReadReason.Length > 0 || entry.Problems.Length > 0);
        Assert.Equal(1, coverage.Sources.Single(s => s.Source.Path == broken + "!/b").RecordsGood);
        SourceCoverage other = coverage.Sources.Single(s => s.Source.Path == cut);
        Assert.Contains("cannot be unpacked", other.NotReadReason, StringComparison.Ordinal);
        Assert.Equal((0, other.Source.Length), (other.BytesRead, other.BytesNotRead));
    }

    [Fact]
    public void What_in_a_tar_is_no_file_is_named()
    {
        using var packed = new MemoryStream();
        using (var tar = new TarWriter(packed, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "folder"));
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = "/etc/passwd" });
        }

        Coverage coverage = Collector.Read(_folder.Add("x", packed.ToArray())).Coverage;
        Assert.Equal(["tar", "unknown"], coverage.Sources.Select(static s => s.Format));
        Assert.Equal("not a file: SymbolicLink", coverage.Sources[1].NotReadReason);
    }

    // One Windows event in JSON, packed with xz 5.8 and bzip2 1.0.
    [Theory]
    [InlineData("xz", "s.json", "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAbeyJFdmVudElEIjoxLCJDaGFubmVsIjoiQyJ9CgC+U2HTUSgY+AABNByTGq2PH7bzfQEAAAAABFla")]
    [InlineData("bzip2", "s.json", "QlpoOTFBWSZTWePdz30AAA1dgAAQEAQgEA4gIkUFCiAAMU0yMTExCI0DIDeqHGxcd6uianHoGKCqD/F3JFOFCQ493PfQ")]
    public void What_other_packers_wrote_is_read_too(string format, string entry, string base64)
    {
        string path = _folder.Add(format == "bzip2" ? "s.json.bz2" : "s.json.xz", Convert.FromBase64String(base64));
        Coverage coverage = Collector.Read(path).Coverage;

        Assert.Equal((path, format), (coverage.Sources[0].Source.Path, coverage.Sources[0].Format));
        Assert.Equal((path + "!/" + entry, 1), (coverage.Sources[1].Source.Path, coverage.Sources[1].RecordsGood));
        Assert.Equal((coverage.BytesGiven, 0), (coverage.BytesRead, coverage.BytesNotRead));
    }

    [Fact]
    public void A_7z_archive_is_read()
    {
        using var packed = new MemoryStream();
        using (var writer = new SevenZipWriter(packed, new SevenZipWriterOptions { LeaveStreamOpen = true }))
        {
            writer.Write("dir/a.evtx", new MemoryStream(Log), null);
            writer.Write("b.json", new MemoryStream(Json), null);
        }

        string path = _folder.Add("x", packed.ToArray());
        string outer = _folder.Add("y", Pack("zip", ("x.7z", packed.ToArray())));
        Coverage coverage = Collector.Read(path, outer).Coverage;

        Assert.Equal(602, coverage.RecordsGood);
        Assert.Equal(Hash(Log), coverage.Sources.Single(s => s.Source.Path == path + "!/dir/a.evtx").Source.Sha256);
        Assert.Equal(Hash(Log), coverage.Sources.Single(s => s.Source.Path == outer + "!/x.7z!/dir/a.evtx").Source.Sha256);
        Assert.Equal(coverage.BytesGiven, coverage.BytesRead);
    }

    [Theory]
    [InlineData("7z")]
    [InlineData("rar")]
    [InlineData("xz")]
    [InlineData("bzip2")]
    public void Damaged_archives_of_other_packers_are_told(string format)
    {
        byte[] magic = format switch
        {
            "7z" => [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C],
            "rar" => [.. "Rar!"u8, 0x1A, 0x07, 0x01, 0x00],
            "xz" => [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],
            _ => [.. "BZh9"u8, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
        };
        byte[] junk = new byte[5000];
        new Random(1).NextBytes(junk);
        Coverage coverage = Collector.Read(_folder.Add("x", [.. magic, .. junk]), _folder.Add("y", Log)).Coverage;

        Assert.Equal(format, coverage.Sources[0].Format);
        Assert.Contains(coverage.Sources, static s => s.NotReadReason.Length > 0);
        Assert.Equal(300, coverage.RecordsGood);
        Assert.Equal(coverage.BytesGiven, coverage.BytesRead + coverage.BytesNotRead);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Pack(string format, params (string Name, byte[] Content)[] entries)
    {
        using var packed = new MemoryStream();
        if (format == "zip")
        {
            using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach ((string name, byte[] content) in entries)
                {
                    using Stream entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                    entry.Write(content);
                }
            }

            return packed.ToArray();
        }

        using (var tar = new TarWriter(packed, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            }
        }

        return format == "tar" ? packed.ToArray() : Gzip(packed.ToArray());
    }
}
