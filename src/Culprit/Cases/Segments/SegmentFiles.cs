using System.Collections.Immutable;
using System.Text.Json;
using Culprit.Cases.Storage;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Cases.Segments;

/// <summary>
/// Segments: what was found in one part of the evidence, each in a folder of its own, never changed once it is written. It holds the
/// coverage of that part and the streams of <see cref="JudgedEvidence.Streams"/>, one file each.
/// </summary>
internal static class SegmentFiles
{
    private const string IndexName = "index";

    /// <summary>Writes a segment.</summary>
    public static void Write(CaseChange change, int number, JudgedEvidence judged, EventIndex index)
    {
        change.Write(FileOf(number, IndexName), index.WriteTo);
        string folder = CaseLayout.Segment(number);
        NotJudged not = judged.NotJudged;
        var coverage = new SegmentCoverage(judged.Coverage, not.OutsideTimeRange, not.TestsGivenUp, not.RecordsWithMoreIndicators);
        change.Write(folder + CaseLayout.SegmentCoverage, output => JsonSerializer.Serialize(output, coverage, CaseJson.WithSources().SegmentCoverage));
        foreach (JudgedStream stream in judged.Streams)
        {
            change.Write(FileOf(number, stream.Name), stream.WriteTo);
        }

        // By these a file that was cut off or replaced is seen without being read.
        change.Write(folder + CaseLayout.SegmentSizes, new FileSizes(change.SizesBelow(folder, CaseLayout.Events)).Write);
    }

    /// <summary>Adds what all segments remember of their events.</summary>
    /// <exception cref="CaseException">A segment is damaged.</exception>
    public static void JoinIndexes(CaseStore store, EventIndex index)
    {
        foreach (int number in Numbers(store))
        {
            try
            {
                index.Append(() => store.OpenFile(FileOf(number, IndexName)));
            }
            catch (InvalidDataException e)
            {
                throw new CaseException(CaseFault.Damaged, $"segment {number}: {e.Message}");
            }
        }
    }

    /// <summary>One result of all segments.</summary>
    /// <exception cref="CaseException">A segment is damaged.</exception>
    public static InvestigationResult Join(CaseStore store, CaseManifest manifest, RuleCatalog rules, IEnumerable<SourceCoverage> notReached)
    {
        List<JudgedSegment> segments = [];
        List<SourceCoverage> sources = [.. notReached];
        bool stopped = sources.Count > 0;
        HashSet<(int Segment, string Path)> valid = [.. manifest.Evidence.Select(static e => (e.Segment, e.Path))];
        foreach (int number in Numbers(store))
        {
            using FileStream file = store.OpenFile(CaseLayout.Segment(number) + CaseLayout.SegmentCoverage);
            SegmentCoverage kept = JsonSerializer.Deserialize(file, CaseJson.WithSources().SegmentCoverage)
                ?? throw new CaseException(CaseFault.Damaged, $"segment {number} has no coverage");
            segments.Add(new JudgedSegment(kept.Coverage, kept.NotJudged, name => store.OpenFile(FileOf(number, name))));

            // A file that could not be read at first and was later is told as it was later.
            sources.AddRange(kept.Coverage.Sources.Where(s => valid.Contains((number, s.Source.Path))));
        }

        return Investigation.Join(rules, segments, Total(sources, stopped));
    }

    /// <summary>The numbers of the segments that a case has, in order.</summary>
    public static IEnumerable<int> Numbers(CaseStore store) => store.Log.Files.Keys
        .Where(static name => name.StartsWith(CaseLayout.Segments, StringComparison.Ordinal) && name.EndsWith("/" + CaseLayout.SegmentCoverage, StringComparison.Ordinal))
        .Select(static name => int.Parse(name.Split('/')[1], System.Globalization.CultureInfo.InvariantCulture))
        .Order();

    private static string FileOf(int number, string stream) => $"{CaseLayout.Segment(number)}{stream}.bin";

    private static Coverage Total(List<SourceCoverage> all, bool stopped)
    {
        ImmutableArray<SourceCoverage> sources =
        [
            .. all.OrderBy(static s => s.Source.Path, StringComparer.Ordinal).ThenBy(static s => s.Source.Sha256, StringComparer.Ordinal),
        ];
        SourceCoverage[] given = [.. sources.Where(static s => s.Source.Container is null)];
        return new Coverage
        {
            Sources = sources,
            BytesGiven = given.Sum(static s => s.Source.Length),
            BytesRead = given.Sum(static s => s.BytesRead),
            BytesNotRead = given.Sum(static s => s.BytesNotRead),
            RecordsGood = sources.Sum(static s => s.RecordsGood),
            RecordsBad = sources.Sum(static s => s.RecordsBad),
            RecordsRecovered = sources.Sum(static s => s.RecordsRecovered),
            Stopped = stopped,
        };
    }
}
