using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Culprit.Attribution;
using Culprit.Dossier.Model;

namespace Culprit.Dossier;

/// <summary>Holds the figures of who did it against the case: probabilities and weights as they stand in the tables.</summary>
internal static class AssessmentCheck
{
    /// <summary>What is wrong; empty where nothing is.</summary>
    public static IEnumerable<DossierProblem> Of(IHtmlDocument document, Chapter chapter)
    {
        string anchor = $"{chapter.Anchor}-who";
        IElement? part = document.GetElementById(anchor);
        if (part is null)
        {
            yield return new DossierProblem(anchor, "The part that says who did it is not in the file.");
            yield break;
        }

        IEnumerable<(string Id, string Probability)> ranked = part.QuerySelectorAll("[data-explanation]").Select(static row => (row.GetAttribute("data-explanation") ?? "", Cell(row, ".probability")));
        if (!ranked.SequenceEqual((chapter.Who?.Standing ?? []).Select(static one => (one.Id, AssessmentSentences.Percent(one.Probability)))))
        {
            yield return new DossierProblem(anchor, "The explanations, or their order or probabilities, are others than the case says.");
        }

        string[] weights = [.. part.QuerySelectorAll("[data-observation]").Select(static row =>
            row.GetAttribute("data-observation") + " " + string.Join(' ', row.QuerySelectorAll(".weight").Select(static cell => cell.TextContent)))];
        IEnumerable<string> wanted = (chapter.Who?.Rows ?? []).Select(row =>
            $"{row} {string.Join(' ', chapter.Who!.Compared.Select(one => AssessmentSentences.Weight(one.Weights[row].LogLikelihoodRatio)))}");
        if (!weights.SequenceEqual(wanted, StringComparer.Ordinal))
        {
            yield return new DossierProblem(anchor, "An observation has another weight than the case says.");
        }
    }

    private static string Cell(IElement row, string selector) => row.QuerySelector(selector)?.TextContent ?? "";
}
