using System.Collections.Immutable;
using Culprit.Incidents;

namespace Culprit.Dossier.Model;

/// <summary>One incident as the dossier tells it: every sentence at its place, in the order in which the page shows them.</summary>
public sealed class Chapter
{
    /// <summary>Reads an incident.</summary>
    /// <param name="source">The incident.</param>
    /// <param name="anchor">The chapter's anchor, such as <c>i1</c>.</param>
    /// <param name="input">The whole case.</param>
    public Chapter(DossierIncident source, string anchor, DossierInput input)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(input);
        Source = source;
        Anchor = anchor;
        Input = input;
        Book = new ProseBook(anchor);
        Sightings = new Sightings(source);
        IncidentStory? story = source.Incident.Story;
        Entry = Book.SayAll(story?.Entry ?? []);
        Told = Book.SayAll(story?.Told ?? []);
        Hosts = [.. (story?.HostsFallen ?? []).Select(fall => new With<HostFall>(fall, Book.Say(fall.How)))];
        Accounts = [.. (story?.AccountsUsed ?? []).Select(use => new With<AccountUse>(use, Book.Say(use.How)))];
        Tools = [.. (story?.Tools ?? []).Select(tool => new With<NamedTool>(tool, Book.Say(tool.Basis)))];
        Channels = [.. (story?.Channels ?? []).Select(channel => new With<CommandChannel>(channel, Book.Say(channel.Role)))];
        Taken = [.. (story?.Taken ?? []).Select(taken => new With<TakenData>(taken, Book.Say(taken.How)))];
        Hidden = Book.SayAll(story?.Hidden ?? []);
        Returned = Book.SayAll(story?.Returned ?? []);
    }

    /// <summary>The incident.</summary>
    public DossierIncident Source { get; }

    /// <summary>The chapter's anchor.</summary>
    public string Anchor { get; }

    /// <summary>The whole case.</summary>
    public DossierInput Input { get; }

    /// <summary>All sentences.</summary>
    public ProseBook Book { get; }

    /// <summary>Which events show what.</summary>
    public Sightings Sightings { get; }

    /// <summary>The incident itself.</summary>
    public Incident Incident => Source.Incident;

    /// <summary>How it began.</summary>
    public ImmutableArray<Prose> Entry { get; }

    /// <summary>The story.</summary>
    public ImmutableArray<Prose> Told { get; }

    /// <summary>How each host fell.</summary>
    public ImmutableArray<With<HostFall>> Hosts { get; }

    /// <summary>How each account was used.</summary>
    public ImmutableArray<With<AccountUse>> Accounts { get; }

    /// <summary>Tools and malware.</summary>
    public ImmutableArray<With<NamedTool>> Tools { get; }

    /// <summary>Addresses through which the intruder came.</summary>
    public ImmutableArray<With<CommandChannel>> Channels { get; }

    /// <summary>What was gathered and taken.</summary>
    public ImmutableArray<With<TakenData>> Taken { get; }

    /// <summary>What was hidden.</summary>
    public ImmutableArray<Prose> Hidden { get; }

    /// <summary>Whether the intruder came back.</summary>
    public ImmutableArray<Prose> Returned { get; }
}
