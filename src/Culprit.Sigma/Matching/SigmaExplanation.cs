using System.Collections.Immutable;

namespace Culprit.Sigma;

/// <summary>Why a rule matches an event, or does not.</summary>
/// <param name="Matched">The verdict.</param>
/// <param name="LogSourceAccepted">Whether the event belongs to the rule's log source at all; if not, there are no steps.</param>
/// <param name="Steps">The evaluation, each step after the one that it is part of.</param>
/// <param name="MatchedFields">The values that made the rule match; empty where it does not.</param>
public sealed record SigmaExplanation(
    bool Matched, bool LogSourceAccepted, ImmutableArray<ExplanationStep> Steps, ImmutableArray<MatchedField> MatchedFields);

/// <summary>One step of an evaluation.</summary>
/// <param name="Depth">0 for the whole condition, more for its parts.</param>
/// <param name="Text">What is asked, in the rule's terms, and what the event has.</param>
/// <param name="Result">Whether it holds.</param>
public sealed record ExplanationStep(int Depth, string Text, bool Result);

/// <summary>A value that made a rule match.</summary>
/// <param name="Identifier">The search identifier of the rule; empty where the test stands outside of one.</param>
/// <param name="Field">The field as the event names it.</param>
/// <param name="Value">The value, as text; empty where the test is that the field is absent.</param>
/// <param name="Test">What the rule asked, in Sigma's terms, such as <c>endswith '\cmd.exe'</c>.</param>
public sealed record MatchedField(string Identifier, string Field, string Value, string Test);
