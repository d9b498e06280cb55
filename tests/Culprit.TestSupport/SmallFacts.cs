using System.Text;

namespace Culprit.TestSupport;

/// <summary>Facts as somebody makes them by hand: a few groups with a few reports each.</summary>
public static class SmallFacts
{
    private const int Techniques = 12, OfReport = 6;

    /// <summary>The text of a file of facts.</summary>
    /// <param name="isDated">Whether reports are dated: one a year from 2018 on.</param>
    /// <param name="reports">How many reports each group has.</param>
    public static string Of(bool isDated, params int[] reports)
    {
        var sources = new StringBuilder();
        var groups = new StringBuilder();
        var uses = new SortedDictionary<(int Group, int Technique), List<int>>();
        int number = 0;
        for (int group = 0; group < reports.Length; group++)
        {
            groups.Append($"group\tG{group:0000}\tGroup {group}\t2015-01-01\n");
            for (int report = 0; report < reports[group]; report++)
            {
                sources.Append($"source\t{++number}\tReport {number}\tSomebody\t{(isDated ? $"{2018 + report}-05-01" : "")}\thttps://example.org/{number}\n");
                for (int i = 0; i < OfReport; i++)
                {
                    (int, int) use = (group, ((2 * group) + report + i) % Techniques);
                    (uses.TryGetValue(use, out List<int>? known) ? known : uses[use] = []).Add(number);
                }
            }
        }

        return "culprit-facts\t1\norigin\tattack\tATT&CK\t1\t2020-01-01\tterms\t\n" + sources
            + string.Concat(Enumerable.Range(0, Techniques).Select(static t => $"technique\tT{1001 + t}\tTechnique {t}\t\texecution\tWindows\n")) + groups
            + string.Concat(uses.Select(static u => $"uses\tG{u.Key.Group:0000}\tT{1001 + u.Key.Technique}\t{string.Join(',', u.Value)}\n"));
    }
}
