using System.Text;
using CsCheck;
using Culprit.Events;
using Culprit.Evidence;

namespace Culprit.Tests.Evidence;

public sealed class DeterminismTests : IDisposable
{
    private readonly EvidenceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Threads_and_the_order_of_paths_change_nothing()
    {
        string[] paths =
        [
            _folder.Add("a/one", EvidenceFolder.EventLog(4000, "pc1")),
            _folder.Add("a/two", EvidenceFolder.EventLog(300, "pc2")),
            _folder.Add("b/json", Json(20_000)),
            _folder.Add("b/array", "[" + Json(20_000).Replace("\n{", "\n,{", StringComparison.Ordinal) + "]"),
            _folder.Add("b/web", Web(30_000)),
            _folder.Add("c", "nothing that anyone knows"),
        ];
        string expected = Told(1, paths);
        foreach (int threads in new[] { 2, 5 })
        {
            Assert.Equal(expected, Told(threads, paths));
        }

        Assert.Equal(expected, Told(3, [.. paths.Reverse()]));
        Assert.Equal(expected, Told(3, [_folder.Path, .. paths]));
    }

    [Fact]
    public void Lines_are_found_whatever_their_lengths() =>
        Gen.Int[0, 300].Array[1, 60].Sample(lengths =>
        {
            using var folder = new EvidenceFolder();
            var text = new StringBuilder();
            var places = new List<(long, int)>();
            foreach (int length in lengths)
            {
                // Lengths are stretched, so that lines pass the size of a unit's block.
                string line = "{\"EventID\":1,\"Channel\":\"C\",\"X\":\"" + new string('x', length * length * 4) + "\"}";
                places.Add((text.Length, line.Length));
                text.Append(line).Append(length % 2 == 0 ? "\n" : "\r\n\n");
            }

            (Coverage coverage, List<Event> events) = Collector.Read(new EvidenceOptions { Threads = 2 }, folder.Add("x", text.ToString()));
            return places.SequenceEqual(events.Select(static e => (e.Place.Offset, e.Place.Length)))
                && coverage is { RecordsBad: 0 } && coverage.BytesRead == coverage.BytesGiven;
        }, iter: 30);

    [Fact]
    public void Whatever_the_bytes_are_they_are_accounted_for()
    {
        byte[][] seeds =
        [
            EvidenceFolder.EventLog(200), Encoding.UTF8.GetBytes(Json(50)), Encoding.UTF8.GetBytes(Web(50)),
            Encoding.UTF8.GetBytes("#Software: Microsoft Internet Information Services 10.0\n#Fields: date time cs-method cs-uri-stem\n2021-04-01 00:00:21 GET /a\n2021-04-01 00:00:22 GET /b\n"),
        ];
        Gen.Select(Gen.Int[0, seeds.Length - 1], Gen.Select(Gen.Int[0, 1_000_000], Gen.Byte).Array[0, 30], Gen.Int[0, 100_000]).Sample((seed, changes, cut) =>
        {
            byte[] bytes = [.. seeds[seed]];
            foreach ((int at, byte value) in changes)
            {
                bytes[at % bytes.Length] = value;
            }

            using var folder = new EvidenceFolder();
            Coverage coverage = Collector.Read(folder.Add("x", bytes[..^(cut % bytes.Length)])).Coverage;
            return coverage.BytesRead + coverage.BytesNotRead == coverage.BytesGiven
                && coverage.Sources.All(static s => s.Problems.All(static p => !p.Message.Contains("the rest of this stretch", StringComparison.Ordinal)));
        }, iter: 200);
    }

    private static string Json(int count)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            text.Append(i % 2 == 0 ? "{\"EventID\":1,\"Channel\":\"C\",\"Hostname\":\"h" : "{\"Channel\":\"C\",\"EventID\":1,\"Other\":null,\"Hostname\":\"h")
                .Append(i % 3).Append("\",\"TimeCreated\":\"2020-07-01T08:00:00.").Append(100 + (i % 900)).Append("Z\",\"N\":").Append(i).Append(i % 997 == 5 ? "\n" : "}\n");
        }

        return text.ToString();
    }

    private static string Web(int count)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            text.Append("192.0.2.").Append(i % 250).Append(" - - [13/Jan/2016:19:31:").Append(10 + (i % 50)).Append(" +0000] \"GET /")
                .Append(i).Append(i % 1003 == 7 ? "\n" : " HTTP/1.1\" 200 5 \"-\" \"agent\"\n");
        }

        return text.ToString();
    }

    private static string Told(int threads, string[] paths)
    {
        (Coverage coverage, List<Event> events) = Collector.Read(new EvidenceOptions { Threads = threads }, paths);
        var told = new StringBuilder();
        foreach (SourceCoverage source in coverage.Sources)
        {
            told.AppendLine(source.ToString()).AppendJoin(',', source.Hosts).AppendJoin(';', source.Problems).AppendLine(source.Source.Sha256);
        }

        foreach (Event e in events)
        {
            told.Append(e.Identity).Append(e.Place).Append(e.Time).AppendJoin(',', e.Fields).AppendLine();
        }

        return told.ToString();
    }
}
