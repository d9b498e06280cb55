using System.Collections.Immutable;
using Culprit.Dossier.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Culprit.Dossier.Components;

/// <summary>
/// The one way in which text from evidence gets onto the page: isolated from the direction of the text around it, with
/// what cannot be seen written out, cut past a limit, and never a link.
/// </summary>
public sealed class EvidenceText : ComponentBase
{
    /// <summary>The text.</summary>
    [Parameter]
    [EditorRequired]
    public string? Value { get; set; }

    /// <summary>How many characters are shown.</summary>
    [Parameter]
    public int Limit { get; set; } = ShownText.InlineLimit;

    /// <summary>The class of the element; empty for none.</summary>
    [Parameter]
    public string Class { get; set; } = "";

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "bdi");
        builder.AddAttribute(1, "class", Class.Length == 0 ? "ev" : "ev " + Class);
        ImmutableArray<ShownRun> runs = ShownText.Runs(Value, Limit, out int cut);
        foreach (ShownRun run in runs)
        {
            if (run.IsEscape)
            {
                builder.OpenElement(2, "span");
                builder.AddAttribute(3, "class", "esc");
                builder.AddContent(4, run.Text);
                builder.CloseElement();
            }
            else
            {
                builder.AddContent(5, run.Text);
            }
        }

        builder.CloseElement();
        if (cut > 0)
        {
            builder.OpenElement(6, "span");
            builder.AddAttribute(7, "class", "cut");
            builder.AddContent(8, ShownText.CutNote(cut));
            builder.CloseElement();
        }
    }
}
