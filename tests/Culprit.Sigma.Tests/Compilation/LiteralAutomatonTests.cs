using CsCheck;
using Culprit.Sigma.Compilation;

namespace Culprit.Sigma.Tests.Compilation;

public sealed class LiteralAutomatonTests
{
    // A small alphabet makes overlaps and shared prefixes common; the others have variants of case.
    private static readonly Gen<char> Letter = Gen.Char["abAB\\ßéÉЖж"];

    private static readonly Gen<string> Word = Gen.String[Letter, 1, 6];

    [Fact]
    public void Finds_exactly_the_places_that_a_naive_search_finds() =>
        Gen.Select(Word.Array[1, 12], Gen.String[Letter, 0, 40]).Sample((words, text) =>
        {
            string[] literals = [.. words.Select(CaseFold.Fold).Distinct(StringComparer.Ordinal)];
            Assert.Equal(Naive(literals, CaseFold.Fold(text)), Search(literals, text));
        });

    [Fact]
    public void A_character_that_no_literal_holds_ends_every_partial_match() =>
        Assert.Empty(Search(["ABC"], "ab\u4e2dc ab"));

    private static HashSet<(int Literal, int End)> Search(string[] literals, string text)
    {
        var automaton = LiteralAutomaton.Build(literals);
        var found = new HashSet<(int, int)>();
        int row = 0;
        int position = 0;
        while (automaton.Advance(text, ref row, ref position))
        {
            foreach (int literal in automaton.OutputsAt(row))
            {
                Assert.True(found.Add((literal, position)), "reported twice");
            }
        }

        return found;
    }

    private static HashSet<(int Literal, int End)> Naive(string[] literals, string folded)
    {
        var found = new HashSet<(int, int)>();
        for (int literal = 0; literal < literals.Length; literal++)
        {
            for (int start = 0; start + literals[literal].Length <= folded.Length; start++)
            {
                if (folded.AsSpan(start).StartsWith(literals[literal], StringComparison.Ordinal))
                {
                    found.Add((literal, start + literals[literal].Length));
                }
            }
        }

        return found;
    }
}
