using System.Collections.Immutable;
using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>Resolves a parsed condition against the search identifiers of its document.</summary>
internal sealed class ConditionBinder(
    IReadOnlyList<KeyValuePair<string, Expression.Named>> identifiers, DiagnosticSink sink)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>The names that a condition has used so far.</summary>
    public IReadOnlySet<string> Used => _used;

    /// <summary>How many search identifiers were put in place.</summary>
    public int ReferenceCount { get; private set; }

    public Expression? Bind(ConditionSyntax syntax, YamlScalar at)
    {
        switch (syntax)
        {
            case ConditionSyntax.Or or:
                return BindAll(or.Operands, at) is { } any ? new Expression.Or(any) : null;
            case ConditionSyntax.And and:
                return BindAll(and.Operands, at) is { } all ? new Expression.And(all) : null;
            case ConditionSyntax.Not not:
                return Bind(not.Operand, at) is { } operand ? new Expression.Not(operand) : null;
            case ConditionSyntax.Selector selector:
                return BindSelector(selector, at);
            case ConditionSyntax.Identifier identifier:
                return BindIdentifier(identifier, at);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private ImmutableArray<Expression>? BindAll(IReadOnlyList<ConditionSyntax> operands, YamlScalar at)
    {
        var bound = ImmutableArray.CreateBuilder<Expression>(operands.Count);
        foreach (ConditionSyntax operand in operands)
        {
            if (Bind(operand, at) is not { } expression)
            {
                return null;
            }

            bound.Add(expression);
        }

        return bound.DrainToImmutable();
    }

    private Expression.Named? BindIdentifier(ConditionSyntax.Identifier identifier, YamlScalar at)
    {
        foreach ((string name, Expression.Named expression) in identifiers)
        {
            if (string.Equals(name, identifier.Name, StringComparison.Ordinal))
            {
                _used.Add(name);
                ReferenceCount++;
                return expression;
            }
        }

        sink.Report(
            DiagnosticKinds.UnknownIdentifier,
            at,
            identifier.Offset,
            $"The search identifier '{identifier.Name}' is not defined",
            NearestName.Help(identifier.Name, identifiers.Select(i => i.Key)));
        return null;
    }

    private Expression BindSelector(ConditionSyntax.Selector selector, YamlScalar at)
    {
        // An identifier that begins with '_' is left out, unless the pattern asks for such names.
        bool hidden = !selector.Them && selector.Pattern.StartsWith('_');
        var chosen = ImmutableArray.CreateBuilder<Expression>();
        foreach ((string name, Expression.Named expression) in identifiers)
        {
            if ((selector.Them || Matches(selector.Pattern, name)) && (hidden || !name.StartsWith('_')))
            {
                _used.Add(name);
                chosen.Add(expression);
            }
        }

        ReferenceCount += chosen.Count;
        if (selector is { All: true, Them: true })
        {
            sink.Report(DiagnosticKinds.AllOfThem, at, selector.Offset, "'all of them' takes in every search identifier, also filters added later", "Write 'all of selection*'");
        }

        if (chosen.Count == 0)
        {
            sink.Report(
                DiagnosticKinds.PatternMatchesNothing,
                at,
                selector.Offset,
                $"No search identifier matches '{selector.Pattern}': this part is never true",
                NearestName.Help(selector.Pattern.Replace("*", "", StringComparison.Ordinal), identifiers.Select(i => i.Key)));
            return new Expression.Constant(false);
        }

        return DetectionBinder.Join(selector.All, chosen.DrainToImmutable());
    }

    // '*' stands for any number of characters, at any place.
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int star = pattern.IndexOf('*');
        if (star < 0)
        {
            return pattern.SequenceEqual(name);
        }

        if (!name.StartsWith(pattern[..star], StringComparison.Ordinal))
        {
            return false;
        }

        name = name[star..];
        pattern = pattern[(star + 1)..];
        while ((star = pattern.IndexOf('*')) >= 0)
        {
            int found = name.IndexOf(pattern[..star], StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            name = name[(found + star)..];
            pattern = pattern[(star + 1)..];
        }

        return name.EndsWith(pattern, StringComparison.Ordinal);
    }
}
