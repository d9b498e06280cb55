using System.Collections.Immutable;

namespace Culprit.Attribution.Linking;

/// <summary>
/// Which traces are one and the same file, though machines log different hashes of it: each file gets one name, by which pairs meet it and what they share is told.
/// </summary>
internal sealed class SameFiles
{
    private readonly List<KnownFile> _files = [];
    private readonly Dictionary<string, List<KnownFile>> _byHash = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KnownFile> _byTrace = new(StringComparer.Ordinal);

    /// <summary>The traces of some incidents, those of one file of one name, and in one incident made one.</summary>
    /// <param name="incidents">The traces of each incident, by kind and value.</param>
    /// <param name="stop">Ends it before all are joined.</param>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public static ImmutableArray<Trace>[] Join(ImmutableArray<Trace>[] incidents, CancellationToken stop)
    {
        Trace[] hashes = [.. incidents.SelectMany(static i => i).Where(static t => t.Kind == TraceKind.Hash)];

        // Where each is known by the strongest algorithm, equal values are all that can be equal.
        int strongest = FileHashes.Lengths.First();
        if (Array.TrueForAll(hashes, h => h.Value.Length == strongest))
        {
            return incidents;
        }

        var same = new SameFiles();
        foreach (int length in FileHashes.Lengths)
        {
            foreach (IGrouping<string, Trace> traces in hashes.Where(h => h.Value.Length == length).GroupBy(static h => h.Value, StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal))
            {
                stop.ThrowIfCancellationRequested();
                same.Add(traces.Key, [.. traces.SelectMany(static t => t.Names).Distinct(StringComparer.Ordinal)]);
            }
        }

        foreach (ImmutableArray<Trace> incident in incidents)
        {
            same.Count(incident);
        }

        return [.. incidents.Select(same.Joined)];
    }

    // The strongest hash that finds a file decides. A hash that two different files have, as can be made for weak algorithms, tells neither.
    private void Add(string value, string[] hashes)
    {
        KnownFile[] found =
        [
            .. hashes.OrderByDescending(static h => h.Length).ThenBy(static h => h, StringComparer.Ordinal)
                .Select(h => _byHash.GetValueOrDefault(h, []).Where(f => FileHashes.AreOne(f.Hashes, hashes)).ToArray()).FirstOrDefault(static f => f.Length > 0, []),
        ];
        KnownFile file = found.Length == 1 ? found[0] : new KnownFile();
        if (found.Length != 1)
        {
            _files.Add(file);
        }

        _byTrace.Add(value, file);
        foreach (string hash in hashes.Where(file.Hashes.Add))
        {
            (_byHash.TryGetValue(hash, out List<KnownFile>? known) ? known : _byHash[hash] = []).Add(file);
        }
    }

    // By how many incidents each name of a file is known.
    private void Count(ImmutableArray<Trace> incident)
    {
        foreach (IGrouping<KnownFile, Trace> file in incident.Where(static t => t.Kind == TraceKind.Hash).GroupBy(t => _byTrace[t.Value]))
        {
            foreach (string hash in file.SelectMany(static t => t.Names).Distinct(StringComparer.Ordinal))
            {
                file.Key.Known[hash] = file.Key.Known.GetValueOrDefault(hash) + 1;
            }
        }
    }

    private ImmutableArray<Trace> Joined(ImmutableArray<Trace> incident)
    {
        IEnumerable<Trace> files = incident.Where(static t => t.Kind == TraceKind.Hash).GroupBy(t => _byTrace[t.Value]).Select(static f => Trace.OfFile(f.Key.Name, [.. f]));
        return [.. incident.Where(static t => t.Kind != TraceKind.Hash).Concat(files).OrderBy(static t => t.Kind).ThenBy(static t => t.Value, StringComparer.Ordinal)];
    }

    private sealed class KnownFile
    {
        public HashSet<string> Hashes { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, int> Known { get; } = new(StringComparer.Ordinal);

        // What most incidents know it by, so that all pairs name one thing alike; of equals the strongest.
        public string Name => field ??= Known.OrderByDescending(static k => k.Value).ThenByDescending(static k => k.Key.Length).ThenBy(static k => k.Key, StringComparer.Ordinal).First().Key;
    }
}
