using System.Text;
using CsCheck;
using Culprit.Sigma.Syntax;
using Culprit.Sigma.Tests.Corpus;

namespace Culprit.Sigma.Tests.Syntax;

/// <summary>The fast reader of plain YAML reads what the whole reader reads, or nothing.</summary>
public sealed class PlainYamlTests
{
    private const string Seed = """
        # A comment
        title: Some title, with:no space after it
        id: 11111111-1111-4111-8111-111111111111
        description: |
            First line

              indented # no comment
            last
        strip: |-
          text
        references:
            - https://example.org/a#b   # comment
            - 'it''s'
        tags:
        - attack.t1059
        - "quoted \\ \" text"
        logsource:
            category: process_creation
            product: windows
        detection:
            sel_a:
                - Image|endswith: '\cmd.exe'
                  User: -5

                - - nested
                  - list
            'quoted key|all':
              -
                F: null
              - G:
            empty:
            condition: sel_a and not 1 of them
        level: high
        ---
        title: ~
        x:
        """;

    private static readonly string[] Tokens =
    [
        "\n", "\n\n", " ", "  ", "    ", "-", "- ", ":", ": ", "#", " #", "'", "\"", "|", "|-", "|+", "|2", ">", "[", "]", "{", "}", "&a", "*a", "!", "%", "@", "`", "?", "? ", "\\", "---", "---\n", "...\n",
        "<<: x", "null", "~", "\t", "\r\n", "\0", "é", "\uFEFF", "\u2028", "title: x\n", "  - y\n",
    ];

    [Fact]
    public void Plain_files_are_read_alike() => AssertAlike(Seed, mustRead: true);

    [Fact]
    [Trait("needs", "corpus")]
    public void Nearly_all_public_rules_are_plain_and_read_alike()
    {
        PublicRules.SkipUnlessThere();
        int plain = PublicRules.Sources.Count(s => AssertAlike(Encoding.UTF8.GetString(s.Utf8.Span)));
        Assert.InRange(plain, 3_700, 3_780);
    }

    [Fact]
    public void Mutated_files_are_read_alike_or_left_alone()
    {
        int read = 0;
        Gen.Select(Gen.Int[0, Seed.Length], Gen.Int[0, 6], Gen.OneOf(Tokens), Gen.Int[0, Seed.Length], Gen.Int[0, 3], Gen.OneOf(Tokens)).Sample(
            (at, cut, token, second, secondCut, other) =>
            {
                string text = Seed.Remove(at, Math.Min(cut, Seed.Length - at)).Insert(at, token);
                second = Math.Min(second, text.Length);
                text = text.Remove(second, Math.Min(secondCut, text.Length - second)).Insert(second, other);
                if (AssertAlike(text))
                {
                    Interlocked.Increment(ref read);
                }
            },
            iter: 20_000);
        Assert.True(read > 500, $"only {read} were plain enough");
    }

    private static bool AssertAlike(string text, bool mustRead = false)
    {
        List<YamlNode>? plain = PlainYaml.TryRead(text);
        Assert.True(plain is not null || !mustRead);
        if (plain is null)
        {
            return false;
        }

        var sink = new DiagnosticSink("x.yml");
        var whole = new YamlDocuments(text, sink);
        var expected = new List<YamlNode>();
        while (whole.Next() is { } document)
        {
            expected.Add(document);
        }

        Assert.True(sink.Diagnostics.Count == 0, $"{sink.Diagnostics.FirstOrDefault()}\n{text}");
        string expectedText = Describe(expected);
        string actualText = Describe(plain);
        Assert.True(expectedText == actualText, $"{expectedText}\n-- but --\n{actualText}\n-- of --\n{text}");
        return true;
    }

    private static string Describe(IEnumerable<YamlNode> documents)
    {
        var text = new StringBuilder();
        foreach (YamlNode document in documents)
        {
            Describe(document, text, 0);
        }

        return text.ToString();
    }

    private static void Describe(YamlNode node, StringBuilder text, int depth)
    {
        text.Append(' ', depth).Append($"{node.Line}:{node.Column} ");
        switch (node)
        {
            case YamlScalar scalar:
                text.Append($"{scalar.Style} {scalar.Value.Replace("\n", "\\n")}\n");
                break;
            case YamlSequence sequence:
                text.Append("list\n");
                foreach (YamlNode item in sequence.Items)
                {
                    Describe(item, text, depth + 1);
                }

                break;
            case YamlMapping mapping:
                text.Append("map\n");
                foreach ((YamlScalar key, YamlNode value) in mapping.Entries)
                {
                    Describe(key, text, depth + 1);
                    Describe(value, text, depth + 2);
                }

                break;
        }
    }
}
