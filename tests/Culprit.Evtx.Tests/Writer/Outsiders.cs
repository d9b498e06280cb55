using System.Diagnostics;
using System.Xml.Linq;

namespace Culprit.Evtx.Tests.Writer;

/// <summary>Programs that we did not write and that read event logs: Debian's libevtx-utils and python3-evtx.</summary>
internal static class Outsiders
{
    private const string Evtxexport = "/usr/bin/evtxexport";
    private const string Python = "/usr/bin/python3";

    public static bool HasEvtxexport => File.Exists(Evtxexport);

    public static bool HasPythonEvtx => File.Exists(Python) && Directory.Exists("/usr/lib/python3/dist-packages/Evtx");

    /// <summary>Every event that libevtx reads, in order.</summary>
    public static IReadOnlyList<XElement> ReadWithLibevtx(byte[] file)
    {
        string output = Run(file, Evtxexport, path => ["-f", "xml", path]);
        return Parse(output[output.IndexOf('<', StringComparison.Ordinal)..]);
    }

    /// <summary>Every event that python-evtx reads, in order. It renders values by itself, so texts may differ in form.</summary>
    public static IReadOnlyList<XElement> ReadWithPython(byte[] file) =>
        Parse(Run(file, Python, path => ["-c", PythonScript, path]));

    private const string PythonScript = """
        import sys
        import Evtx.Evtx as evtx
        sys.stdout.reconfigure(encoding='utf-8')
        with evtx.Evtx(sys.argv[1]) as log:
            header = log.get_file_header()
            assert header.verify(), 'file header'
            for chunk in log.chunks():
                assert chunk.verify(), 'chunk'
                for record in chunk.records():
                    assert record.verify(), 'record'
                    print(record.xml())
        """;

    private static List<XElement> Parse(string events) => [.. XElement.Parse("<Events>" + events + "</Events>").Elements()];

    private static string Run(byte[] file, string program, Func<string, IEnumerable<string>> arguments)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, file);
            var start = new ProcessStartInfo(program, arguments(path))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                StandardOutputEncoding = System.Text.Encoding.UTF8,
            };
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors.GetAwaiter().GetResult());
            return output;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
