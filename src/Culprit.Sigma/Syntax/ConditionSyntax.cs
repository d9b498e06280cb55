namespace Culprit.Sigma.Syntax;

/// <summary>A parsed condition. Offsets count characters of the condition's text.</summary>
internal abstract record ConditionSyntax(int Offset)
{
    public sealed record Or(IReadOnlyList<ConditionSyntax> Operands, int Offset) : ConditionSyntax(Offset);

    public sealed record And(IReadOnlyList<ConditionSyntax> Operands, int Offset) : ConditionSyntax(Offset);

    public sealed record Not(ConditionSyntax Operand, int Offset) : ConditionSyntax(Offset);

    /// <summary>A search identifier.</summary>
    public sealed record Identifier(string Name, int Offset) : ConditionSyntax(Offset);

    /// <summary><c>1 of pattern</c> or <c>all of pattern</c>; <c>them</c> is <paramref name="Them"/>.</summary>
    public sealed record Selector(bool All, string Pattern, bool Them, int Offset) : ConditionSyntax(Offset);
}

internal enum ConditionTokenKind
{
    Word,
    Open,
    Close,
    Pipe,
    Other,
    End,
}

internal readonly record struct ConditionToken(ConditionTokenKind Kind, string Text, int Offset)
{
    public bool Is(string keyword) =>
        Kind == ConditionTokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Splits a condition into words, parentheses and what does not belong there.</summary>
internal static class ConditionLexer
{
    public static List<ConditionToken> Tokenise(string text)
    {
        var tokens = new List<ConditionToken>();
        int i = 0;
        while (i < text.Length)
        {
            char c = text[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
                continue;
            }

            int start = i++;
            if (IsWord(c))
            {
                while (i < text.Length && IsWord(text[i]))
                {
                    i++;
                }

                tokens.Add(new(ConditionTokenKind.Word, text[start..i], start));
                continue;
            }

            ConditionTokenKind kind = c switch
            {
                '(' => ConditionTokenKind.Open,
                ')' => ConditionTokenKind.Close,
                '|' => ConditionTokenKind.Pipe,
                _ => ConditionTokenKind.Other,
            };
            tokens.Add(new(kind, text[start..i], start));
        }

        tokens.Add(new(ConditionTokenKind.End, "", text.Length));
        return tokens;
    }

    // Letters of any script: people name search identifiers in their own language. '.' and '-' occur in names in the field.
    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '*';
}
