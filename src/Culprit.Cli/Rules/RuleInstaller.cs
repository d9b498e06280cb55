using System.IO.Compression;
using System.Text;
using Culprit.Cases;
using Culprit.Cli.Terminal;
using Culprit.Findings;

namespace Culprit.Cli.Rules;

/// <summary>What was installed.</summary>
/// <param name="Path">The set's archive.</param>
/// <param name="Rules">Detection rules that can be used.</param>
/// <param name="Correlations">Correlations that can be used.</param>
/// <param name="Refused">Rules that cannot.</param>
/// <param name="LeftOut">Files that were not installed.</param>
internal sealed record InstallReport(string Path, int Rules, int Correlations, int Refused, int LeftOut);

/// <summary>Installs a rule set whole or not at all: read, checked, written beside its place, and renamed in one step.</summary>
internal static class RuleInstaller
{
    // Folders of public collections whose rules their authors withdrew or never supported.
    private static readonly string[] WithdrawnFolders = ["deprecated", "unsupported", "rules-deprecated", "rules-unsupported"];

    /// <summary>Installs the rules of <paramref name="from"/> under <paramref name="name"/>.</summary>
    /// <exception cref="RuleFileException">The set cannot be had or holds no usable rule.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static InstallReport Install(string from, string name, CliHost host)
    {
        string folder = InstalledRules.Folder(host.Environment)
            ?? throw new RuleFileException("the system names no folder for a user's data (HOME or LOCALAPPDATA is not set)");
        (IReadOnlyList<RuleFile> all, string root) = Fetch(from, host);
        RuleFile[] rules = [.. all.Where(static f => IsRule(f)).OrderBy(static f => f.Path, StringComparer.Ordinal)];
        RuleCatalog catalog = RuleCatalog.Load(rules, logSources: null, ToolVersion.Number, cache: null);
        if (catalog.Rules.IsEmpty && catalog.Correlations.IsEmpty)
        {
            throw new RuleFileException($"there is no usable Sigma rule in {HttpsDownload.Shown(from)}");
        }

        string final = Path.Combine(folder, name + ".zip");
        OutputFile.Write(final, stream => Write(rules, root, stream));
        return new InstallReport(final, catalog.Rules.Length, catalog.Correlations.Length, catalog.RefusedCount, all.Count - rules.Length);
    }

    private static (IReadOnlyList<RuleFile> Files, string Root) Fetch(string from, CliHost host)
    {
        if (!Uri.TryCreate(from, UriKind.Absolute, out Uri? address) || address.IsFile || File.Exists(from) || Directory.Exists(from))
        {
            IReadOnlyList<RuleFile> local = RuleFileGatherer.From(from, host);
            string root = local[0].Path.Contains("!/", StringComparison.Ordinal) ? local[0].Path[..(local[0].Path.IndexOf("!/", StringComparison.Ordinal) + 2)]
                : Directory.Exists(from) ? from.Replace('\\', '/').TrimEnd('/') + "/"
                : "";
            return (local, root);
        }

        string download = Path.Combine(Path.GetTempPath(), "culprit-" + Path.GetRandomFileName());
        try
        {
            HttpsDownload.Fetch(address, download, host.Stop);
            if (!RuleFileGatherer.IsZip(download))
            {
                throw new RuleFileException($"what {HttpsDownload.Shown(from)} gives is no zip archive");
            }

            return (RuleFileGatherer.FromZip(download, "set"), "set!/");
        }
        catch (DownloadException e)
        {
            throw new RuleFileException(e.Message);
        }
        catch (InvalidDataException e)
        {
            throw new RuleFileException($"the archive from {HttpsDownload.Shown(from)} is damaged: {e.Message}");
        }
        finally
        {
            File.Delete(download);
        }
    }

    // Collections also hold configuration and test files in YAML. What has none of a rule's sections is not a rule.
    private static bool IsRule(RuleFile file)
    {
        string[] parts = file.Path.Split('/');
        if (parts.SkipLast(1).Any(static p => WithdrawnFolders.Contains(p, StringComparer.OrdinalIgnoreCase)))
        {
            return false;
        }

        string text = "\n" + Encoding.UTF8.GetString(file.Content.Span);
        return text.Contains("\ndetection:", StringComparison.Ordinal)
            || text.Contains("\ncorrelation:", StringComparison.Ordinal)
            || text.Contains("\nfilter:", StringComparison.Ordinal);
    }

    private static void Write(RuleFile[] rules, string root, Stream output)
    {
        using var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        foreach (RuleFile rule in rules)
        {
            string name = rule.Path.StartsWith(root, StringComparison.Ordinal) ? rule.Path[root.Length..] : Path.GetFileName(rule.Path);
            ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.Fastest);
            // The same rules make the same archive.
            entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using Stream content = entry.Open();
            content.Write(rule.Content.Span);
        }
    }
}
