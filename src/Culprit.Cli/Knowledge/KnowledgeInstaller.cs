using Culprit.Cases;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;

namespace Culprit.Cli.Knowledge;

/// <summary>What was installed.</summary>
/// <param name="Path">The file.</param>
/// <param name="Base">What it holds.</param>
/// <param name="Before">What was in use before; null where that could not be read.</param>
/// <param name="Gathered">Which files it was made of, and which were left out.</param>
internal sealed record KnowledgeInstallation(string Path, KnowledgeBase Base, KnowledgeBase? Before, GatheredKnowledge Gathered);

/// <summary>Installs knowledge whole or not at all: read, checked, written beside its place, and renamed in one step.</summary>
internal static class KnowledgeInstaller
{
    /// <summary>Installs what <paramref name="from"/> holds: a file, a folder, or an https address. What it does not give is kept of what is in use.</summary>
    /// <exception cref="KnowledgeException">It cannot be had or holds no knowledge.</exception>
    /// <exception cref="DownloadException">The address gives nothing.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The host stops; nothing was installed.</exception>
    public static KnowledgeInstallation Install(string from, CliHost host)
    {
        string final = KnowledgeFiles.InstalledPath(host.Environment)
            ?? throw new KnowledgeException("the system names no folder for a user's data (HOME or LOCALAPPDATA is not set)");
        KnowledgeBase? before = InUse(host);
        var builder = new KnowledgeBuilder();
        builder.Keep(before ?? KnowledgeBase.Embedded);
        GatheredKnowledge gathered = Read(from, builder, host);
        KnowledgeBase built = KnowledgeText.BuildAndWarn(HttpsDownload.Shown(from), gathered, builder, host);
        if (built.Groups.Count == 0 || built.Techniques.Count == 0)
        {
            // Nobody could be named by it, and what is given takes the place of what is in use.
            throw new KnowledgeException($"what is given would leave {Words.Count(built.Groups.Count, "group")} and {Words.Count(built.Techniques.Count, "technique")}: "
                + "ATT&CK's part is not whole. Give a whole bundle, such as enterprise-attack.json, or a folder that holds all of its parts");
        }

        host.Stop.ThrowIfCancellationRequested();
        OutputFile.Write(final, built.Write);
        return new KnowledgeInstallation(final, built, before, gathered);
    }

    private static GatheredKnowledge Read(string from, KnowledgeBuilder builder, CliHost host)
    {
        if (!Uri.TryCreate(from, UriKind.Absolute, out Uri? address) || address.IsFile || File.Exists(from) || Directory.Exists(from))
        {
            return from.Contains("://", StringComparison.Ordinal) && !Directory.Exists(from) && !File.Exists(from) && address?.IsFile is not true
                ? throw new KnowledgeException($"{HttpsDownload.Shown(from)} is no address")
                : KnowledgeGatherer.Read(from, builder, host);
        }

        string download = Path.Combine(Path.GetTempPath(), "culprit-" + Path.GetRandomFileName());
        try
        {
            HttpsDownload.Fetch(address, download, host.Stop);
            return KnowledgeGatherer.ReadAs(address.Segments[^1], download, builder, host.Stop);
        }
        finally
        {
            File.Delete(download);
        }
    }

    // A damaged installation is what an update is there to replace.
    private static KnowledgeBase? InUse(CliHost host)
    {
        try
        {
            return KnowledgeFiles.Load(named: null, host).Base;
        }
        catch (KnowledgeException)
        {
            return null;
        }
    }
}
