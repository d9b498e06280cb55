namespace Culprit.Findings;

/// <summary>The text of one rule file, read by the host.</summary>
/// <param name="Path">The name that diagnostics show.</param>
/// <param name="Content">The bytes, UTF-8.</param>
public sealed record RuleFile(string Path, ReadOnlyMemory<byte> Content);

/// <summary>How bad a problem of a rule is.</summary>
public enum RuleProblemSeverity
{
    /// <summary>Style; the rule means what it says.</summary>
    Information,

    /// <summary>The rule is used, but may not mean what its author thinks.</summary>
    Warning,

    /// <summary>The rule is not used.</summary>
    Error,
}

/// <summary>Something wrong with a rule.</summary>
/// <param name="Code">A code that stays, such as <c>SIG0007</c>.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Path">The file.</param>
/// <param name="Line">1 for the first line; 0 where not known.</param>
/// <param name="Column">1 for the first character; 0 where not known.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Help">What to do; empty where there is nothing to say.</param>
/// <param name="SourceLine">The line meant; empty where not known.</param>
public sealed record RuleProblem(
    string Code, RuleProblemSeverity Severity, string Path, int Line, int Column, string Message, string Help, string SourceLine);

/// <summary>Where resolved rules may be kept between runs. A host without a place for it gives none.</summary>
public interface IRuleCache
{
    /// <summary>What was kept under <paramref name="key"/>; null where there is nothing.</summary>
    Stream? TryOpen(string key);

    /// <summary>Keeps what <paramref name="write"/> writes under <paramref name="key"/>. Failing to is no error: the next run resolves the rules again.</summary>
    void Keep(string key, Action<Stream> write);
}
