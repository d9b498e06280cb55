using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Culprit.Attribution;
using Culprit.Cases.Database;
using Culprit.Cases.Storage;
using Culprit.Knowledge;

namespace Culprit.Cases;

/// <summary>Adds to a case what people and programs have to say about it. Each addition is in the custody log and under the signature.</summary>
public static class CaseRecorder
{
    /// <summary>
    /// Makes sure that a case can be changed, and changes nothing: for work whose result is to be put into it, before that is done.
    /// </summary>
    /// <param name="folder">The case's folder.</param>
    /// <exception cref="CaseException">The case cannot be used.</exception>
    /// <exception cref="IOException">The case cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The case may not be written.</exception>
    public static void RequireWritable(string folder) => CaseStore.Open(folder, CaseDisk.Real).Dispose();

    /// <summary>Adds a note.</summary>
    /// <param name="folder">The case's folder.</param>
    /// <param name="text">The note.</param>
    /// <param name="actor">Who makes it.</param>
    /// <exception cref="CaseException">The case cannot be used.</exception>
    /// <exception cref="IOException">The case cannot be written; it is as it was.</exception>
    public static void Note(string folder, string text, CaseActor actor)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        ArgumentNullException.ThrowIfNull(actor);
        using CaseStore store = CaseStore.Open(folder, CaseDisk.Real);
        CaseMarks marks = CaseMarks.Read(store);
        var note = new CaseNote(actor.Clock.GetUtcNow(), actor.Who, text);
        Change(store, marks with { Notes = marks.Notes.Add(note) }, "note", $"Noted: {text}", actor);
    }

    /// <summary>Tags the case, one of its incidents, or an event.</summary>
    /// <param name="folder">The case's folder.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="identity">The identity of the event, 32 hexadecimal digits; null where it is not for one.</param>
    /// <param name="incident">The number of the incident; null where it is not for one.</param>
    /// <param name="actor">Who gives it.</param>
    /// <exception cref="CaseException">The case cannot be used, or has no such incident or event.</exception>
    /// <exception cref="IOException">The case cannot be written; it is as it was.</exception>
    public static void Tag(string folder, string tag, string? identity, int? incident, CaseActor actor)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        ArgumentNullException.ThrowIfNull(actor);
        using CaseStore store = CaseStore.Open(folder, CaseDisk.Real);
        string of = Require(store, identity, incident);
        CaseMarks marks = CaseMarks.Read(store);
        var given = new CaseTag(actor.Clock.GetUtcNow(), actor.Who, tag, identity?.ToLowerInvariant() ?? "", incident ?? 0);
        Change(store, marks with { Tags = marks.Tags.Add(given) }, "tag", $"Tagged {of}: {tag}", actor);
    }

    /// <summary>Adds files that were made of the case, such as a dossier; one of the same name is replaced.</summary>
    /// <param name="folder">The case's folder.</param>
    /// <param name="files">Names below the folder, separated by '/', each with what writes it. They begin with a folder of their own.</param>
    /// <param name="detail">What they are, as a sentence for the custody log.</param>
    /// <param name="actor">Who adds them.</param>
    /// <exception cref="ArgumentException">A name is one of the case's own, or leads out of it.</exception>
    /// <exception cref="CaseException">The case cannot be used.</exception>
    /// <exception cref="IOException">The case cannot be written; it is as it was.</exception>
    public static void Add(string folder, IReadOnlyDictionary<string, Action<Stream>> files, string detail, CaseActor actor)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(actor);
        foreach (string name in files.Keys)
        {
            string[] parts = name.Split('/');
            if (parts.Length < 2 || parts[0].StartsWith('.') || (parts[0] + "/") is CaseLayout.Segments or CaseLayout.Events or CaseLayout.Timestamps
                || Array.Exists(parts, static p => p is "" or "." or "..") || name.Contains('\\', StringComparison.Ordinal))
            {
                throw new ArgumentException($"'{name}' cannot be the name of a file that is added to a case", nameof(files));
            }
        }

        using CaseStore store = CaseStore.Open(folder, CaseDisk.Real);
        using CaseChange change = store.Begin();
        foreach ((string name, Action<Stream> write) in files)
        {
            change.Write(name, write);
        }

        change.Commit("add", detail, actor, store.Header!.Id);
    }

    /// <summary>Assesses who is behind the case's incidents, and keeps the result and what was asked for. A result of before is replaced.</summary>
    /// <param name="folder">The case's folder.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="knowledge">What is known.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="stop">Ends it before anything is kept.</param>
    /// <exception cref="OperationCanceledException">It was ended; the case is as it was.</exception>
    /// <exception cref="CaseException">The case cannot be used, or has no such incident.</exception>
    /// <exception cref="IOException">The case cannot be written; it is as it was.</exception>
    public static AssessedIncidents Attribute(string folder, AssessmentRequest request, KnowledgeBase knowledge, CaseActor actor, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(knowledge);
        ArgumentNullException.ThrowIfNull(actor);
        using CaseStore store = CaseStore.Open(folder, CaseDisk.Real);
        if (!store.Has(CaseLayout.Database) || !CaseInvestigation.IsJudged(store))
        {
            throw new CaseException(CaseFault.NotJudged, "its evidence was not read to its end; run the same 'culprit investigate' again, which goes on from there");
        }

        store.OpenFile(CaseLayout.Database).Dispose();
        AssessedIncidents assessed;
        using (var database = new DatabaseReader(CaseLayout.At(store.Folder, CaseLayout.Database)))
        {
            if (request.Incident is { } number && !database.HasIncident(number))
            {
                throw new CaseException(CaseFault.NoSuchThing, $"it has no incident {number}");
            }

            // Malware that was met in one incident would name a group for each of the others too.
            if (request is { Incident: null, IsOfOneIncident: true } && database.Incidents().Count(incident => IncidentAssessor.Means(request, incident)) is var meant and > 1)
            {
                throw new CaseException(
                    CaseFault.Ambiguous,
                    $"it has {meant} incidents to assess, and the techniques, software, vulnerabilities, indicators and hours that are given were observed in one of them; name it with --incident N (a victim's sector and country, the year and base rates hold for all)");
            }

            assessed = CaseAssessments.Of(database, request, knowledge, AttributionModel.Embedded, stop);
            stop.ThrowIfCancellationRequested();
        }

        using CaseChange change = store.Begin();
        change.Write(CaseLayout.Attribution, assessed.Write);
        change.Commit(
            "attribute",
            $"Assessed who is behind {CaseAssessments.Describe(assessed)}, by the knowledge {assessed.KnowledgeSha256} and the weights {assessed.ModelSha256}.",
            actor, store.Header!.Id);
        return assessed;
    }

    /// <summary>Records that the case, or a part of it, was handed on.</summary>
    /// <param name="folder">The case's folder.</param>
    /// <param name="detail">What was handed on, as a sentence for the custody log.</param>
    /// <param name="actor">Who did it.</param>
    /// <exception cref="CaseException">The case cannot be used.</exception>
    /// <exception cref="IOException">The case cannot be written; it is as it was.</exception>
    public static void Export(string folder, string detail, CaseActor actor)
    {
        ArgumentException.ThrowIfNullOrEmpty(detail);
        ArgumentNullException.ThrowIfNull(actor);
        using CaseStore store = CaseStore.Open(folder, CaseDisk.Real);
        using CaseChange change = store.Begin();
        change.Commit("export", detail, actor, store.Header!.Id);
    }

    private static void Change(CaseStore store, CaseMarks marks, string action, string detail, CaseActor actor)
    {
        using CaseChange change = store.Begin();
        if (action is "note")
        {
            change.Write(CaseLayout.Notes, output => Lines(output, marks.Notes, CaseJson.Lines.CaseNote));
        }
        else
        {
            change.Write(CaseLayout.Tags, output => Lines(output, marks.Tags, CaseJson.Lines.CaseTag));
        }

        if (store.Has(CaseLayout.Database))
        {
            string copy = change.PathOf(CaseLayout.Database);
            using (FileStream database = store.OpenFile(CaseLayout.Database))
            using (var target = new FileStream(copy, FileMode.CreateNew, FileAccess.Write))
            {
                database.CopyTo(target);
            }

            DatabaseWriter.ReplaceMarks(copy, marks);
            change.Adopt(CaseLayout.Database);
        }

        change.Commit(action, detail, actor, store.Header!.Id);
    }

    private static string Require(CaseStore store, string? identity, int? incident)
    {
        if (identity is null && incident is null)
        {
            return "the case";
        }

        if (!store.Has(CaseLayout.Database))
        {
            throw new CaseException(CaseFault.NotJudged, "its evidence was not read to its end; run the same 'culprit investigate' again, which goes on from there");
        }

        using var database = new DatabaseReader(CaseLayout.At(store.Folder, CaseLayout.Database));
        if (incident is { } number && !database.HasIncident(number))
        {
            throw new CaseException(CaseFault.NoSuchThing, $"it has no incident {number}");
        }

        if (identity is not null && !database.HasEvent(identity.ToLowerInvariant()))
        {
            throw new CaseException(CaseFault.NoSuchThing, $"none of its incidents has an event {identity}");
        }

        return identity is not null ? $"event {identity.ToLowerInvariant()}" : $"incident {incident}";
    }

    private static void Lines<T>(Stream output, IEnumerable<T> items, JsonTypeInfo<T> type)
    {
        foreach (T item in items)
        {
            JsonSerializer.Serialize(output, item, type);
            output.WriteByte((byte)'\n');
        }
    }
}
