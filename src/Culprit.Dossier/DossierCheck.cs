using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Culprit.Dossier.Model;
using Culprit.Dossier.Text;
using Culprit.Events;
using Culprit.Incidents;

namespace Culprit.Dossier;

/// <summary>Something that a dossier says and the case does not.</summary>
/// <param name="Anchor">Where in the file, as an anchor; empty where it has no place.</param>
/// <param name="Problem">What, as a sentence.</param>
public sealed record DossierProblem(string Anchor, string Problem);

/// <summary>
/// Holds an HTML file against the case that it tells of: every sentence stands there as the case has it and is cited or marked
/// as a judgement, every citation leads to its record, every quoted record says what the case says, and nothing in the file can run.
/// </summary>
public static class DossierCheck
{
    /// <summary>How much of one sentence is shown.</summary>
    internal const int SentenceLimit = 2000;

    private static readonly string[] Active = ["script", "iframe", "object", "embed", "link", "base", "form", "input", "img", "audio", "video", "foreignobject", "animate", "set", "use"];

    /// <summary>What is wrong; empty where nothing is.</summary>
    public static IReadOnlyList<DossierProblem> Check(string html, DossierInput input)
    {
        ArgumentNullException.ThrowIfNull(html);
        ArgumentNullException.ThrowIfNull(input);
        IHtmlDocument document = new HtmlParser().ParseDocument(html);
        var page = new DossierPage(input);
        var problems = new List<DossierProblem>();
        Inert(document, problems);
        Dictionary<string, IElement> anchors = Anchors(document, problems);
        Prose[] expected = [.. page.Chapters.SelectMany(static chapter => chapter.Book.All)];
        Sentences(document, expected, anchors, problems);
        foreach (IElement cite in document.QuerySelectorAll("a.cite"))
        {
            string target = cite.GetAttribute("href") ?? "";
            if (!target.StartsWith('#') || !anchors.ContainsKey(target[1..]))
            {
                problems.Add(new DossierProblem(target.TrimStart('#'), "A citation leads to no record."));
            }
        }

        foreach (Chapter chapter in page.Chapters)
        {
            Records(document, chapter, anchors, problems);
            problems.AddRange(AssessmentCheck.Of(document, chapter));
        }

        return problems;
    }

    private static void Inert(IHtmlDocument document, List<DossierProblem> problems)
    {
        foreach (IElement element in document.All)
        {
            if (Active.Contains(element.LocalName, StringComparer.OrdinalIgnoreCase))
            {
                problems.Add(new DossierProblem(element.Id ?? "", $"The file holds an element that a dossier never has: {element.LocalName}."));
            }

            foreach (IAttr attribute in element.Attributes)
            {
                bool leadsOut = attribute.Name is "href" or "src" or "xlink:href" && !attribute.Value.StartsWith('#');
                if (attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name is "style" || leadsOut)
                {
                    problems.Add(new DossierProblem(element.Id ?? "", $"The file holds an attribute that a dossier never has: {attribute.Name}."));
                }
            }
        }

        string? policy = document.QuerySelector("meta[http-equiv='Content-Security-Policy']")?.GetAttribute("content");
        if (!string.Equals(policy, DossierStyle.Policy, StringComparison.Ordinal))
        {
            problems.Add(new DossierProblem("", "The file's content security policy is not that of a dossier."));
        }
    }

    private static Dictionary<string, IElement> Anchors(IHtmlDocument document, List<DossierProblem> problems)
    {
        var anchors = new Dictionary<string, IElement>(StringComparer.Ordinal);
        foreach (IElement element in document.QuerySelectorAll("[id]"))
        {
            if (!anchors.TryAdd(element.Id!, element))
            {
                problems.Add(new DossierProblem(element.Id!, "Two places of the file have the same anchor."));
            }
        }

        return anchors;
    }

