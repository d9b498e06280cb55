using System.CommandLine;
using Culprit.Cases;
using Culprit.Cli.Cases;
using Culprit.Cli.Terminal;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit tag</c>: tags a case, an incident or an event.</summary>
internal static class TagCommand
{
    private const int IdentityLength = 32;

    public static Command Create(CliHost host)
    {
        var folder = new Argument<string>("CASE") { Description = "The case's folder" };
        var tag = new Argument<string>("TAG") { Description = "The tag, such as 'reviewed'" };
        var identity = new Option<string?>("--event") { Description = "Tag the event of this identity, 32 hexadecimal digits", HelpName = "IDENTITY" };
        var incident = new Option<int?>("--incident") { Description = "Tag the incident of this number", HelpName = "N" };
        identity.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var value }] && (value.Length != IdentityLength || !value.All(char.IsAsciiHexDigit)))
            {
                result.AddError($"'{value}' is no identity of an event, which has {IdentityLength} hexadecimal digits.");
            }
        });
        var command = new Command("tag", "Tag a case, one of its incidents, or an event") { folder.WithoutOptions(), tag, identity, incident };
        command.SetAction(parsed =>
        {
            string text = parsed.GetRequiredValue(tag).Trim();
            string? ofEvent = parsed.GetValue(identity);
            int? ofIncident = parsed.GetValue(incident);
            return CaseText.Change(
                parsed.GetRequiredValue(folder), host, text.Length > 0 && (ofEvent is null || ofIncident is null)
                    ? actor => CaseRecorder.Tag(parsed.GetRequiredValue(folder), text, ofEvent, ofIncident, actor)
                    : null,
                text.Length == 0 ? "the tag is empty." : "--event and --incident exclude each other.");
        });
        return command;
    }
}
