using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Culprit.Sigma.Compilation;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Matching;

/// <summary>
/// A rule's expression in the rule's own shape, with field names as the events of one binding have them and tests ready
/// to run: what explanations walk.
/// </summary>
internal abstract class Trace
{
    /// <summary>Prepares an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="fieldMap">The binding's names; null where the expression names fields as the events do.</param>
    public static Trace Of(Expression expression, ImmutableDictionary<string, ImmutableArray<string>>? fieldMap) => expression switch
    {
        Expression.Constant constant => new Always(constant.Value),
        Expression.Named named => new Join(named.Identifier, named.Identifier, all: true, [Of(named.Child, fieldMap)]),
        Expression.Not not => new Not(Of(not.Child, fieldMap)),
        Expression.And and => new Join("all of", null, all: true, [.. and.Children.Select(child => Of(child, fieldMap))]),
        Expression.Or or => new Join("any of", null, all: false, [.. or.Children.Select(child => Of(child, fieldMap))]),
        Expression.FieldTest field => new Field(field.Field, RouteFields.NamesOf(field.Field, fieldMap), field.Test, fieldMap),
        Expression.KeywordTest keyword => new Field(null, [], keyword.Test, fieldMap),
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression.GetType().Name, "unknown kind of expression"),
    };

    /// <summary>True or false of every event.</summary>
    public sealed class Always(bool value) : Trace
    {
        public bool Value { get; } = value;
    }

    /// <summary>The opposite.</summary>
    public sealed class Not(Trace child) : Trace
    {
        public Trace Child { get; } = child;
    }

    /// <summary>All or any of some parts; with an identifier where the rule gives the part a name.</summary>
    public sealed class Join(string text, string? identifier, bool all, ImmutableArray<Trace> children) : Trace
    {
        public string Text { get; } = text;

        public string? Identifier { get; } = identifier;

        public bool All { get; } = all;

        public ImmutableArray<Trace> Children { get; } = children;
    }

    /// <summary>A test of a field, or of every field.</summary>
    public sealed class Field(
        string? name, ImmutableArray<string> names, ValueTest test, ImmutableDictionary<string, ImmutableArray<string>>? fieldMap) : Trace
    {
        private readonly Lazy<string> _asked = new(() => TestText.Of(test));
        private readonly List<int> _ordinals = [];
        private object? _layout;

        /// <summary>As the rule names it; null for keywords.</summary>
        public string? Name { get; } = name;

        /// <summary>As events name it.</summary>
        public ImmutableArray<string> Names { get; } = names;

        public ValueTest Test { get; } = test;

        /// <summary>Null for tests that do not look at the text of one value alone.</summary>
        public CompiledTest? Compiled { get; } = TestEvaluator.Compile(test);

        /// <summary>For a comparison with another field: that field, as events name it.</summary>
        public ImmutableArray<string> OtherNames { get; } =
            test is ValueTest.FieldReference reference ? RouteFields.NamesOf(reference.Field, fieldMap) : [];

        /// <summary>What is asked, in Sigma's terms.</summary>
        public string Asked => _asked.Value;

        /// <summary>The places, in an event, of the fields that the test is about; good until an event of another layout is asked about.</summary>
        public ReadOnlySpan<int> OrdinalsIn<TEvent>(ref TEvent e)
            where TEvent : ISigmaEvent, allows ref struct
        {
            if (!ReferenceEquals(_layout, e.Layout))
            {
                _layout = e.Layout;
                Find(ref e);
            }

            return CollectionsMarshal.AsSpan(_ordinals);
        }

        private void Find<TEvent>(ref TEvent e)
            where TEvent : ISigmaEvent, allows ref struct
        {
            _ordinals.Clear();
            for (int ordinal = FieldReader.FirstOrdinal(ref e, Name); ordinal < e.FieldCount; ordinal++)
            {
                if (Name is null || Names.Contains(e.FieldName(ordinal), StringComparer.Ordinal))
                {
                    _ordinals.Add(ordinal);
                }
            }
        }
    }
}
