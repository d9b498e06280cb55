using Culprit.Evtx;
using Culprit.Sigma.Tests.Reference;

namespace Culprit.Sigma.Tests.Corpus;

/// <summary>Records of real event logs as plain events.</summary>
internal static class EvtxEvents
{
    /// <summary>All records of a file.</summary>
    public static List<ReferenceEvent> Of(string path)
    {
        var collector = new Collector();
        var reader = new EvtxChunkReader(new EvtxLayoutCache(), new EvtxOptions());
        using FileStream stream = File.OpenRead(path);
        var units = new EvtxStreamReader(stream);
        byte[] buffer = new byte[EvtxFormat.ChunkSize];
        while (units.TryReadUnit(buffer, out EvtxUnit unit))
        {
            if (unit.Kind == EvtxUnitKind.Chunk)
            {
                reader.Read(buffer.AsSpan(0, unit.Length), unit.Offset, collector, []);
            }
        }

        return collector.Events;
    }

    /// <summary>The event logs below a folder of the shared corpus, in a fixed order.</summary>
    public static IEnumerable<string> Files(params string[] folder) =>
        Directory.EnumerateFiles(Path.Combine([TestSupport.RepositoryRoot.Shared, .. folder]), "*.evtx", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal);

    private sealed class Collector : IEvtxVisitor
    {
        private readonly EvtxTextBuffer _buffer = new();
        private readonly Dictionary<SigmaRoute, SigmaRoute> _routes = [];

        public List<ReferenceEvent> Events { get; } = [];

        public void Visit(scoped in EvtxRecord record)
        {
            _buffer.Reset();
            var fields = new List<KeyValuePair<string, IReadOnlyList<string?>>>();
            string? channel = null;
            for (int field = 0; field < record.Layout.Fields.Count; field++)
            {
                var values = new List<string?>();
                for (int i = 0; record.TryGetText(field, i, _buffer, out ReadOnlySpan<char> text); i++)
                {
                    values.Add(text.ToString());
                }

                // What the System section says is so. Event 1108 of the log service, for one, quotes the EventID of another event in its data.
                bool quoted = record.Layout.Fields[field] is { Origin: not EvtxFieldOrigin.System, Name: "EventID" or "Provider_Name" };
                if (values.Count > 0 && !quoted)
                {
                    // Event 104 names the log that was cleared in a Channel of its own, and rules ask for that one.
                    if (record.Layout.Fields[field].Name == "Channel" && record.Layout.Fields[field].Origin != EvtxFieldOrigin.System)
                    {
                        channel = First("Channel");
                        fields.RemoveAll(f => f.Key == "Channel");
                    }

                    fields.Add(new(record.Layout.Fields[field].Name, values));
                }
            }

            var route = new SigmaRoute("windows", "", "", channel ?? First("Channel"), First("Provider_Name"), int.TryParse(First("EventID"), out int id) ? id : 0);
            if (!_routes.TryAdd(route, route))
            {
                route = _routes[route];
            }

            Events.Add(new ReferenceEvent(route, fields));

            string First(string name) => fields.Find(f => f.Key == name).Value is [string value, ..] ? value : "";
        }
    }
}
