using System.Text;
using Culprit.Dossier.Components;
using Culprit.Dossier.Model;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.HtmlRendering;
using Microsoft.Extensions.Logging.Abstractions;

namespace Culprit.Dossier;

/// <summary>Writes a dossier as one HTML file.</summary>
public static class DossierHtml
{
    /// <summary>Writes the dossier in UTF-8. Equal inputs give equal bytes. The stream stays open.</summary>
    public static async Task RenderAsync(DossierInput input, Stream output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        var page = new DossierPage(input);
        await using var renderer = new HtmlRenderer(NoServices.Instance, NullLoggerFactory.Instance);
        await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(DossierDocument.Page)] = page });
            HtmlRootComponent root = await renderer.RenderComponentAsync<DossierDocument>(parameters);
            await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
            root.WriteHtmlTo(writer);
        });
    }

    // The components ask for nothing that is not in their parameters.
    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
