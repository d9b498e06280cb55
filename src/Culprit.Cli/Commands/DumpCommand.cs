using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Culprit.Cli.Terminal;
using Culprit.Evidence;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit dump</c>: every record as JSON or XML, in the order of the file.</summary>
internal static class DumpCommand
{
    public static Command Create(CliHost host)
    {
        var files = new Argument<string[]>("FILE") { Description = "Event logs, or folders and archives of them", Arity = ArgumentArity.OneOrMore };
        var xml = new Option<bool>("--xml") { Description = "Write XML, one event a line, instead of JSON Lines" };
        var slack = new Option<bool>("--slack") { Description = "Also recover deleted records from the unused space of event logs" };
        var command = new Command("dump", "Write every record as JSON Lines or XML") { files.WithoutOptions(), xml, slack };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(files), parsed.GetValue(xml), parsed.GetValue(slack), host));
        return command;
    }

    private static int Run(string[] files, bool xml, bool slack, CliHost host)
    {
        host.Out.Flush();
        RecordDump dump = xml ? new XmlDump(host) : new JsonDump(host);
        Coverage coverage = new EvidenceReader(new EvidenceOptions { Threads = 1, IncludeSlack = slack }).Read(files, () => dump, progress: null, host.Stop);
        dump.Flush();
        foreach (SourceCoverage source in coverage.Sources)
        {
            if (source.NotReadReason.Length > 0)
            {
                host.Error.WriteLine($"culprit: {host.Safe(source.Source.Path)}: {host.Safe(source.NotReadReason)}");
            }
            else if (source.RecordsBad > 0)
            {
                host.Error.WriteLine($"culprit: {host.Safe(source.Source.Path)}: {source.RecordsBad} damaged records left out");
            }
        }

        return coverage.Stopped ? ExitCodes.Interrupted
            : Readability.AnythingUnreadable(coverage, files, host) ? ExitCodes.NotRead
            : ExitCodes.Done;
    }

    private abstract class RecordDump : IRecordSink
    {
        public abstract void Accept(scoped in RecordView record);

        public abstract void Flush();
    }

    private sealed class JsonDump : RecordDump
    {
        private const int FlushAt = 1 << 20;

        private readonly System.Buffers.ArrayBufferWriter<byte> _buffer = new(2 * FlushAt);
        private readonly Utf8JsonWriter _json;
        private readonly Stream _output;

        public JsonDump(CliHost host)
        {
            _output = host.OutStream;
            // A terminal gets nothing but ASCII; programs get text that grep finds.
            _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions
            {
                SkipValidation = true,
                Encoder = host.OutIsTerminal ? JavaScriptEncoder.Default : JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            });
        }

        public override void Accept(scoped in RecordView record)
        {
            record.WriteJson(_json);
            _json.Flush();
            _json.Reset();
            _buffer.GetSpan(1)[0] = (byte)'\n';
            _buffer.Advance(1);
            if (_buffer.WrittenCount >= FlushAt)
            {
                Flush();
            }
        }

        public override void Flush()
        {
            _output.Write(_buffer.WrittenSpan);
            _buffer.ResetWrittenCount();
        }
    }

    private sealed class XmlDump(CliHost host) : RecordDump
    {
        private readonly StringWriter _event = new(new StringBuilder(4096));

        public override void Accept(scoped in RecordView record)
        {
            StringBuilder text = _event.GetStringBuilder();
            text.Clear();
            record.WriteXml(_event);
            if (host.OutIsTerminal)
            {
                host.Out.WriteLine(TerminalText.Safe(text.ToString(), host.Unicode));
            }
            else
            {
                host.Out.Write(text);
                host.Out.Write('\n');
            }
        }

        public override void Flush() => host.Out.Flush();
    }
}
