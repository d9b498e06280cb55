using System.CommandLine;
using Culprit.Cases;
using Culprit.Cli.Cases;
using Culprit.Cli.Terminal;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit note</c>: writes a note into a case.</summary>
internal static class NoteCommand
{
    public static Command Create(CliHost host)
    {
        var folder = new Argument<string>("CASE") { Description = "The case's folder" };
        var text = new Argument<string>("TEXT") { Description = "The note" };
        var command = new Command("note", "Write a note into a case") { folder.WithoutOptions(), text };
        command.SetAction(parsed => CaseText.Change(
            parsed.GetRequiredValue(folder), host, parsed.GetRequiredValue(text).Trim() is { Length: > 0 } note
                ? actor => CaseRecorder.Note(parsed.GetRequiredValue(folder), note, actor)
                : null,
            "the note is empty."));
        return command;
    }
}
