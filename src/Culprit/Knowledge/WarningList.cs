namespace Culprit.Knowledge;

/// <summary>Warnings, of which only so many are kept: a hostile file can cause as many as it has bytes.</summary>
internal sealed class WarningList(int most)
{
    private readonly List<KnowledgeWarning> _kept = [];
    private int _more;

    /// <summary>Those kept, and how many more there were.</summary>
    public IReadOnlyList<KnowledgeWarning> All =>
        _more == 0 ? _kept : [.. _kept, new KnowledgeWarning("", _more == 1 ? "1 more warning is not shown" : $"{_more} more warnings are not shown")];

    /// <summary>How many there were, kept or not.</summary>
    public int Total => _kept.Count + _more;

    /// <summary>Adds one.</summary>
    public void Add(string where, string what)
    {
        if (_kept.Count < most)
        {
            _kept.Add(new KnowledgeWarning(where, what));
        }
        else
        {
            _more++;
        }
    }
}
