using System.Collections.Immutable;
using Culprit.Findings;
using Culprit.Primitives;

namespace Culprit.Cases;

/// <summary>What a case rests on: the evidence, and by what and how it was judged.</summary>
public sealed record CaseManifest
{
    /// <summary>By what it was judged.</summary>
    public required CaseVersions Versions { get; init; }

    /// <summary>How it was judged.</summary>
    public required CaseJudging Judging { get; init; }

    /// <summary>Every file of evidence and every entry of an archive, by path (ordinal).</summary>
    public required ImmutableArray<CaseEvidence> Evidence { get; init; }

    /// <summary>Evidence that was judged by other rules before and is to be read again; empty once it was.</summary>
    public required ImmutableArray<CaseEvidenceFile> Pending { get; init; }

    /// <summary>The number of the last segment that was written.</summary>
    public required int LastSegment { get; init; }
}

/// <summary>By what a case was judged.</summary>
/// <param name="Tool">The program and its version.</param>
/// <param name="Rules">SHA-256 of all rules; see <see cref="RuleCatalog.ContentHash"/>.</param>
/// <param name="RuleCount">How many rules, correlations among them.</param>
/// <param name="Knowledge">SHA-256 of the knowledge base; <c>none</c> where there was none.</param>
/// <param name="Indicators">SHA-256 of all indicators; <c>none</c> where there were none.</param>
/// <param name="IndicatorCount">How many indicators.</param>
public sealed record CaseVersions(string Tool, string Rules, int RuleCount, string Knowledge, string Indicators = "none", int IndicatorCount = 0);

/// <summary>What decides, beside evidence and rules, what is found.</summary>
/// <param name="MinimumLevel">Rules below it were left out.</param>
/// <param name="Since">Records before it were not judged; null judges all.</param>
/// <param name="Until">Records at or after it were not judged; null judges all.</param>
/// <param name="Slack">Whether deleted records were recovered from event logs.</param>
public sealed record CaseJudging(FindingLevel MinimumLevel, DateTimeOffset? Since, DateTimeOffset? Until, bool Slack);

/// <summary>A file that is to be read.</summary>
/// <param name="Path">As it was given or found.</param>
/// <param name="Location">The full path on the machine that read it.</param>
/// <param name="Sha256">What it held when it was read before.</param>
public sealed record CaseEvidenceFile(string Path, string Location, string Sha256);

/// <summary>A source of a case's evidence: a file, or an entry of an archive.</summary>
public sealed record CaseEvidence
{
    /// <summary>As it was given or found; of an archive's entry <c>archive!/entry</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The path of the archive that it is an entry of; empty for a file.</summary>
    public required string Container { get; init; }

    /// <summary>The full path on the machine that read it; empty for an entry of an archive.</summary>
    public required string Location { get; init; }

    /// <summary>SHA-256 of its bytes (of an entry: unpacked), in lower-case hexadecimal; empty where they could not be read whole.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its length in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>What it was recognised as; see <see cref="Culprit.Evidence.SourceCoverage.Format"/>.</summary>
    public required string Format { get; init; }

    /// <summary>Bytes that were read as this format.</summary>
    public required long BytesRead { get; init; }

    /// <summary>Why it, or the rest of it, was not read; empty when it was.</summary>
    public required string NotReadReason { get; init; }

    /// <summary>Records that were read.</summary>
    public required long RecordsGood { get; init; }

    /// <summary>Records that were found but could not be read.</summary>
    public required long RecordsBad { get; init; }

    /// <summary>Records that were recovered from damaged or unused space.</summary>
    public required long RecordsRecovered { get; init; }

    /// <summary>The earliest time of a record.</summary>
    public required EventTime First { get; init; }

    /// <summary>The latest time of a record.</summary>
    public required EventTime Last { get; init; }

    /// <summary>The hosts that its records name, sorted.</summary>
    public required ImmutableArray<string> Hosts { get; init; }

    /// <summary>What was assumed about the times of its records; empty when nothing was.</summary>
    public required string TimeAssumption { get; init; }

    /// <summary>The segment that holds what was found in it.</summary>
    public required int Segment { get; init; }
}

/// <summary>A note that somebody made.</summary>
/// <param name="Time">When.</param>
/// <param name="Who">Who, as <c>user@machine</c>.</param>
/// <param name="Text">The note.</param>
public sealed record CaseNote(DateTimeOffset Time, string Who, string Text);

/// <summary>A tag that somebody gave the case, an incident or an event.</summary>
/// <param name="Time">When.</param>
/// <param name="Who">Who, as <c>user@machine</c>.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Event">The identity of the event; empty where it is not for one.</param>
/// <param name="Incident">The number of the incident; 0 where it is not for one.</param>
public sealed record CaseTag(DateTimeOffset Time, string Who, string Tag, string Event, int Incident);
