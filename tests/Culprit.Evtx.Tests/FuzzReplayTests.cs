using Culprit.Evtx.Tests.Quirks;
using Culprit.Fuzz;
using Culprit.TestSupport;
using Culprit.TestSupport.Evtx;

namespace Culprit.Evtx.Tests;

/// <summary>Every seed of the fuzzer and every input that once broke the reader.</summary>
public sealed class FuzzReplayTests
{
    private static string Folder => Path.Combine(RepositoryRoot.Path, "fuzz");

    public static TheoryData<string> Inputs() =>
        [.. new[] { "corpus", "crashes" }
            .Select(static name => Path.Combine(Folder, name))
            .Where(Directory.Exists)
            .SelectMany(static folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Select(static path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void The_target_runs(string input) => ChunkTarget.Run(File.ReadAllBytes(Path.Combine(Folder, input)));

    [Fact]
    public void The_seeds_are_those_that_the_writer_makes()
    {
        foreach ((string name, byte[] bytes) in Seeds())
        {
            string path = Path.Combine(Folder, "corpus", "chunk", name);
            if (Environment.GetEnvironmentVariable("CULPRIT_UPDATE_GOLDENS") is not null)
            {
                File.WriteAllBytes(path, bytes);
            }

            Assert.Equal(bytes, File.ReadAllBytes(path));
        }
    }

    // One chunk each, cut after its last record, so that the fuzzer changes what counts.
    private static IEnumerable<(string Name, byte[] Bytes)> Seeds()
    {
        yield return ("templates.bin", Cut(w =>
        {
            w.Write(Samples.Event(("a", 1), ("b", "text"), ("c", BinXmlValue.Array("x", "y"))));
            w.Write(Samples.Event(("a", 2), ("b", ""), ("c", BinXmlValue.Array("z"))));
        }));
        yield return ("types.bin", Cut(w => w.Write(Samples.Event(
            ("1", BinXmlValue.Ansi("a")), ("2", (sbyte)-1), ("3", 1.5f), ("4", 1.5), ("5", true), ("6", BinXmlValue.Binary([1])),
            ("7", Guid.Empty), ("8", BinXmlValue.SizeT(1)), ("9", Samples.Time), ("10", BinXmlValue.SystemTime(Samples.Time)),
            ("11", BinXmlValue.Sid("S-1-5-18")), ("12", BinXmlValue.Hex32(1)), ("13", BinXmlValue.Hex64(1)), ("14", BinXmlValue.Null())))));
        yield return ("direct.bin", Cut(w => w.WriteFragment(Samples.Time, new BinXmlElement(
            "Event",
            new BinXmlElement("System", new BinXmlElement("Channel", "c")),
            new BinXmlElement("EventData", new BinXmlElement(
                "Data", [new BinXmlAttribute("Name", "n")], ["a", new BinXmlEntityReference("lt"), new BinXmlCData("c"), new BinXmlCharReference(65)])),
            new BinXmlInstruction("target", "data")))));
        yield return ("userdata.bin", Cut(w => w.Write(Samples.Event() with { UserData = new EvtxUserData("U", "urn:u", [("p", 1), ("q", "r")]) })));
        yield return ("nested.bin", Cut(w =>
        {
            var holder = new BinXmlTemplate(new BinXmlElement("n", new BinXmlSubstitution(0, BinXmlType.BinXml)));
            w.WriteFragment(Samples.Time, new BinXmlTemplateInstance(
                holder, [BinXmlValue.Nested(new BinXmlTemplateInstance(holder, [BinXmlValue.Nested(new BinXmlElement("x", "y"))]))]));
        }));
    }

    private static byte[] Cut(Action<EvtxWriter> write)
    {
        byte[] file = EvtxWriter.ToBytes(write);
        EvtxDefects.RecordPlace last = EvtxDefects.Records(file)[^1];
        return file[4096..(last.Offset + last.Length)];
    }
}
