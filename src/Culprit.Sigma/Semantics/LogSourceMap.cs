using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Culprit.Sigma.Semantics;
using Culprit.Sigma.Syntax;

namespace Culprit.Sigma;

/// <summary>What log sources mean in real events. Read from a data file that a user can extend.</summary>
public sealed partial class LogSourceMap
{
    private static readonly Lazy<LogSourceMap> LazyDefault = new(LoadDefault);

    private readonly ImmutableArray<LogSourceEntry> _entries;
    private readonly ConcurrentDictionary<SigmaLogSource, ImmutableArray<LogSourceBinding>> _resolved = new();

    private LogSourceMap(ImmutableArray<LogSourceEntry> entries, IEnumerable<SigmaLogSource> known)
    {
        _entries = entries;
        SigmaLogSource[] all = [.. entries.Select(e => e.Source), .. known];
        KnownProducts = Names(all, s => s.Product);
        KnownCategories = Names(all, s => s.Category);
        KnownServices = Names(all, s => s.Service);
    }

    /// <summary>The map that comes with this package.</summary>
    public static LogSourceMap Default => LazyDefault.Value;

    internal FrozenSet<string> KnownProducts { get; }

    internal FrozenSet<string> KnownCategories { get; }

    internal FrozenSet<string> KnownServices { get; }

    /// <summary>
    /// A map that knows also what <paramref name="yaml"/> says (the format is that of the package's own map). Bindings for a
    /// log source that <paramref name="basis"/> knows are added to it, or stand in its place where the entry says <c>replace: true</c>.
    /// What is not valid is left out and reported.
    /// </summary>
    public static LogSourceMap Extend(LogSourceMap basis, SigmaSource yaml, out ImmutableArray<SigmaDiagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(yaml);
        var sink = new DiagnosticSink(yaml.Path);
        LogSourceFile file = LogSourceFile.Read(yaml, sink);
        diagnostics = [.. sink.Diagnostics];

        List<LogSourceEntry> entries = [.. basis._entries];
        foreach (LogSourceEntry entry in file.Entries)
        {
            int at = entries.FindIndex(e => e.Answers(entry.Source));
            if (at < 0)
            {
                entries.Add(entry);
            }
            else
            {
                entries[at] = entry.Replaces ? entry : entries[at] with { Bindings = entries[at].Bindings.AddRange(entry.Bindings) };
            }
        }

        IEnumerable<SigmaLogSource> known =
        [
            .. basis.KnownProducts.Select(p => new SigmaLogSource(p, "", "")),
            .. basis.KnownCategories.Select(c => new SigmaLogSource("", c, "")),
            .. basis.KnownServices.Select(s => new SigmaLogSource("", "", s)),
            .. file.Known,
        ];
        return new([.. entries], known);
    }

    /// <summary>
    /// The ways in which events of <paramref name="source"/> occur; never empty. A source that the map does not know has one
    /// binding, which asks for the same product, category and service of the event itself.
    /// </summary>
    public ImmutableArray<LogSourceBinding> Resolve(SigmaLogSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return _resolved.GetOrAdd(source, ResolveNew);
    }

    private ImmutableArray<LogSourceBinding> ResolveNew(SigmaLogSource source)
    {
        var bindings = ImmutableArray.CreateBuilder<LogSourceBinding>();
        if (source.Category.Length > 0)
        {
            LogSourceEntry? service = source.Service.Length == 0
                ? null
                : _entries.FirstOrDefault(e => e.Answers(new(source.Product, "", source.Service)));
            foreach (LogSourceEntry entry in _entries.Where(e => e.AnswersCategory(source)))
            {
                bindings.AddRange(service is null ? entry.Bindings : entry.Bindings.SelectMany(b => Narrow(b, service)));
            }

            // A category that the service's channels cannot hold, or a service that only events themselves name.
            if (source.Service.Length > 0 && service is null)
            {
                bindings.Clear();
            }
        }
        else
        {
            bindings.AddRange(_entries.Where(e => e.Answers(source)).SelectMany(e => e.Bindings));
        }

        if (bindings.Count == 0)
        {
            bindings.Add(OwnWords(source));
        }

        return bindings.DrainToImmutable();
    }

    // The part of a category's binding that lies in the channels of a service.
    private static IEnumerable<LogSourceBinding> Narrow(LogSourceBinding binding, LogSourceEntry service)
    {
        foreach (LogSourceBinding part in service.Bindings)
        {
            ImmutableArray<string> channels = [.. binding.Channels.Where(c => part.Channels.Contains(c, StringComparer.OrdinalIgnoreCase))];
            if (!channels.IsEmpty)
            {
                yield return binding with { Channels = channels };
            }
        }
    }

    private static LogSourceBinding OwnWords(SigmaLogSource source) => new()
    {
        Name = "An event that says so itself",
        Product = source.Product,
        Category = source.Category,
        Services = source.Service.Length == 0 ? [] : [source.Service],
    };

    private static FrozenSet<string> Names(IEnumerable<SigmaLogSource> sources, Func<SigmaLogSource, string> name) =>
        sources.Select(name).Where(n => n.Length > 0).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static LogSourceMap LoadDefault()
    {
        using Stream stream = typeof(LogSourceMap).Assembly.GetManifestResourceStream("Culprit.Sigma.logsources.yml")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var sink = new DiagnosticSink("logsources.yml");
        LogSourceFile file = LogSourceFile.Read(new("logsources.yml", bytes), sink);
        return sink.Diagnostics.Count == 0
            ? new(file.Entries, file.Known)
            : throw new InvalidOperationException($"The package's own log source map is not valid: {sink.Diagnostics[0]}");
    }
}
