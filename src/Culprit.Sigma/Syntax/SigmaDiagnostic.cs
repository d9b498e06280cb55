namespace Culprit.Sigma;

/// <summary>How bad a diagnostic is.</summary>
public enum SigmaSeverity
{
    /// <summary>Style; the rule means what it says.</summary>
    Information,

    /// <summary>The rule is loaded, but may not mean what its author thinks.</summary>
    Warning,

    /// <summary>The rule is refused.</summary>
    Error,
}

/// <summary>Something wrong with a rule: a code that stays, a place, a reason and, where one is near, the known name meant.</summary>
/// <param name="Code">Such as <c>SIG0007</c>; listed with its meaning in <c>docs/sigma-semantics.md</c>.</param>
/// <param name="Severity">An error refuses the rule.</param>
/// <param name="Location">File, line and column.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="Help">What to do, or the nearest known name; empty where there is nothing to say.</param>
/// <param name="SourceLine">The line of the file that is meant; empty where not known.</param>
public sealed record SigmaDiagnostic(
    string Code, SigmaSeverity Severity, SigmaLocation Location, string Message, string Help, string SourceLine);
