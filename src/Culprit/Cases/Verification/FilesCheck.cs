using System.Security.Cryptography;
using Culprit.Cases.Storage;

namespace Culprit.Cases.Verification;

/// <summary>Whether each file of the case is what was written, none is missing and none was added.</summary>
internal sealed class FilesCheck() : VerificationCheck(
    "files", "Every file of the case is what was written",
    "Do not rely on the files that are named; take the case from a copy, or make it anew from the evidence.")
{
    private const string Readable = "See to it that the disk can be read, or take the case from a copy.";

    protected override string Make(VerificationContext context, CheckFindings findings)
    {
        foreach ((string name, string hash) in context.Log.Files)
        {
            context.Stop.ThrowIfCancellationRequested();
            try
            {
                using FileStream file = context.OpenFile(name);
                if (Convert.ToHexStringLower(SHA256.HashData(file)) != hash)
                {
                    findings.Fail($"{name} is not what was written");
                }
            }
            catch (FileNotFoundException e)
            {
                findings.Fail(e.Message);
            }
            catch (UnauthorizedAccessException e)
            {
                findings.Open(e.Message, MayRead);
            }
            catch (IOException e)
            {
                findings.Open($"{name} cannot be read: {e.Message.TrimEnd('.')}", Readable);
            }
        }

        foreach (string name in Below(context, context.Request.Folder, findings).Order(StringComparer.Ordinal))
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

    // A folder that cannot be listed may hold files that nobody knows of.
    private static List<string> Below(VerificationContext context, string folder, CheckFindings findings)
    {
        List<string> names = [];
        try
        {
            names.AddRange(Directory.EnumerateFiles(folder).Select(path => NameOf(context, path)));
            foreach (string inner in Directory.GetDirectories(folder))
            {
                names.AddRange(Below(context, inner, findings));
            }
        }
        catch (UnauthorizedAccessException)
        {
            findings.Open($"the folder {NameOf(context, folder)} cannot be read: access denied", MayRead);
        }

        return names;
    }

    private static string NameOf(VerificationContext context, string path) =>
        Path.GetRelativePath(context.Request.Folder, path).Replace(Path.DirectorySeparatorChar, '/');
}
