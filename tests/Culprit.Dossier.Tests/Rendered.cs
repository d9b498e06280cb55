using System.Text;

namespace Culprit.Dossier.Tests;

/// <summary>Renders a case.</summary>
internal static class Rendered
{
    public static async Task<string> HtmlAsync(DossierInput input) => Encoding.UTF8.GetString(await BytesAsync(input));

    public static async Task<byte[]> BytesAsync(DossierInput input)
    {
        using var stream = new MemoryStream();
        await DossierHtml.RenderAsync(input, stream);
        return stream.ToArray();
    }
}
