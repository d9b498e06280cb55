using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Culprit.Cli.Knowledge;
using Culprit.Cli.Output;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit knowledge diff</c>: what one knowledge base says and another does not.</summary>
internal static class KnowledgeDiffCommand
{
    public static Command Create(CliHost host)
    {
        var old = new Argument<string>("OLD") { Description = "A file of facts, or published files or a folder of them" }.WithoutOptions();
        var current = new Argument<string?>("NEW") { Description = "The same; the knowledge in use where it is not given", Arity = ArgumentArity.ZeroOrOne }.WithoutOptions();
        Option<ResultFormat> format = ChoiceOption.Create("--format", "How to write it", ResultFormat.Table, ("text", ResultFormat.Table), ("jsonl", ResultFormat.Jsonl));
        var command = new Command("diff", "Show which facts were added, removed and changed") { old, current, format };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(old), parsed.GetValue(current), parsed.GetValue(format), host));
        return command;
    }

    private static int Run(string old, string? current, ResultFormat format, CliHost host)
    {
        KnowledgeBase before;
        KnowledgeBase after;
        try
        {
            before = KnowledgeFiles.Published(old, host);
            after = current is null ? KnowledgeFiles.Load(named: null, host).Base : KnowledgeFiles.Published(current, host);
        }
        catch (KnowledgeException e)
        {
            host.Error.WriteLine("culprit: nothing was compared: " + host.Safe(e.Message) + ".");
            return ExitCodes.Usage;
        }

        IReadOnlyList<KnowledgeChange> changes = KnowledgeDiff.Compare(before, after);
        if (format is ResultFormat.Jsonl)
        {
            return ResultOutput.Write(path: null, host, stream => WriteJson(changes, stream));
        }

        foreach (IGrouping<string, KnowledgeChange> kind in changes.GroupBy(static c => c.Fact, StringComparer.Ordinal))
        {
            host.Out.WriteLine($"{kind.Key}: {Counted(kind, ChangeKind.Added)} added, {Counted(kind, ChangeKind.Removed)} removed, {Counted(kind, ChangeKind.Changed)} changed");
        }

        host.Out.WriteLine(changes.Count == 0 ? "Both say the same." : "");
        foreach (KnowledgeChange change in changes)
        {
            host.Out.WriteLine(host.Safe(Line(change)));
        }

        return ExitCodes.Done;
    }

    private static string Counted(IEnumerable<KnowledgeChange> changes, ChangeKind kind) => Words.Number(changes.Count(c => c.Change == kind));

    private static string Line(KnowledgeChange change) =>
        $"{Sign(change.Change)} {change.Fact} {change.Subject}" + (change.Object.Length > 0 ? " " + change.Object : "") + change.Change switch
        {
            ChangeKind.Added => Of(change.After),
            ChangeKind.Removed => Of(change.Before),
            _ => $": {change.Before} -> {change.After}",
        };

    private static string Of(string value) => value.Length == 0 ? "" : $" ({value})";

    private static char Sign(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => '+',
        ChangeKind.Removed => '-',
        _ => '~',
    };

    private static void WriteJson(IReadOnlyList<KnowledgeChange> changes, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default });
        foreach (KnowledgeChange change in changes)
        {
            json.WriteStartObject();
            json.WriteString("change", change.Change switch { ChangeKind.Added => "added", ChangeKind.Removed => "removed", _ => "changed" });
            json.WriteString("fact", change.Fact);
            json.WriteString("subject", change.Subject);
            json.WriteString("object", change.Object);
            json.WriteString("before", change.Before);
            json.WriteString("after", change.After);
            json.WriteEndObject();
            json.Flush();
            stream.Write("\n"u8);
            json.Reset();
        }
    }
}
