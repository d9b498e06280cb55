namespace Culprit.Sigma.Syntax;

/// <summary>Finds the known name that someone most likely meant.</summary>
internal static class NearestName
{
    private const int MaxLength = 64;

    /// <summary>"Did you mean 'x'?", or what else to say where nothing is near.</summary>
    public static string Help(string name, IEnumerable<string> known, string otherwise = "")
    {
        string? nearest = Find(name, known);
        return nearest is null ? otherwise : $"Did you mean '{nearest}'?";
    }

    /// <summary>The nearest name within a third of the name's length, the first in ordinal order where several are as near.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        if (name.Length is 0 or > MaxLength)
        {
            return null;
        }

        string? best = null;
        int bestDistance = Math.Max(1, name.Length / 3) + 1;
        foreach (string candidate in known.Order(StringComparer.Ordinal))
        {
            if (candidate.Length > MaxLength || Math.Abs(candidate.Length - name.Length) >= bestDistance)
            {
                continue;
            }

            int distance = Distance(name, candidate);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    // Optimal string alignment: insertions, deletions, replacements and swapped neighbours cost one each; case costs nothing.
    private static int Distance(string a, string b)
    {
        Span<int> before = stackalloc int[MaxLength + 1];
        Span<int> previous = stackalloc int[MaxLength + 1];
        Span<int> current = stackalloc int[MaxLength + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                int best = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    best = Math.Min(best, before[j - 2] + 1);
                }

                current[j] = best;
            }

            Span<int> free = before;
            before = previous;
            previous = current;
            current = free;
        }

        return previous[b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
