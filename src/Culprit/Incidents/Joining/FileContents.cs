namespace Culprit.Incidents.Joining;

/// <summary>
/// Which earlier finding is about the same file: one at the same place whose content is not known to be another. A place that anybody may
/// write to, or that a tool always has, tells little by itself.
/// </summary>
internal sealed class FileContents
{
    private readonly Dictionary<int, int> _unknown = [];
    private readonly Dictionary<(int Place, int Content), int> _known = [];

    /// <summary>The last finding about the same file, and keeps this one as the next.</summary>
    /// <param name="place">Where the file lies.</param>
    /// <param name="content">What it holds; -1 where that was not recorded.</param>
    /// <param name="last">The last finding about a file at that place, whatever it held; -1 where there is none.</param>
    /// <param name="finding">The finding at hand.</param>
    /// <returns>The finding; -1 where there is none.</returns>
    public int Last(int place, int content, int last, int finding)
    {
        if (content < 0)
        {
            _unknown[place] = finding;
            return last;
        }

        int before = Math.Max(_unknown.GetValueOrDefault(place, -1), _known.GetValueOrDefault((place, content), -1));
        _known[(place, content)] = finding;
        return before;
    }
}
