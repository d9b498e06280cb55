using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Culprit.TestSupport;

/// <summary>
/// What somebody can do to a case who may write its folder and has no key: a file and the last line of the custody log are rewritten so
/// that the log is a chain again.
/// </summary>
public static partial class TamperedCase
{
    /// <summary>Changes a file of a case and has the log say that it was written so.</summary>
    /// <param name="folder">The case's folder.</param>
    /// <param name="name">The file; it must be one that the last entry wrote.</param>
    /// <param name="from">What stands in it, and in the last entry's sentence.</param>
    /// <param name="to">What is to stand there.</param>
    public static void Rewrite(string folder, string name, string from, string to)
    {
        string path = Path.Combine(folder, name), before = Hash(File.ReadAllBytes(path));
        File.WriteAllText(path, File.ReadAllText(path).Replace(from, to, StringComparison.Ordinal));
        Rechain(folder, line => line.Replace(from, to, StringComparison.Ordinal).Replace(before, Hash(File.ReadAllBytes(path)), StringComparison.Ordinal));
    }

    /// <summary>Takes the signature away and has the log say that its last entry, which wrote files, never had one.</summary>
    /// <param name="folder">The case's folder.</param>
    public static void Strip(string folder)
    {
        File.Delete(Path.Combine(folder, "signature.json"));
        File.Delete(Path.Combine(folder, "signer.pub"));
        Rechain(folder, static line => Signer().Replace(line, "\"signer\":\"\"").Replace("},\"state\":", ",\"signer.pub\":null},\"state\":", StringComparison.Ordinal));
    }

    // The last line by what the folder now holds.
    private static void Rechain(string folder, Func<string, string> change)
    {
        string custody = Path.Combine(folder, "custody.jsonl");
        string[] lines = File.ReadAllLines(custody);
        string body = Own().Replace(change(lines[^1]), "");
        var files = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (string line in lines[..^1].Append(body))
        {
            using var json = JsonDocument.Parse(line);
            foreach (JsonProperty file in json.RootElement.GetProperty("files").EnumerateObject())
            {
                files[file.Name] = file.Value.GetString();
            }
        }

        string state = string.Concat(files.Where(static f => f.Value is not null).Select(static f => $"{f.Value}  {f.Key}\n"));
        body = State().Replace(body, $"\"state\":\"{Hash(Encoding.UTF8.GetBytes(state))}\"");
        lines[^1] = $"{body[..^1]},\"hash\":\"{Hash(Encoding.UTF8.GetBytes(body))}\"}}";
        File.WriteAllText(custody, string.Join('\n', lines) + "\n");
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    [GeneratedRegex("\"signer\":\"[0-9a-f]{64}\"")]
    private static partial Regex Signer();

    [GeneratedRegex("\"state\":\"[0-9a-f]{64}\"")]
    private static partial Regex State();

    [GeneratedRegex(",\"hash\":\"[0-9a-f]{64}\"")]
    private static partial Regex Own();
}
