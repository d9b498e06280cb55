using System.Collections.Immutable;

namespace Culprit.Knowledge;

/// <summary>A file of indicators, read by the host.</summary>
/// <param name="Name">Its name without folders; without its ending it names the list, where the content names none.</param>
/// <param name="Content">Its bytes.</param>
public sealed record IndicatorFile(string Name, ReadOnlyMemory<byte> Content)
{
    /// <summary>What names of packed facts end in, by which they are known.</summary>
    public const string PackedEnding = ".facts.br";
}

/// <summary>What was read of a file and what was refused.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Format">What it was read as: <c>list</c>, <c>CSV</c>, <c>MISP JSON</c>, <c>STIX</c> or <c>facts</c>; <c>JSON</c> where it is damaged, <c>XML</c> where it is not read.</param>
/// <param name="ReadCount">How many values were taken, those that stand there twice counted twice.</param>
/// <param name="RefusedCount">How many values were refused.</param>
/// <param name="Refusals">The refused values, at most <see cref="MaxRefusals"/>, in the file's order.</param>
/// <param name="RefusedByReason">How many were refused for each reason, by reason.</param>
/// <param name="Error">Why the rest of the file could not be read; empty where it was.</param>
public sealed record IndicatorFileReport(
    string Name, string Format, int ReadCount, int RefusedCount, ImmutableArray<IndicatorRefusal> Refusals,
    ImmutableArray<KeyValuePair<string, int>> RefusedByReason, string Error)
{
    /// <summary>How many refusals of one file are kept; the counts stay exact beyond it.</summary>
    public const int MaxRefusals = 1_000;

    /// <summary>What of the file was taken otherwise than it may be meant, each a sentence without its full stop.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];
}

/// <summary>A value that is no indicator, or none that could be held against evidence.</summary>
/// <param name="Line">The line, 1 for the first; 0 where the format has none.</param>
/// <param name="Value">What stands there; cut past 200 characters.</param>
/// <param name="Reason">Why it was refused, in words that complete "it ...".</param>
public sealed record IndicatorRefusal(int Line, string Value, string Reason);
