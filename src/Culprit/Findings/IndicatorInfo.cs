using System.Collections.Immutable;
using Culprit.Knowledge;

namespace Culprit.Findings;

/// <summary>What a finding says of the indicator that it rests on: for programs, and for whoever weighs groups.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The value in its one form; see <see cref="IndicatorKind"/>.</param>
/// <param name="List">The list that holds it, such as <c>apt_sofacy</c>.</param>
/// <param name="Groups">Identifiers of the list's group in MITRE ATT&amp;CK; empty where the list gives none.</param>
/// <param name="Aliases">Other names of the list's group.</param>
/// <param name="Source">The report that the list names for it, a URL; null where it names none.</param>
/// <param name="Year">The year of that report; null where it is not known.</param>
/// <param name="Shared">Whose infrastructure it is, where many share it, such as <c>dynamic-dns</c>; null where nothing of the kind is known.</param>
/// <param name="ListCount">How many lists of different groups hold the same value, this one among them.</param>
public sealed record IndicatorInfo(
    IndicatorKind Kind, string Value, string List, ImmutableArray<string> Groups, ImmutableArray<string> Aliases, string? Source, int? Year, string? Shared, int ListCount);
