using Culprit.Dossier.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Culprit.Dossier.Components;

/// <summary>Text in a picture, made fit to be seen as <see cref="EvidenceText"/> does and cut to what has room.</summary>
public sealed class SvgText : ComponentBase
{
    /// <summary>The text.</summary>
    [Parameter]
    [EditorRequired]
    public string Value { get; set; } = "";

    /// <summary>Where it stands.</summary>
    [Parameter]
    public double X { get; set; }

    /// <summary>The line on which it stands.</summary>
    [Parameter]
    public double Y { get; set; }

    /// <summary>Its class.</summary>
    [Parameter]
    public string Class { get; set; } = "t";

    /// <summary><c>start</c>, <c>middle</c> or <c>end</c>.</summary>
    [Parameter]
    public string Anchor { get; set; } = "start";

    /// <summary>How many characters have room.</summary>
    [Parameter]
    public int Limit { get; set; } = 60;

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        string shown = ShownText.Plain(Value);
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "x", Svg.Number(X));
        builder.AddAttribute(2, "y", Svg.Number(Y));
        builder.AddAttribute(3, "class", Class);
        builder.AddAttribute(4, "text-anchor", Anchor);
        // Each text runs in its own direction, whatever stands in it.
        builder.AddAttribute(5, "unicode-bidi", "isolate");
        builder.AddContent(6, shown.Length <= Limit ? shown : ShownText.Plain(shown, Math.Max(1, Limit - 1)) + "…");
        builder.CloseElement();
    }
}
