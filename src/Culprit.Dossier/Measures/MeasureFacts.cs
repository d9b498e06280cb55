using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Culprit.Dossier.Model;
using Culprit.Dossier.Text;
using Culprit.Incidents;

namespace Culprit.Dossier.Measures;

/// <summary>A counter-measure for one incident.</summary>
/// <param name="Urgency">How soon.</param>
/// <param name="Id">The row of the table that it comes from.</param>
/// <param name="Why">Why.</param>
/// <param name="Text">What to do, names filled in.</param>
/// <param name="Events">The events that call for it, by number.</param>
public sealed record Measure(Urgency Urgency, string Id, string Why, string Text, ImmutableArray<int> Events);

/// <summary>Chooses the rows of the table that an incident calls for, and fills in its names.</summary>
internal sealed partial class MeasureFacts
{
    private readonly Incident _incident;
    private readonly IncidentStory? _story;
    private readonly Sightings _sightings;
    private readonly HashSet<string> _phaseTechniques;

    private MeasureFacts(Incident incident, Sightings sightings)
    {
        _incident = incident;
        _story = incident.Story;
        _sightings = sightings;
        _phaseTechniques = [.. incident.Phases.SelectMany(static phase => phase.Techniques)];
    }

    /// <summary>The measures, the most urgent first, within one urgency in the table's order.</summary>
    public static ImmutableArray<Measure> For(Incident incident, Sightings sightings)
    {
        var facts = new MeasureFacts(incident, sightings);
        return [.. MeasureTable.Rules.Select(facts.Try).OfType<Measure>().OrderBy(static measure => measure.Urgency)];
    }

    private Measure? Try(MeasureRule rule)
    {
        string[] seen = [.. _phaseTechniques.Where(id => rule.Techniques.Any(technique => Sightings.IsOrBelow(id, technique)))];
        NamedTool[] tools = [.. (_story?.Tools ?? []).Where(tool => rule.Tools.Any(name => tool.Name.Contains(name, StringComparison.OrdinalIgnoreCase)))];
        bool part = HasPart(rule.Part, out IEnumerable<int> partEvents);
        if (seen.Length == 0 && tools.Length == 0 && !part)
        {
            return null;
        }

        ImmutableArray<int> events =
        [
            .. seen.SelectMany(id => _sightings.Exactly(id)).Concat(tools.SelectMany(static tool => tool.Basis.Events)).Concat(part ? partEvents : [])
                .Distinct().Order(),
        ];
        return new Measure(rule.Urgency, rule.Id, rule.Why, Fill(rule, events), events);
    }

    private bool HasPart(StoryPart part, out IEnumerable<int> events)
    {
        events = [];
        if (_story is null || part is StoryPart.None)
        {
            return false;
        }

        IEnumerable<Statement> Of<T>(IEnumerable<T> items, Func<T, Statement> statement) => items.Select(statement);
        (bool there, events) = part switch
        {
            StoryPart.Hosts => (!_story.HostsFallen.IsEmpty, Cited(Of(_story.HostsFallen, static fall => fall.How))),
            StoryPart.Accounts => (PeoplesAccounts().Any(), Cited(Of(PeoplesAccounts(), static use => use.How))),
            StoryPart.Channels => (!_story.Channels.IsEmpty, Cited(Of(_story.Channels, static channel => channel.Role))),
            StoryPart.Taken => (Data(TakenState.Taken).Any(), Cited(Of(Data(TakenState.Taken), static taken => taken.How))),
            StoryPart.Staged => (Data(TakenState.Staged).Any(), Cited(Of(Data(TakenState.Staged), static taken => taken.How))),
            StoryPart.Hidden => (!_story.Hidden.IsEmpty, Cited(_story.Hidden)),
            StoryPart.Returned => (_story.Returned.Any(IsSeen), Cited(_story.Returned.Where(IsSeen))),
            StoryPart.Indicators => (!_story.Indicators.IsEmpty, _story.Indicators.SelectMany(static indicator => indicator.Events)),
            StoryPart.Movements => (_story.Movements.Length > 1, _story.Movements.SelectMany(static movement => movement.Events)),
            StoryPart.Services => (OfKind("service").Any(), OfKind("service").SelectMany(static indicator => indicator.Events)),
            StoryPart.Tasks => (OfKind("scheduled-task").Any(), OfKind("scheduled-task").SelectMany(static indicator => indicator.Events)),
            StoryPart.Limits => (!_story.Limits.IsEmpty && !_story.HostsFallen.IsEmpty, []),
            _ => (false, Enumerable.Empty<int>()),
        };
        return there;
    }

    // A judgement that nothing was seen again is no return.
    private static bool IsSeen(Statement statement) => !statement.IsJudgement && !statement.Events.IsEmpty;

    private static IEnumerable<int> Cited(IEnumerable<Statement> statements) => statements.SelectMany(static statement => statement.Events);

    private IEnumerable<AccountUse> PeoplesAccounts() => (_story?.AccountsUsed ?? []).Where(static use => !Names.IsServiceIdentity(use.Account));

    private IEnumerable<TakenData> Data(TakenState state) => (_story?.Taken ?? []).Where(taken => taken.State == state);

    private IEnumerable<IncidentIndicator> OfKind(string kind) => (_story?.Indicators ?? []).Where(indicator => string.Equals(indicator.Kind, kind, StringComparison.Ordinal));

    private string Fill(MeasureRule rule, ImmutableArray<int> events) => Place().Replace(rule.Text, match =>
    {
        string known = Names.List(match.Groups["what"].Value switch
        {
            "hosts" => HostsOf(rule, events),
            "accounts" => PeoplesAccounts().Select(static use => use.Account),
            "channels" => (_story?.Channels ?? []).Select(static channel => channel.Value),
            "files:url-path" => Values("url-path", events),
            "services" => Values("service", events),
            "tasks" => Values("scheduled-task", events),
            "taken" => Data(rule.Part is StoryPart.Staged ? TakenState.Staged : TakenState.Taken).Select(static taken => taken.What),
            _ => [],
        });
        return known.Length > 0 ? known : match.Groups["else"].Value;
    });

    private IEnumerable<string> HostsOf(MeasureRule rule, ImmutableArray<int> events) =>
        rule.Part is StoryPart.Hosts or StoryPart.Returned
            ? _story!.HostsFallen.Select(static fall => fall.Host)
            : events.Where(number => number >= 0 && number < _incident.Events.Length).Select(number => _incident.Events[number].Host).Where(static host => host.Length > 0);

    private IEnumerable<string> Values(string kind, ImmutableArray<int> events) =>
        OfKind(kind).Where(indicator => indicator.Events.Any(events.Contains)).Select(static indicator => indicator.Value);

    [GeneratedRegex(@"\{(?<what>[a-z:-]+)\|(?<else>[^}]*)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();
}
