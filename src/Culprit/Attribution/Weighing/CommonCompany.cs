using Culprit.Knowledge;

namespace Culprit.Attribution.Weighing;

/// <summary>
/// Techniques that programs often bring along together: whoever encrypts also deletes shadow copies and stops services, because one program does all
/// three. Seen together they are one sign, whichever program it was.
/// </summary>
internal static class CommonCompany
{
    /// <summary>So many programs of the knowledge base implement two techniques before the two are commonplace together.</summary>
    public const int Programs = 20;

    /// <summary>
    /// How many signs there are where techniques that are commonplace together, by one another or through a third, are one; everything else is one by
    /// itself. Where what is no technique is enough alone, techniques count as they are: nobody asks whether there are more than <paramref name="enough"/>.
    /// </summary>
    public static int Signs(IReadOnlyList<Observation> observed, KnowledgeBase knowledge, int enough)
    {
        string[] techniques = [.. observed.Where(static o => o.Kind == ObservationKind.Technique).Select(static o => o.Value).Distinct(StringComparer.Ordinal)];
        int others = observed.Count(static o => o.Kind != ObservationKind.Technique);
        if (others >= enough || techniques.Length < 2)
        {
            return others + techniques.Length;
        }

        int[,] together = Together(techniques, knowledge);
        int[] sign = [.. Enumerable.Range(0, techniques.Length)];
        for (int a = 0; a < techniques.Length; a++)
        {
            for (int b = 0; b < a; b++)
            {
                if (together[b, a] >= Programs && sign[a] != sign[b])
                {
                    int joined = sign[a];
                    for (int c = 0; c < sign.Length; c++)
                    {
                        sign[c] = sign[c] == joined ? sign[b] : sign[c];
                    }
                }
            }
        }

        return others + sign.Distinct().Count();
    }

    // For each two techniques how many programs implement both, or parts of them.
    private static int[,] Together(string[] techniques, KnowledgeBase knowledge)
    {
        var position = techniques.Select(static (t, i) => (t, i)).ToDictionary(static p => p.t, static p => p.i, StringComparer.Ordinal);
        int[,] together = new int[techniques.Length, techniques.Length];
        foreach (KnownSoftware program in knowledge.Software)
        {
            var brought = new SortedSet<int>();
            foreach (Relation technique in program.Techniques)
            {
                foreach (string known in (string[])[technique.Target, TechniqueParts.WholeOf(technique.Target)])
                {
                    if (position.TryGetValue(known, out int at))
                    {
                        brought.Add(at);
                    }
                }
            }

            foreach (int a in brought)
            {
                foreach (int b in brought.GetViewBetween(a + 1, int.MaxValue))
                {
                    together[a, b]++;
                }
            }
        }

        return together;
    }
}
