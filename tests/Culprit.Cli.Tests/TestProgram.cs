using System.Text;
using Culprit.Cli.Terminal;

namespace Culprit.Cli.Tests;

/// <summary>Runs the whole program in-process, on a console of its own and with its own user folders.</summary>
internal sealed class TestProgram : IDisposable
{
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    public TestProgram()
    {
        Folder = Directory.CreateTempSubdirectory("culprit-test-").FullName;
        foreach (string name in new[] { "HOME", "LOCALAPPDATA", "XDG_DATA_HOME", "XDG_CACHE_HOME" })
        {
            _environment[name] = Path.Combine(Folder, "user");
        }
    }

    /// <summary>A folder of this test alone.</summary>
    public string Folder { get; }

    /// <summary>Whether standard output is to be taken for a terminal.</summary>
    public bool Terminal { get; init; }

    /// <summary>Whether the output is to be taken for UTF-8.</summary>
    public bool Unicode { get; init; } = true;

    /// <summary>Whether the user has asked to stop before the program began.</summary>
    public bool Stopped { get; init; }

    /// <summary>Sets an environment variable of the program.</summary>
    public void Set(string name, string value) => _environment[name] = value;

    /// <summary>Writes a file below <see cref="Folder"/> and gives its path.</summary>
    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Writes a file below <see cref="Folder"/> and gives its path.</summary>
    public string Write(string name, byte[] content)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Investigates one log of two records, one of which a rule finds, and gives the folder of the case that keeps it.</summary>
    public string KeepSmallCase()
    {
        Write("evidence/one.evtx", TestEvidence.Log("PC-1", "do evil things", "do good things"));
        string folder = Path.Combine(Folder, "case");
        Outcome outcome = Run("investigate", Path.Combine(Folder, "evidence"), "--case", folder, "--rules", Write("evil.yml", TestEvidence.EvilRule), "--no-default-rules");
        Assert.Equal((ExitCodes.Done, ""), (outcome.Code, outcome.Error));
        return folder;
    }

    /// <summary>Runs the program to its end.</summary>
    public Outcome Run(params string[] args)
    {
        using var stream = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        using var output = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\n" };
        using var host = new CliHost
        {
            OutStream = stream,
            Out = output,
            Error = error,
            OutIsTerminal = Terminal,
            Unicode = Unicode,
            Colour = Terminal,
            Environment = name => _environment.GetValueOrDefault(name),
        };
        if (Stopped)
        {
            host.RequestStop();
        }

        int code = Program.Run(args, host);
        output.Flush();
        return new Outcome(code, Encoding.UTF8.GetString(stream.ToArray()), error.ToString());
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>How a run ended.</summary>
internal sealed record Outcome(int Code, string Out, string Error);
