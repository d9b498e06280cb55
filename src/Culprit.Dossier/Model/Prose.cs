using System.Collections.Immutable;
using Culprit.Incidents;

namespace Culprit.Dossier.Model;

/// <summary>A sentence of the dossier at its place.</summary>
/// <param name="Id">Its anchor in the page, such as <c>i1-s17</c>.</param>
/// <param name="Chapter">The anchor of its incident's chapter, such as <c>i1</c>; records are <c>i1-e12</c>.</param>
/// <param name="Text">The sentence. It may hold text from evidence.</param>
/// <param name="IsJudgement">Whether it says more than the cited records do.</param>
/// <param name="Events">The events that it cites, by number.</param>
/// <param name="Section">The part of the page in which it stands, in words.</param>
/// <param name="Basis">The anchor of the part of the page that carries it, where it speaks of the evidence as a whole; empty otherwise.</param>
public sealed record Prose(string Id, string Chapter, string Text, bool IsJudgement, ImmutableArray<int> Events, string Section, string Basis = "");

/// <summary>A part of the story, and its sentence at its place.</summary>
/// <typeparam name="T">What the sentence is about.</typeparam>
/// <param name="Of">The part.</param>
/// <param name="Sentence">The sentence.</param>
public readonly record struct With<T>(T Of, Prose Sentence);

/// <summary>Gives each sentence of a chapter its anchor, and remembers which sentences cite an event.</summary>
public sealed class ProseBook
{
    private readonly Dictionary<int, List<Prose>> _citedIn = [];
    private readonly List<Prose> _all = [];
    private readonly string _chapter;
    private string _section = "";

    /// <summary>A book without sentences.</summary>
    /// <param name="chapter">The anchor of the chapter.</param>
    public ProseBook(string chapter) => _chapter = chapter;

    /// <summary>All sentences so far, in the order in which they got their places.</summary>
    public IReadOnlyList<Prose> All => _all;

    /// <summary>Says in which part of the page the next sentences stand.</summary>
    public ProseBook In(string section)
    {
        _section = section;
        return this;
    }

    /// <summary>Writes a sentence down.</summary>
    public Prose Say(string text, bool isJudgement, IEnumerable<int> events, string basis = "") => Write(text, isJudgement, [.. events.Distinct().Order()], basis);

    /// <summary>Writes a sentence of the story down.</summary>
    public Prose Say(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return Say(statement.Text, statement.IsJudgement, statement.Events);
    }

    /// <summary>Writes sentences of the story down, in their order.</summary>
    public ImmutableArray<Prose> SayAll(IEnumerable<Statement> statements) => [.. statements.Select(Say)];

    /// <summary>A judgement of the dossier's own.</summary>
    public Prose Judge(string text, params IEnumerable<int> events) => Say(text, isJudgement: true, events);

    /// <summary>A judgement of the dossier's own that cites what carries it in this order, what carries it most first.</summary>
    public Prose JudgeBy(string text, ImmutableArray<int> strongestFirst) => Write(text, isJudgement: true, strongestFirst, "");

    /// <summary>A fact about the evidence as a whole, which a part of the page shows.</summary>
    public Prose Note(string text, string basis) => Say(text, isJudgement: false, [], basis);

    /// <summary>The sentences that cite an event; empty where none does.</summary>
    public IReadOnlyList<Prose> CitedIn(int number) => _citedIn.TryGetValue(number, out List<Prose>? sentences) ? sentences : [];

    private Prose Write(string text, bool isJudgement, ImmutableArray<int> cited, string basis)
    {
        // A sentence that nothing carries cannot stand as a fact.
        var prose = new Prose($"{_chapter}-s{_all.Count + 1}", _chapter, text, isJudgement || (cited.IsEmpty && basis.Length == 0), cited, _section, basis);
        _all.Add(prose);
        foreach (int number in cited)
        {
            if (!_citedIn.TryGetValue(number, out List<Prose>? sentences))
            {
                _citedIn.Add(number, sentences = []);
            }

            sentences.Add(prose);
        }

        return prose;
    }
}
