namespace Culprit.Sigma.Syntax;

/// <summary>
/// Parses a condition (specification, "Condition"): <c>or</c> binds least, then <c>and</c>, <c>not</c>, <c>x of</c>,
/// parentheses. Null where there is an error, which is reported.
/// </summary>
internal sealed class ConditionParser
{
    private const int MaxDepth = 64;
    private const int MaxTokens = 4096;

    private static readonly string[] Keywords = ["and", "or", "not", "of"];

    private readonly YamlScalar _at;
    private readonly DiagnosticSink _sink;
    private readonly Func<string, bool> _isIdentifier;
    private readonly List<ConditionToken> _tokens;
    private int _next;
    private int _depth;
    private bool _upperCaseSeen;

    private ConditionParser(YamlScalar at, DiagnosticSink sink, Func<string, bool> isIdentifier)
    {
        _at = at;
        _sink = sink;
        _isIdentifier = isIdentifier;
        _tokens = ConditionLexer.Tokenise(at.Value);
    }

    private ConditionToken Current => _tokens[_next];

    /// <summary>The condition's tree. A word for which <paramref name="isIdentifier"/> holds is never read as an upper-case keyword.</summary>
    public static ConditionSyntax? Parse(YamlScalar at, DiagnosticSink sink, Func<string, bool> isIdentifier)
    {
        var parser = new ConditionParser(at, sink, isIdentifier);
        if (parser._tokens.Count > MaxTokens)
        {
            sink.Report(DiagnosticKinds.TooComplex, at, $"The condition has more than {MaxTokens} words");
            return null;
        }

        ConditionSyntax? condition = parser.ParseOr();
        if (condition is not null && parser.Current.Kind != ConditionTokenKind.End)
        {
            parser.Unexpected();
            return null;
        }

        return condition;
    }

    private ConditionSyntax? ParseOr() => ParseChain("or", ParseAnd, static (list, at) => new ConditionSyntax.Or(list, at));

    private ConditionSyntax? ParseAnd() => ParseChain("and", ParseNot, static (list, at) => new ConditionSyntax.And(list, at));

    private ConditionSyntax? ParseChain(
        string keyword, Func<ConditionSyntax?> operand, Func<IReadOnlyList<ConditionSyntax>, int, ConditionSyntax> join)
    {
        int offset = Current.Offset;
        ConditionSyntax? first = operand();
        if (first is null || !IsKeyword(keyword))
        {
            return first;
        }

        List<ConditionSyntax> operands = [first];
        while (IsKeyword(keyword))
        {
            _next++;
            if (operand() is not { } another)
            {
                return null;
            }

            operands.Add(another);
        }

        return join(operands, offset);
    }

    private ConditionSyntax? ParseNot()
    {
        if (!IsKeyword("not"))
        {
            return ParseOperand();
        }

        int offset = Current.Offset;
        if (!Enter(offset))
        {
            return null;
        }

        _next++;
        ConditionSyntax? operand = ParseNot();
        _depth--;
        return operand is null ? null : new ConditionSyntax.Not(operand, offset);
    }

    private ConditionSyntax? ParseOperand()
    {
        ConditionToken token = Current;
        if (token.Kind == ConditionTokenKind.Open)
        {
            return ParseParentheses(token);
        }

        if (token.Kind != ConditionTokenKind.Word || IsAnyKeyword())
        {
            Unexpected();
            return null;
        }

        if (_tokens[_next + 1].Is("of"))
        {
            return ParseSelector(token);
        }

        if (token.Text.Contains('*', StringComparison.Ordinal))
        {
            _sink.Report(
                DiagnosticKinds.ConditionSyntax, _at, token.Offset, $"The pattern '{token.Text}' stands alone", $"Write '1 of {token.Text}' or 'all of {token.Text}'");
            return null;
        }

        _next++;
        return new ConditionSyntax.Identifier(token.Text, token.Offset);
    }

    private ConditionSyntax? ParseParentheses(ConditionToken open)
    {
        if (!Enter(open.Offset))
        {
            return null;
        }

        _next++;
        ConditionSyntax? inner = ParseOr();
        _depth--;
        if (inner is null)
        {
            return null;
        }

        if (Current.Kind != ConditionTokenKind.Close)
        {
            if (Current.Kind == ConditionTokenKind.End)
            {
                _sink.Report(DiagnosticKinds.ConditionSyntax, _at, open.Offset, "This parenthesis is not closed");
            }
            else
            {
                Unexpected();
            }

            return null;
        }

        _next++;
        return inner;
    }

    private ConditionSyntax.Selector? ParseSelector(ConditionToken quantifier)
    {
        bool all = quantifier.Is("all");
        if (!all && !quantifier.Is("any") && quantifier.Text != "1")
        {
            _sink.Report(
                DiagnosticKinds.Quantifier,
                _at,
                quantifier.Offset,
                $"'{quantifier.Text} of' is no Sigma: only '1 of', 'any of' and 'all of' are",
                "To ask for several of many, write the combinations out with and/or");
            return null;
        }

        _next += 2;
        ConditionToken pattern = Current;
        if (pattern.Kind != ConditionTokenKind.Word)
        {
            Unexpected("'them' or a search identifier, which may hold '*'");
            return null;
        }

        _next++;
        bool them = pattern.Is("them") && !_isIdentifier(pattern.Text);
        return new ConditionSyntax.Selector(all, pattern.Text, them, quantifier.Offset);
    }

    private bool IsAnyKeyword()
    {
        foreach (string keyword in Keywords)
        {
            if (IsKeyword(keyword))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsKeyword(string keyword)
    {
        if (!Current.Is(keyword) || (Current.Text != keyword && _isIdentifier(Current.Text)))
        {
            return false;
        }

        if (Current.Text != keyword && !_upperCaseSeen)
        {
            _upperCaseSeen = true;
            _sink.Report(DiagnosticKinds.KeywordCase, _at, Current.Offset, $"'{Current.Text}' is read as '{keyword}'", "Write the words of a condition in lower case");
        }

        return true;
    }

    private bool Enter(int offset)
    {
        if (++_depth <= MaxDepth)
        {
            return true;
        }

        _sink.Report(DiagnosticKinds.TooComplex, _at, offset, $"The condition is nested deeper than {MaxDepth}");
        return false;
    }

    private void Unexpected(string expected = "a search identifier, '1 of', 'all of', 'not' or '('")
    {
        ConditionToken token = Current;
        if (token.Kind == ConditionTokenKind.Pipe || token.Is("near"))
        {
            _sink.Report(
                DiagnosticKinds.RetiredAggregation,
                _at,
                token.Offset,
                "The condition uses the aggregation syntax that Sigma has retired ('| count()', 'near')",
                "Write a correlation document that counts this rule's matches: type event_count, value_count or temporal");
            return;
        }

        bool afterOperand = _next > 0 && (_tokens[_next - 1].Kind == ConditionTokenKind.Close
            || (_tokens[_next - 1].Kind == ConditionTokenKind.Word && !IsKeywordText(_tokens[_next - 1].Text)));
        string wanted = afterOperand ? "'and', 'or' or ')'" : expected;
        string found = token.Kind == ConditionTokenKind.End ? "The condition ends" : $"'{token.Text}' stands";
        string help = afterOperand && token.Kind == ConditionTokenKind.Word ? NearestName.Help(token.Text, ["and", "or"]) : "";
        _sink.Report(DiagnosticKinds.ConditionSyntax, _at, token.Offset, $"{found} where {wanted} is expected", help);
    }

    private static bool IsKeywordText(string text) => Keywords.Contains(text, StringComparer.OrdinalIgnoreCase);
}
