namespace Culprit.Sigma.Compilation;

/// <summary>Maps the characters of a text to small numbers: equal for characters that differ in case alone, 0 for those that no literal holds.</summary>
internal static class CharacterClasses
{
    // Folded character -> the characters, other than itself, that fold to it.
    private static readonly ILookup<char, char> Variants = Enumerable.Range(0, char.MaxValue + 1)
        .Select(i => (char)i)
        .Where(c => CaseFold.Fold(c) != c)
        .ToLookup(CaseFold.Fold);

    /// <summary>The classes as a table by character (characters past its end have class 0), and their number, 0 included.</summary>
    /// <param name="literals">Folded literals.</param>
    public static (ushort[] Classes, int Count) Of(IEnumerable<string> literals)
    {
        var used = new SortedSet<char>(literals.SelectMany(literal => literal));
        var members = new List<(char Character, ushort Class)>();
        int count = 1;
        foreach (char folded in used)
        {
            ushort number = checked((ushort)count++);
            members.Add((folded, number));
            members.AddRange(Variants[folded].Select(variant => (variant, number)));
        }

        var classes = new ushort[members.Count == 0 ? 0 : members.Max(member => member.Character) + 1];
        foreach ((char character, ushort number) in members)
        {
            classes[character] = number;
        }

        return (classes, count);
    }
}
