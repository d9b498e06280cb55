using System.Collections.Immutable;
using Culprit.Cases;
using Culprit.Cli.Indicators;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Cli.Output;

/// <summary>
/// The folder that <c>--out</c> names. Files are written under temporary names and take their own once all of them are
/// whole: what stands there is never half a report.
/// </summary>
internal sealed class OutputFolder : IDisposable
{
    private readonly List<(OutputFile File, FileStream Stream)> _files = [];
    private readonly FindingsJsonWriter _json;
    private readonly FindingsCsvWriter _csv;
    private readonly Stream _incidents;
    private readonly Stream _coverage;

    private OutputFolder(string path, string rulesHash)
    {
        Path = path;
        Directory.CreateDirectory(path);
        _json = new FindingsJsonWriter(Create("findings.jsonl"), rulesHash);
        _csv = new FindingsCsvWriter(Create("findings.csv"));
        _incidents = Create("incidents.json");
        _coverage = Create("coverage.json");
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Makes the folder and the temporary files in it, so that a folder that cannot be written to is known early.</summary>
    /// <exception cref="IOException">It cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written to.</exception>
    public static OutputFolder Open(string path, string rulesHash) => new(path, rulesHash);

    /// <summary>Writes one finding; they come in order.</summary>
    public void Add(Finding finding)
    {
        _json.Write(finding);
        _csv.Write(finding);
    }

    /// <summary>Writes incidents and coverage and gives the files their names.</summary>
    public void Commit(ImmutableArray<Incident> incidents, Coverage coverage, RuleCatalog rules, IndicatorsNotUsed indicatorsNotUsed, NotJudged notJudged)
    {
        _json.Flush();
        _csv.Flush();
        IncidentsJson.Write(_incidents, incidents, rules.ContentHash);
        CoverageJson.Write(_coverage, coverage, rules, indicatorsNotUsed, notJudged);
        foreach ((_, FileStream stream) in _files)
        {
            stream.Flush(flushToDisk: true);
            stream.Dispose();
        }

        foreach ((OutputFile file, _) in _files)
        {
            file.Publish();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((OutputFile file, FileStream stream) in _files)
        {
            try
            {
                stream.Dispose();
            }
            catch (IOException)
            {
                // A disk that is full refuses the buffered rest too; the file is removed below.
            }

            file.Dispose();
        }
    }

    private FileStream Create(string name)
    {
        var file = OutputFile.Begin(System.IO.Path.Combine(Path, name));
        FileStream stream = file.Create();
        _files.Add((file, stream));
        return stream;
    }
}
