using System.Security.Cryptography;
using System.Text;

namespace Culprit.Dossier;

/// <summary>The dossier's style sheet, and the policy that lets a browser use it and nothing else.</summary>
public static class DossierStyle
{
    private static readonly string[] Parts = ["base", "report", "pictures", "print"];

    private static readonly Lazy<string> Whole = new(static () => string.Concat(Parts.Select(Read)));

    /// <summary>The style sheet.</summary>
    public static string Text => Whole.Value;

    /// <summary>The element that holds it.</summary>
    public static string Element => $"<style>{Text}</style>";

    /// <summary>The content security policy: this style sheet by its hash, and no script, no picture from elsewhere, no form, no frame.</summary>
    public static string Policy =>
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}'; img-src data:; base-uri 'none'; form-action 'none'";

    private static string Read(string part)
    {
        using Stream stream = typeof(DossierStyle).Assembly.GetManifestResourceStream($"dossier-styles/{part}.css")
            ?? throw new InvalidOperationException($"The style {part}.css is not part of the program.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // A browser hashes what it parsed, in which every line ends with a line feed.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
