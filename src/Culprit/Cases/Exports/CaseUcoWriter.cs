using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Culprit.Cases.Storage;
using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Cases.Exports;

/// <summary>
/// A case in CASE/UCO 1.x as JSON-LD: evidence as files with their hashes, records as event records within them, what rules say as
/// annotations of these, incidents as investigations, and custody as actions. Exports are left out of the actions, because the next
/// export of the same case is to be the same.
/// </summary>
internal sealed class CaseUcoWriter
{
    private readonly CaseReader _case;
    private readonly UcoGraph _graph;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, List<string>> _incidents = [];
    private readonly List<string> _all = [];

    private CaseUcoWriter(Utf8JsonWriter json, CaseReader opened)
    {
        _case = opened;
        _graph = new UcoGraph(json, opened.Id);
    }

    /// <summary>Writes the graph.</summary>
    public static void Write(Stream output, CaseReader opened)
    {
        // Relaxed: text of evidence is to be found by a search in the file. JSON's own escapes still hold back controls.
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        UcoGraph.Context(json);
        json.WriteStartArray("@graph"u8);
        var writer = new CaseUcoWriter(json, opened);
        writer.Evidence();
        writer.Custody();
        foreach (TimelineEntry entry in CaseTimeline.Read(opened, new TimelineFilter { All = true }))
        {
            writer.Entry(entry);
            if (json.BytesPending > 256 * 1024)
            {
                json.Flush();
            }
        }

        writer.Incidents();
        writer.Whole();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Evidence()
    {
        List<string> files = [];
        foreach (CaseEvidence source in _case.Manifest.Evidence)
        {
            string file = FileId(source.Path, source.Sha256);
            if (!_known.Add(file))
            {
                continue;
            }

            files.Add(file);
            _graph.Begin(file, "uco-observable:File");
            _graph.Text("uco-core:name", source.Path);
            _graph.Texts("uco-core:description", source.NotReadReason.Length > 0 ? [$"Read as {source.Format}.", $"Not read: {source.NotReadReason}."] : [$"Read as {source.Format}."]);
            _graph.Facets();
            _graph.BeginFacet(file, "uco-observable:FileFacet");
            _graph.Text("uco-observable:fileName", source.Path[(source.Path.LastIndexOfAny(['/', '\\']) + 1)..]);
            _graph.Text("uco-observable:filePath", source.Path);
            _graph.Typed("uco-observable:sizeInBytes", "xsd:integer", Number(source.Size));
            _graph.End();
            _graph.BeginFacet(file, "uco-observable:ContentDataFacet");
            _graph.Typed("uco-observable:sizeInBytes", "xsd:integer", Number(source.Size));
            if (source.Sha256.Length > 0)
            {
                _graph.Hash(file, source.Sha256);
            }

            _graph.End();
            _graph.EndFacets();
            _graph.End();
            if (source.Container.Length > 0 && _case.Manifest.Evidence.FirstOrDefault(e => e.Path == source.Container) is { } container)
            {
                _graph.Within(file, FileId(container.Path, container.Sha256));
            }
        }

        string record = _graph.Id("provenance-record", "evidence");
        _graph.Begin(record, "case-investigation:ProvenanceRecord");
        _graph.Text("uco-core:name", "Evidence");
        _graph.Text("uco-core:description", "The files that were read, each named by the SHA-256 of its bytes.");
        _graph.References("uco-core:object", files);
        _graph.End();
        _all.Add(record);
    }

    private void Custody()
    {
        string evidence = _graph.Id("provenance-record", "evidence");
        foreach (CustodyEntry entry in _case.Custody.Where(static e => e.Action != "export"))
        {
            string who = Node("identity", entry.Who, "uco-identity:Identity");
            string tool = _graph.Id("tool", entry.Tool);
            if (_known.Add(tool))
            {
                int space = entry.Tool.LastIndexOf(' ');
                _graph.Begin(tool, "uco-tool:AnalyticTool");
                _graph.Text("uco-core:name", space > 0 ? entry.Tool[..space] : entry.Tool);
                _graph.Text("uco-tool:version", space > 0 ? entry.Tool[(space + 1)..] : "");
                _graph.End();
            }

            // By content rather than by position: exports between entries do not change what these are called.
            string action = _graph.Id("action", entry.Action + "\0" + Time(entry.Time) + "\0" + entry.Detail);
            if (!_known.Add(action))
            {
                continue;
            }

            _graph.Begin(action, "case-investigation:InvestigativeAction");
            _graph.Text("uco-core:name", entry.Action);
            _graph.Text("uco-core:description", entry.Detail);
            _graph.Typed("uco-action:startTime", "xsd:dateTime", Time(entry.Time));
            _graph.Typed("uco-action:endTime", "xsd:dateTime", Time(entry.Time));
            _graph.Reference("uco-action:performer", who);
            _graph.Reference("uco-action:instrument", tool);
            _graph.References("uco-action:object", [evidence]);
            _graph.End();
            _all.Add(action);
        }
    }

    private void Entry(TimelineEntry entry)
    {
        string key = entry.Event >= 0 ? "event\0" + entry.Identity : "finding\0" + Number(entry.Findings[0]);
        string record = _graph.Id("event-record", key);
        if (_known.Add(record))
        {
            Record(record, entry);
        }

        if (entry.Incident > 0)
        {
            List<string> members = _incidents.TryGetValue(entry.Incident, out List<string>? known) ? known : _incidents[entry.Incident] = [];
            members.Add(record);
        }

        foreach (TimelineRule rule in entry.Rules)
        {
            string annotation = _graph.Id("annotation", key + "\0" + rule.Id + "\0" + rule.Title);
            if (_known.Add(annotation))
            {
                _graph.Begin(annotation, "uco-core:Annotation");
                _graph.Text("uco-core:name", rule.Title);
                _graph.Texts("uco-core:statement", [$"The Sigma rule '{rule.Title}' ({(rule.Id.Length > 0 ? rule.Id : "no id")}, level {rule.Level.ToString().ToLowerInvariant()}) is satisfied by this record."]);
                _graph.Texts("uco-core:tag", [.. entry.Techniques, .. entry.Tactics]);
                _graph.References("uco-core:object", [record]);
                _graph.End();
            }
        }
    }

    private void Record(string record, TimelineEntry entry)
    {
        string host = entry.Host.Length > 0 ? Host(entry.Host) : "";
        string account = entry.Account.Length > 0 ? Account(entry.Account) : "";
        string file = FileId(entry.Place.Path, entry.Place.Sha256);
        _graph.Begin(record, "uco-observable:EventRecord");
        _graph.Text("uco-core:name", entry.Message);
        _graph.Texts("uco-core:description",
        [
            $"{entry.Place.Path} (SHA-256 {entry.Place.Sha256}): {Number(entry.Place.Length)} bytes at byte {Number(entry.Place.Offset)}.",
            .. entry.Why.Length > 0 ? [entry.Why] : Array.Empty<string>(),
            .. entry.Time.Certainty == TimeCertainty.Exact ? Array.Empty<string>() : [$"Its time is {EventTimeConverter.Certainty(entry.Time.Certainty)}."],
        ]);
        _graph.Texts("uco-core:tag", [.. entry.Tags]);
        _graph.Facets();
        _graph.BeginFacet(record, "uco-observable:EventRecordFacet");
        if (entry.RecordId >= 0)
        {
            _graph.Text("uco-observable:eventRecordID", Number(entry.RecordId));
        }

        if (entry.EventId > 0)
        {
            _graph.Text("uco-observable:eventType", Number(entry.EventId));
        }

        _graph.Text("uco-observable:eventRecordServiceName", entry.Provider.Length > 0 ? entry.Provider : entry.Channel);
        _graph.Text("uco-observable:eventRecordText", entry.Message);
        if (entry.Time.Certainty != TimeCertainty.Unknown)
        {
            _graph.Typed("uco-observable:observableCreatedTime", "xsd:dateTime", EventTimeConverter.Iso(entry.Time));
        }

        _graph.Reference("uco-observable:eventRecordDevice", host);
        _graph.Reference("uco-observable:account", account);
        _graph.End();
        _graph.BeginFacet(record, "uco-observable:DataRangeFacet");
        _graph.Typed("uco-observable:rangeOffset", "xsd:integer", Number(entry.Place.Offset));
        _graph.Typed("uco-observable:rangeSize", "xsd:integer", Number(entry.Place.Length));
        _graph.End();
        _graph.EndFacets();
        _graph.End();
        _graph.Within(record, file);
    }

    private void Incidents()
    {
        foreach (Incident incident in _case.Incidents)
        {
            string id = _graph.Id("investigation", "incident\0" + Number(incident.Number));
            _graph.Begin(id, "case-investigation:Investigation");
            _graph.Text("uco-core:name", $"Incident {Number(incident.Number)} of {_case.Name}");
            _graph.Texts("uco-core:description",
            [
                $"Severity {incident.Severity.ToString().ToLowerInvariant()}, score {incident.Score.ToString("0.0", CultureInfo.InvariantCulture)}.",
                .. incident.Reasons.Select(static r => r.Text),
            ]);
            _graph.Typed("case-investigation:investigationForm", "case-vocabulary:InvestigationFormVocab", "incident");
            _graph.References("uco-core:object", _incidents.GetValueOrDefault(incident.Number, []));
            _graph.End();
            _all.Add(id);
        }
    }

    private void Whole()
    {
        _graph.Begin(_graph.Id("investigation", "case"), "case-investigation:Investigation");
        _graph.Text("uco-core:name", _case.Name);
        _graph.Texts("uco-core:description", [$"Case {_case.Id}.", $"Judged by {_case.Manifest.Versions.Tool} with the rules {_case.Manifest.Versions.Rules} (SHA-256)."]);
        _graph.Typed("uco-core:objectCreatedTime", "xsd:dateTime", Time(_case.Created));
        _graph.Typed("case-investigation:investigationForm", "case-vocabulary:InvestigationFormVocab", "case");
        _graph.References("uco-core:object", _all);
        _graph.End();
    }

    private string Host(string name)
    {
        string id = _graph.Id("computer", name);
        if (_known.Add(id))
        {
            _graph.Begin(id, "uco-observable:Computer");
            _graph.Text("uco-core:name", name);
            _graph.Facets();
            _graph.BeginFacet(id, "uco-observable:ComputerSpecificationFacet");
            _graph.Text("uco-observable:hostname", name);
            _graph.End();
            _graph.EndFacets();
            _graph.End();
        }

        return id;
    }

    private string Account(string name)
    {
        string id = _graph.Id("account", name);
        if (_known.Add(id))
        {
            _graph.Begin(id, "uco-observable:UserAccount");
            _graph.Text("uco-core:name", name);
            _graph.Facets();
            _graph.BeginFacet(id, "uco-observable:AccountFacet");
            _graph.Text("uco-observable:accountIdentifier", name);
            _graph.End();
            _graph.EndFacets();
            _graph.End();
        }

        return id;
    }

    private string Node(string kind, string name, string type)
    {
        string id = _graph.Id(kind, name);
        if (_known.Add(id))
        {
            _graph.Begin(id, type);
            _graph.Text("uco-core:name", name);
            _graph.End();
        }

        return id;
    }

    private string FileId(string path, string sha256) => _graph.Id("file", path + "\0" + sha256);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
