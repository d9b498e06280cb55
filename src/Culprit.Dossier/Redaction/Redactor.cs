using System.Collections.Immutable;
using Culprit.Events;
using Culprit.Incidents;

namespace Culprit.Dossier.Redaction;

/// <summary>
/// Replaces names in a whole case by pseudonyms: the same name always by the same, in every text that the dossier shows. Hashes,
/// offsets, lengths, record numbers and identities stay, so that whoever has the evidence can still check each record.
/// </summary>
public static class Redactor
{
    /// <summary>The case with names replaced, and what turns it back.</summary>
    public static (DossierInput Input, RedactionKey Key) Apply(DossierInput input, RedactionKinds kinds)
    {
        ArgumentNullException.ThrowIfNull(input);
        var book = new PseudonymBook(kinds);
        new NameCollector(kinds, book).Collect(input);
        book.Close();
        var texts = new Texts(book);
        DossierInput redacted = input with
        {
            CaseName = texts.Of(input.CaseName),
            CaseId = texts.Of(input.CaseId),
            Sources = [.. input.Sources.Select(texts.Of)],
            Incidents = [.. input.Incidents.Select(texts.Of)],
            Notes = texts.Of(input.Notes),
            Redacted = [.. Words(kinds)],
        };
        return (redacted, new RedactionKey(book.Names));
    }

    /// <summary>The kinds in words, as the command line takes them.</summary>
    public static IEnumerable<string> Words(RedactionKinds kinds) =>
        Enum.GetValues<RedactionKinds>().Where(kind => kind != RedactionKinds.None && kinds.HasFlag(kind)).Select(static kind => kind.ToString().ToLowerInvariant());

    private sealed class Texts(PseudonymBook book)
    {
        public string Of(string text) => book.Replace(text);

        public ImmutableArray<string> Of(ImmutableArray<string> texts) => texts.IsDefaultOrEmpty ? [] : [.. texts.Select(Of)];

        public DossierSource Of(DossierSource source) => source with
        {
            Path = Of(source.Path),
            Hosts = Of(source.Hosts),
            TimeAssumption = Of(source.TimeAssumption),
            NotReadReason = Of(source.NotReadReason),
            Problems = Of(source.Problems),
        };

        public DossierIncident Of(DossierIncident source) => new(Of(source.Incident), [.. source.Findings.Select(finding => finding with
        {
            Rule = finding.Rule with { Title = Of(finding.Rule.Title), Description = Of(finding.Rule.Description), Path = Of(finding.Rule.Path) },
        })])
        {
            Assessment = source.Assessment is { } assessment ? AssessmentRedaction.Apply(assessment, book) : null,
        };

        private Incident Of(Incident incident) => incident with
        {
            Reasons = [.. incident.Reasons.Select(reason => reason with { Text = Of(reason.Text) })],
            Hosts = [.. incident.Hosts.Select(host => host with { Name = Of(host.Name) })],
            Accounts = [.. incident.Accounts.Select(account => account with { Name = Of(account.Name) })],
            Addresses = [.. incident.Addresses.Select(address => address with { Name = Of(address.Name) })],
            Rules = [.. incident.Rules.Select(rule => rule with { Rule = rule.Rule with { Title = Of(rule.Rule.Title), Description = Of(rule.Rule.Description), Path = Of(rule.Rule.Path) } })],
            Joins = [.. incident.Joins.Select(join => join with { Through = Of(join.Through) })],
            Events = [.. incident.Events.Select(Of)],
            Story = incident.Story is null ? null : Of(incident.Story),
        };

        private IncidentEvent Of(IncidentEvent happened) => happened with
        {
            Host = Of(happened.Host),
            Machine = Of(happened.Machine),
            Account = Of(happened.Account),
            Fields = [.. happened.Fields.Select(field => new EventField(Of(field.Name), field.Value is null ? null : Of(field.Value)))],
            Places = [.. happened.Places.Select(place => place with { Path = Of(place.Path) })],
            Why = Of(happened.Why),
            Summary = Of(happened.Summary),
        };

        private IncidentStory Of(IncidentStory story) => new()
        {
            Entry = Of(story.Entry),
            Told = Of(story.Told),
            HostsFallen = [.. story.HostsFallen.Select(fall => fall with { Host = Of(fall.Host), How = Of(fall.How) })],
            AccountsUsed = [.. story.AccountsUsed.Select(use => use with { Account = Of(use.Account), How = Of(use.How) })],
            Movements = [.. story.Movements.Select(move => move with { From = Of(move.From), To = Of(move.To), Account = Of(move.Account), Means = Of(move.Means) })],
            Processes = [.. story.Processes.Select(Of)],
            Tools = [.. story.Tools.Select(tool => tool with { Name = Of(tool.Name), Basis = Of(tool.Basis) })],
            Channels = [.. story.Channels.Select(channel => channel with { Value = Of(channel.Value), Role = Of(channel.Role) })],
            Taken = [.. story.Taken.Select(taken => taken with { What = Of(taken.What), Host = Of(taken.Host), How = Of(taken.How) })],
            Hidden = Of(story.Hidden),
            Returned = Of(story.Returned),
            Limits = [.. story.Limits.Select(limit => new Limit(Of(limit.Question), Of(limit.WouldHaveTold)))],
            Benign = [.. story.Benign.Select(other => new BenignExplanation(Of(other.Explanation), Of(other.For), Of(other.Against), Of(other.Verdict)))],
            Indicators = [.. story.Indicators.Select(indicator => indicator with { Value = indicator.Kind is "sha256" or "md5" ? indicator.Value : Of(indicator.Value) })],
        };

        private ProcessTree Of(ProcessTree process) => process with
        {
            Host = Of(process.Host),
            Image = Of(process.Image),
            CommandLine = Of(process.CommandLine),
            Account = Of(process.Account),
            Children = [.. process.Children.Select(Of)],
        };

        private Statement Of(Statement statement) => statement with { Text = Of(statement.Text) };

        private ImmutableArray<Statement> Of(ImmutableArray<Statement> statements) => [.. statements.Select(Of)];
    }
}
