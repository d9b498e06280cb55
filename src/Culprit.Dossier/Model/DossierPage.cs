using System.Collections.Immutable;

namespace Culprit.Dossier.Model;

/// <summary>A case as the dossier tells it. Components render it; it is made once and does not change.</summary>
public sealed class DossierPage
{
    /// <summary>Reads a case.</summary>
    public DossierPage(DossierInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Input = input;
        Chapters = [.. input.Incidents.Select((incident, at) => new Chapter(incident, $"i{at + 1}", input))];
    }

    /// <summary>The case.</summary>
    public DossierInput Input { get; }

    /// <summary>One chapter for each incident, in the order of the input.</summary>
    public ImmutableArray<Chapter> Chapters { get; }
}