    private static void Sentences(IHtmlDocument document, Prose[] expected, Dictionary<string, IElement> anchors, List<DossierProblem> problems)
    {
        HashSet<string> known = [.. expected.Select(static sentence => sentence.Id)];
        foreach (IElement element in document.QuerySelectorAll("[data-sentence]"))
        {
            string id = element.GetAttribute("data-sentence") ?? "";
            if (!known.Contains(id))
            {
                problems.Add(new DossierProblem(id, "The file has a sentence that the case does not have."));
            }

            if (element.QuerySelector("a.cite") is null && element.QuerySelector(".judgement") is null)
            {
                problems.Add(new DossierProblem(id, "A sentence is neither cited nor marked as a judgement."));
            }
        }

        foreach (Prose sentence in expected)
        {
            if (!anchors.TryGetValue(sentence.Id, out IElement? element))
            {
                problems.Add(new DossierProblem(sentence.Id, "A sentence of the case is not in the file."));
                continue;
            }

            if (!string.Equals(Shown(element.QuerySelector("bdi")), ShownText.Plain(sentence.Text, SentenceLimit), StringComparison.Ordinal))
            {
                problems.Add(new DossierProblem(sentence.Id, "A sentence does not say what the case says."));
            }

            if (sentence.IsJudgement != (element.QuerySelector(".judgement") is not null))
            {
                problems.Add(new DossierProblem(sentence.Id, sentence.IsJudgement ? "A judgement is not marked as one." : "A fact is marked as a judgement."));
            }

            string[] cited = [.. element.QuerySelectorAll("a.cite").Select(static cite => cite.GetAttribute("href") ?? "")];
            foreach (string wanted in sentence.Events.Select(number => $"#{sentence.Chapter}-e{number}").Except(cited, StringComparer.Ordinal))
            {
                problems.Add(new DossierProblem(sentence.Id, $"A citation is missing: {wanted}."));
            }
        }
    }

    private static void Records(IHtmlDocument document, Chapter chapter, Dictionary<string, IElement> anchors, List<DossierProblem> problems)
    {
        foreach (IncidentEvent happened in chapter.Quoted(Chapter.MostUncited))
        {
            string anchor = $"{chapter.Anchor}-e{happened.Number}";
            if (!anchors.TryGetValue(anchor, out IElement? record))
            {
                problems.Add(new DossierProblem(anchor, "A record that is quoted in the case is not in the file."));
                continue;
            }

            if (!string.Equals(record.GetAttribute("data-identity"), ShownText.Plain(happened.Identity), StringComparison.Ordinal))
            {
                problems.Add(new DossierProblem(anchor, "A record has another identity."));
            }

            string[] fields = [.. record.QuerySelectorAll(".field").Select(static field => Shown(field.QuerySelector(".name")) + "=" + Shown(field.QuerySelector(".value")))];
            string[] wanted = [.. happened.Fields.Select(Field)];
            if (!fields.SequenceEqual(wanted, StringComparer.Ordinal))
            {
                problems.Add(new DossierProblem(anchor, "A record does not say what the case says."));
            }

            string[] places = [.. record.QuerySelectorAll(".place").Select(static place =>
                $"{Shown(place.QuerySelector(".path"))} {place.QuerySelector(".offset")?.GetAttribute("data-offset")} {place.QuerySelector(".offset")?.GetAttribute("data-length")} {Shown(place.QuerySelector(".hash"))}")];
            string[] standing = [.. happened.Places.Select(static place => $"{ShownText.Plain(place.Path, ShownText.RecordLimit)} {place.Offset} {place.Length} {ShownText.Plain(place.Sha256)}")];
            if (!places.SequenceEqual(standing, StringComparer.Ordinal))
            {
                problems.Add(new DossierProblem(anchor, "A record stands at another place than the case says."));
            }
        }

        int extra = document.QuerySelectorAll($"#{chapter.Anchor}-records [data-record]").Length - chapter.Quoted(Chapter.MostUncited).Count;
        if (extra > 0)
        {
            problems.Add(new DossierProblem(chapter.Anchor, "The file quotes records that the case does not have."));
        }
    }

    private static string Field(EventField field) =>
        ShownText.Plain(field.Name, ShownText.InlineLimit) + "=" + (field.Value is null ? "" : ShownText.Plain(field.Value, ShownText.RecordLimit));

    private static string Shown(IElement? element) => element?.TextContent ?? "";
}
