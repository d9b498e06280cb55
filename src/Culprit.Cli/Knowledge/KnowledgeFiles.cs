using System.CommandLine;
using Culprit.Cli.Rules;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;

namespace Culprit.Cli.Knowledge;

/// <summary>The knowledge base of a run.</summary>
/// <param name="Base">The knowledge.</param>
/// <param name="From">Where it came from: the file that the user named or installed, or <see cref="KnowledgeFiles.InProgram"/>.</param>
internal sealed record KnowledgeInUse(KnowledgeBase Base, string From);

/// <summary>Which knowledge base a command uses: the one that <c>--knowledge</c> names, else the one that was installed, else the one in the program.</summary>
internal static class KnowledgeFiles
{
    /// <summary>What <see cref="KnowledgeInUse.From"/> says of the knowledge that the program brings.</summary>
    public const string InProgram = "built into culprit";

    private const string FileName = "attack.facts";

    /// <summary>The option by which the user names another knowledge base.</summary>
    public static Option<string?> Option() => new("--knowledge")
    {
        Description = "Use this knowledge instead of what is installed or in the program: a file of facts, or published files (ATT&CK STIX, MISP) or a folder of them",
        HelpName = "FILE",
    };

    /// <summary>Where <c>knowledge update</c> installs; null where the system names no folder for a user's data.</summary>
    public static string? InstalledPath(Func<string, string?> environment) =>
        UserFolders.Data(environment) is { } data ? Path.Combine(data, "knowledge", FileName) : null;

    /// <summary>The knowledge base in use.</summary>
    /// <param name="named">What <see cref="Option"/> gave; null where it was not given.</param>
    /// <param name="host">The host.</param>
    /// <exception cref="KnowledgeException">The named or the installed file cannot be read; the message says which, why, and what to do.</exception>
    public static KnowledgeInUse Load(string? named, CliHost host)
    {
        if (named is not null)
        {
            return new KnowledgeInUse(IsFacts(named) ? Read(named, "") : Published(named, host), named);
        }

        string? installed = InstalledPath(host.Environment);
        return installed is not null && File.Exists(installed)
            ? new KnowledgeInUse(Read(installed, "; install it again with 'culprit knowledge update', or delete it to use what the program brings"), installed)
            : new KnowledgeInUse(KnowledgeBase.Embedded, InProgram);
    }

    // Facts are taken as they are, so that their hash is that of the file; whatever else is there is read as published.
    private static bool IsFacts(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                return false;
            }

            Span<byte> start = stackalloc byte[32];
            using Stream stream = NamedFile.Open(path);
            return KnowledgeBuilder.IsFacts(start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KnowledgeException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>The knowledge of a file or of the files of a folder. What could not be used of them, and which were left out, is told on standard error.</summary>
    /// <exception cref="KnowledgeException">There is none, or it cannot be read.</exception>
    public static KnowledgeBase Published(string path, CliHost host)
    {
        var builder = new KnowledgeBuilder();
        GatheredKnowledge gathered = KnowledgeGatherer.Read(path, builder, host);
        KnowledgeBase built = KnowledgeText.BuildAndWarn(path, gathered, builder, host);
        foreach (string sentence in KnowledgeText.LeftOut(gathered))
        {
            host.Error.WriteLine($"culprit: {host.Safe(path)}: {host.Safe(sentence)}.");
        }

        return built;
    }

    /// <summary>Reads a file of facts.</summary>
    /// <exception cref="KnowledgeException">It cannot be read.</exception>
    public static KnowledgeBase Read(string path, string advice)
    {
        try
        {
            using Stream stream = NamedFile.Open(path);
            return KnowledgeBase.Read(stream);
        }
        catch (Exception e) when (e is KnowledgeException or IOException or UnauthorizedAccessException)
        {
            throw new KnowledgeException($"{path}: {e.Message}{advice}", e);
        }
    }
}
