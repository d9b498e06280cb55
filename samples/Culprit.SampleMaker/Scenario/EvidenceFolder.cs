using System.Globalization;
using System.Text.Json;
using System.Text.Encodings.Web;
using Culprit.SampleMaker.Logs;
using Culprit.SampleMaker.Noise;
using Culprit.SampleMaker.World;
using Culprit.TestSupport.Evtx;

namespace Culprit.SampleMaker.Scenario;

/// <summary>From a scenario to a folder of evidence and the truth about it.</summary>
public static class EvidenceFolder
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Writes <c>evtx/HOST/CHANNEL.evtx</c>, <c>iis/HOST/W3SVC1/*.log</c> and <c>truth.jsonl</c>. The same scenario gives
    /// the same bytes. Returns the number of event records and of web log lines.
    /// </summary>
    public static (long Records, long Truths) Make(string scenarioFile, string folder)
    {
        ScenarioFile scenario = ScenarioFile.Read(scenarioFile);
        var institute = new Institute(scenario);
        new OrdinaryLife(institute, scenario).Live();
        var player = new IntrusionPlayer(institute, scenario);
        player.Play();

        Directory.CreateDirectory(folder);
        var truths = new List<(DateTime Time, byte[] Line)>();
        long records = 0;
        foreach (Host host in institute.Hosts)
        {
            foreach ((string channel, List<Pending> pending) in host.Channels.OrderBy(c => c.Key, StringComparer.Ordinal))
            {
                DateTime cleared = player.Cleared
                    .Where(c => c.Host == host && c.Channel == channel)
                    .Select(c => c.Time).DefaultIfEmpty(DateTime.MinValue).Max();
                records += WriteChannel(institute, host, channel, pending, cleared, folder, truths);
            }
        }

        string web = $"iis/{institute.Web.Host.Name}/W3SVC1";
        foreach (WebLine line in institute.Web.Write(Path.Combine(folder, "iis", institute.Web.Host.Name, "W3SVC1"), web))
        {
            truths.Add((line.Request.Time, TruthLine(line.File, institute.Web.Host.Fqdn, null, null, line.Line, line.Request.Time, line.Truth)));
        }

        using FileStream truthFile = File.Create(Path.Combine(folder, "truth.jsonl"));
        foreach ((_, byte[] line) in truths.OrderBy(t => t.Time))
        {
            truthFile.Write(line);
            truthFile.WriteByte((byte)'\n');
        }

        return (records, truths.Count);
    }

    private static long WriteChannel(
        Institute institute, Host host, string channel, List<Pending> pending, DateTime cleared, string folder, List<(DateTime Time, byte[] Line)> truths)
    {
        string relative = $"evtx/{host.Name}/{channel.Replace("/", "%4", StringComparison.Ordinal)}.evtx";
        string path = Path.Combine(folder, relative.Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        DateTime end = institute.Start.AddDays(institute.Days);
        ulong id = (ulong)institute.Dice("first record", host.Name, channel).Between(2000, 90000);
        using var writer = new EvtxWriter(File.Create(path));
        foreach (Pending p in pending.Where(p => p.Event.Time < end).OrderBy(p => p.Event.Time).ThenBy(p => p.Order))
        {
            // Identifiers go on counting when a log is cleared; the records before are gone.
            id++;
            if (p.Event.Time < cleared)
            {
                continue;
            }

            writer.Write(p.Event with { RecordId = id });
            if (p.Truth is { } truth)
            {
                truths.Add((p.Event.Time, TruthLine(relative, host.Fqdn, channel, id, null, p.Event.Time, truth)));
            }
        }

        return writer.RecordCount;
    }

    private static byte[] TruthLine(string file, string host, string? channel, ulong? id, int? line, DateTime time, Truth truth)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Json))
        {
            json.WriteStartObject();
            json.WriteString("file", file);
            json.WriteString("host", host);
            if (id is { } recordId)
            {
                json.WriteString("channel", channel);
                json.WriteNumber("record_id", recordId);
            }
            else
            {
                json.WriteNumber("line", line!.Value);
            }

            json.WriteString("time", time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture));
            json.WriteNumber("step", truth.Step);
            json.WriteString("phase", truth.Phase);
            json.WriteString("technique", truth.Technique);
            json.WriteString("what", truth.What);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
