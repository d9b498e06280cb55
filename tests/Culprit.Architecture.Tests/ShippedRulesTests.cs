using System.Security.Cryptography;
using System.Text;
using Culprit.TestSupport;

namespace Culprit.Architecture.Tests;

/// <summary>The rules below rules/ are in the program, byte for byte, and nothing else calls itself a shipped rule.</summary>
public sealed class ShippedRulesTests
{
    private const string Prefix = "culprit-rules/";

    [Fact]
    public void Every_rule_file_is_in_the_program_and_nothing_else_is()
    {
        string folder = Path.Combine(RepositoryRoot.Path, "rules");
        string[] files = [.. Directory.EnumerateFiles(folder, "*.yml", SearchOption.AllDirectories)
            .Select(file => $"{Path.GetRelativePath(folder, file).Replace('\\', '/')} {Hash(File.ReadAllBytes(file))}")
            .Order(StringComparer.Ordinal)];
        System.Reflection.Assembly program = House.AssemblyOf("Culprit.Cli");
        string[] shipped = [.. program.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => $"{name[Prefix.Length..].Replace('\\', '/')} {Hash(Content(program, name))}")
            .Order(StringComparer.Ordinal)];
        Assert.NotEmpty(files);
        Assert.Equal(files, shipped);
    }

    private static string Hash(byte[] content) =>
        // Line ends are git's business, not the rule's.
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content).ReplaceLineEndings("\n"))));

    private static byte[] Content(System.Reflection.Assembly program, string name)
    {
        using Stream stream = program.GetManifestResourceStream(name) ?? throw new InvalidOperationException(name);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
