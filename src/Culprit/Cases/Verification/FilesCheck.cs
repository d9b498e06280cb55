using Culprit.Cases.Segments;
using Culprit.Cases.Storage;

namespace Culprit.Cases.Verification;

/// <summary>Whether each file of the case is what was written, none is missing and none was added.</summary>
internal sealed class FilesCheck() : VerificationCheck(
    "files", "Every file of the case is what was written",
    "Do not rely on the files that are named; take the case from a copy, or make it anew from the evidence.")
{
    protected override string Make(VerificationContext context, CheckFindings findings)
    {
        foreach ((string name, string hash) in context.Log.Files)
        {
            context.Stop.ThrowIfCancellationRequested();
            string path = context.PathOf(name);
            if (!File.Exists(path))
            {
                findings.Fail($"{name} is missing");
            }
            else if (EvidenceChoice.HashOf(path) != hash)
            {
                findings.Fail($"{name} is not what was written");
            }
        }

        foreach (string name in Directory.EnumerateFiles(context.Request.Folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(context.Request.Folder, path).Replace(Path.DirectorySeparatorChar, '/')).Order(StringComparer.Ordinal))
        {
            bool own = name is CaseLayout.Custody or CaseLayout.Signature || context.Log.Files.ContainsKey(name)
                || (name == CaseLayout.Lock && new FileInfo(context.PathOf(name)).Length == 0)
                || name.StartsWith(CaseLayout.Next + "/", StringComparison.Ordinal);
            if (!own)
            {
                findings.Fail($"{name} was not put there by this program");
            }
        }

        return $"{context.Log.Files.Count} files were held against the custody log.";
    }
}
