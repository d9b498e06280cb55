using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Culprit.Benchmarks;

/// <summary>
/// Makes rule sets of any size from a public one: fewer rules are an even sample of it, more are all of it and renamed
/// copies whose literals differ, so that a copy costs what a rule of its own would.
/// </summary>
internal static partial class RuleCopies
{
    public static int Run(string from, string to, int count)
    {
        string[] files = [.. Directory.EnumerateFiles(from, "*.yml", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("\ndetection:", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
        Directory.CreateDirectory(to);
        for (int i = 0; i < count; i++)
        {
            // Fewer than there are: every k-th in the order of paths, so that each log source keeps its share.
            int index = count < files.Length ? (int)((long)i * files.Length / count) : i % files.Length;
            int copy = count < files.Length ? 0 : i / files.Length;
            string text = File.ReadAllText(files[index]);
            File.WriteAllText(Path.Combine(to, $"{i:D6}.yml"), copy == 0 ? text : Rename(text, copy));
        }

        Console.WriteLine($"{count} rules in {to}, from {files.Length}");
        return 0;
    }

    /// <summary>The same rule under another id and title, with three characters put into each of its longer literals.</summary>
    private static string Rename(string text, int copy)
    {
        var result = new StringBuilder(text.Length + 256);
        bool detection = false;
        bool literal = true;
        foreach (string line in text.TrimEnd().Split('\n'))
        {
            if (line.Length > 0 && !char.IsWhiteSpace(line[0]) && line[0] is not ('#' or '-'))
            {
                detection = line.StartsWith("detection:", StringComparison.Ordinal);
            }

            string written = line;
            if (line.StartsWith("id:", StringComparison.Ordinal))
            {
                byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(line + copy.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                written = $"id: {new Guid(hash.AsSpan(0, 16))}";
            }
            else if (line.StartsWith("title:", StringComparison.Ordinal))
            {
                written = $"{line.TrimEnd()} copy {copy}";
            }
            else if (detection && !line.TrimStart().StartsWith("condition", StringComparison.Ordinal))
            {
                // A key says of which kind the values below it are; only plain text may be changed freely.
                if (Key().Match(line) is { Success: true } key)
                {
                    literal = !NotText().IsMatch(key.Value);
                }

                if (literal)
                {
                    written = Quoted().Replace(line, match => "'" + Change(match.Groups["text"].Value, copy) + "'");
                }
            }

            result.Append(written).Append('\n');
        }

        return result.ToString();
    }

    private static string Change(string literal, int copy)
    {
        Match word = Word().Matches(literal).MaxBy(match => match.Length) ?? Match.Empty;
        int middle = word.Index + (word.Length / 2);
        return word.Success ? $"{literal[..middle]}q{copy:D2}{literal[middle..]}" : literal;
    }

    [GeneratedRegex(@"^\s*(- )?[\w|. -]+:", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"\|(re|cidr|base64|fieldref|exists|expand|gt|lt|utf16|wide)|EventID|Provider|Channel|Type", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NotText();

    [GeneratedRegex("'(?<text>(?:[^']|'')*)'", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex("[A-Za-z]{4,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();
}
