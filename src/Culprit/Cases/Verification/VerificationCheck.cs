using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Culprit.Cases.Verification;

/// <summary>A check of a case: what it is called, what it asks, what to do where it does not hold.</summary>
/// <param name="code">See <see cref="CaseCheck.Code"/>.</param>
/// <param name="title">See <see cref="CaseCheck.Title"/>.</param>
/// <param name="advice">What to do where it fails, as a sentence.</param>
internal abstract class VerificationCheck(string code, string title, string advice)
{
    /// <summary>What to do where the case may not be read.</summary>
    public const string MayRead = "Verify as a user who may read the whole case; that it may not be read says nothing of who wrote it.";

    private const string TooLittle = "The case cannot be read far enough.";

    /// <summary>Whether it is asked for.</summary>
    public virtual bool Applies(VerificationContext context) => true;

    /// <summary>Makes it; null where it is not asked for. A case that is damaged makes it fail, one that may not be read keeps it from being made; it throws nothing.</summary>
    public CaseCheck? Make(VerificationContext context)
    {
        var findings = new CheckFindings();
        string detail;
        try
        {
            if (!Applies(context))
            {
                return null;
            }

            detail = Make(context, findings);
        }
        catch (UnauthorizedAccessException e)
        {
            detail = TooLittle;
            findings.Open(e.Message.TrimEnd('.'), MayRead);
        }
        catch (Exception e) when (e is CaseException or IOException or JsonException or InvalidDataException
            or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or CryptographicException
            or DuckDBException or IndexOutOfRangeException or NotSupportedException)
        {
            detail = TooLittle;
            findings.Fail(e.Message);
        }

        return new CaseCheck
        {
            Code = code,
            Title = title,
            State = findings.State,
            Detail = detail,
            Problems = findings.Problems,
            ProblemCount = findings.Count,
            Advice = findings.State switch
            {
                CheckState.Failed => advice,
                CheckState.NotMade => findings.Advice,
                _ => "",
            },
        };
    }

    /// <summary>Makes the check and tells what is wrong.</summary>
    /// <returns>What was held against what, as a sentence.</returns>
    protected abstract string Make(VerificationContext context, CheckFindings findings);
}

/// <summary>What a check has found wrong so far.</summary>
internal sealed class CheckFindings
{
    private readonly List<string> _failed = [];
    private readonly List<string> _open = [];

    public CheckState State { get; private set; }

    /// <summary>How many problems there are.</summary>
    public long Count { get; private set; }

    /// <summary>What to do so that the check can be made.</summary>
    public string Advice { get; private set; } = "";

    /// <summary>What fails, and then what could not be checked.</summary>
    public ImmutableArray<string> Problems => [.. _failed.Concat(_open).Take(CaseCheck.MaxProblems)];

    /// <summary>Something does not hold.</summary>
    public void Fail(string problem)
    {
        State = CheckState.Failed;
        Add(_failed, problem);
    }

    /// <summary>Something cannot be checked.</summary>
    public void Open(string problem, string advice)
    {
        State = State == CheckState.Failed ? State : CheckState.NotMade;
        Advice = advice;
        Add(_open, problem);
    }

    private void Add(List<string> list, string problem)
    {
        Count++;
        if (list.Count < CaseCheck.MaxProblems)
        {
            list.Add(problem);
        }
    }
}
