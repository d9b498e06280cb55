using Culprit.Cases;
using Culprit.Cases.Storage;

namespace Culprit.Tests.Cases;

/// <summary>Ends the program before a step that a run makes to a case's folder.</summary>
internal static class ProgramEnd
{
    /// <summary>Whether it ended: it had more steps to make.</summary>
    /// <param name="step">How many steps it makes.</param>
    /// <param name="request">The run.</param>
    public static bool Before(int step, CaseRequest request)
    {
        int left = step;
        var disk = new CaseDisk((_, _) =>
        {
            // Once the program has ended, nothing more happens, cleaning up included.
            if (left-- <= 0)
            {
                throw new ProgramEnded();
            }
        });
        try
        {
            CaseFolder.Investigate(request with { Disk = disk }).Dispose();
            return false;
        }
        catch (ProgramEnded)
        {
            return true;
        }
    }

    private sealed class ProgramEnded : Exception;
}
