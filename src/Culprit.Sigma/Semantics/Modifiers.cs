using System.Collections.Frozen;
using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>The value modifiers (modifiers appendix). Aliases are resolved: <c>wide</c> is <see cref="Utf16Le"/>.</summary>
internal enum Modifier
{
    All,
    Neq,
    Cased,
    Expand,
    Contains,
    StartsWith,
    EndsWith,
    Windash,
    Base64,
    Base64Offset,
    Utf16Le,
    Utf16Be,
    Utf16,
    Regex,
    IgnoreCase,
    MultiLine,
    DotAll,
    Cidr,
    FieldReference,
    Exists,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// <summary>What a value is taken for once its modifiers are applied.</summary>
internal enum ValueKind
{
    Text,
    Regex,
    Cidr,
    FieldReference,
    Exists,
    Number,
    Time,
}

/// <summary>A field's name with its modifiers, checked and sorted by what they do.</summary>
internal sealed class ModifierChain
{
    public static readonly FrozenDictionary<string, Modifier> Known = new Dictionary<string, Modifier>(StringComparer.Ordinal)
    {
        ["all"] = Modifier.All,
        ["neq"] = Modifier.Neq,
        ["cased"] = Modifier.Cased,
        ["expand"] = Modifier.Expand,
        ["contains"] = Modifier.Contains,
        ["startswith"] = Modifier.StartsWith,
        ["endswith"] = Modifier.EndsWith,
        ["windash"] = Modifier.Windash,
        ["base64"] = Modifier.Base64,
        ["base64offset"] = Modifier.Base64Offset,
        ["wide"] = Modifier.Utf16Le,
        ["utf16le"] = Modifier.Utf16Le,
        ["utf16be"] = Modifier.Utf16Be,
        ["utf16"] = Modifier.Utf16,
        ["re"] = Modifier.Regex,
        ["i"] = Modifier.IgnoreCase,
        ["ignorecase"] = Modifier.IgnoreCase,
        ["m"] = Modifier.MultiLine,
        ["multiline"] = Modifier.MultiLine,
        ["s"] = Modifier.DotAll,
        ["dotall"] = Modifier.DotAll,
        ["cidr"] = Modifier.Cidr,
        ["fieldref"] = Modifier.FieldReference,
        ["exists"] = Modifier.Exists,
        ["lt"] = Modifier.Less,
        ["lte"] = Modifier.LessOrEqual,
        ["gt"] = Modifier.Greater,
        ["gte"] = Modifier.GreaterOrEqual,
        ["minute"] = Modifier.Minute,
        ["hour"] = Modifier.Hour,
        ["day"] = Modifier.Day,
        ["week"] = Modifier.Week,
        ["month"] = Modifier.Month,
        ["year"] = Modifier.Year,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private ModifierChain(string field) => Field = field;

    /// <summary>The field; empty for keywords.</summary>
    public string Field { get; }

    public ValueKind Kind { get; private set; }

    public bool All { get; private set; }

    public bool Negated { get; private set; }

    public bool Cased { get; private set; }

    public bool Expand { get; private set; }

    public NumberComparison Comparison { get; private set; } = NumberComparison.Equal;

    public TimePart TimePart { get; private set; }

    public bool IgnoreCase { get; private set; }

    public bool MultiLine { get; private set; }

    public bool DotAll { get; private set; }

    /// <summary>The modifiers that transform a text or say where it stands, in the order written.</summary>
    public IReadOnlyList<Modifier> Transformations => _transformations;

    private readonly List<Modifier> _transformations = [];

    /// <summary>Where the text must stand, for regular expressions and field references.</summary>
    public TextPosition Position
    {
        get
        {
            bool contains = _transformations.Contains(Modifier.Contains);
            bool starts = _transformations.Contains(Modifier.StartsWith);
            bool ends = _transformations.Contains(Modifier.EndsWith);
            return contains || (starts && ends) ? TextPosition.Anywhere
                : starts ? TextPosition.Start
                : ends ? TextPosition.End
                : TextPosition.Whole;
        }
    }

    /// <summary>A chain without modifiers, for plain values of keywords.</summary>
    public static ModifierChain Keyword { get; } = new("");

    /// <summary>Reads <c>field|modifier|modifier</c>; null where it is not valid (reported).</summary>
    public static ModifierChain? Parse(YamlScalar key, DiagnosticSink sink)
    {
        string text = key.Value;
        int pipe = text.IndexOf('|', StringComparison.Ordinal);
        if (pipe < 0)
        {
            return new(text);
        }

        var chain = new ModifierChain(text[..pipe]);
        var seen = new List<(Modifier Modifier, string Name)>();
        foreach (Range range in text.AsSpan(pipe + 1).Split('|'))
        {
            int offset = pipe + 1 + range.Start.Value;
            string name = text[offset..(pipe + 1 + range.End.Value)];
            if (!Known.TryGetValue(name, out Modifier modifier))
            {
                sink.Report(DiagnosticKinds.UnknownModifier, key, offset, $"Unknown modifier '{name}'", NearestName.Help(name, Known.Keys));
                return null;
            }

            if (chain.Apply(modifier, name, seen) is { } problem)
            {
                sink.Report(DiagnosticKinds.ModifierOrder, key, offset, problem.Message, problem.Help);
                return null;
            }

            if (seen.Exists(s => s.Modifier == modifier))
            {
                sink.Report(DiagnosticKinds.RedundantModifier, key, offset, $"The modifier '{name}' is written twice");
            }

            seen.Add((modifier, name));
        }

        if (chain.Cased && chain.Kind is not (ValueKind.Text or ValueKind.FieldReference))
        {
            sink.Report(DiagnosticKinds.RedundantModifier, key, $"The modifier 'cased' changes nothing for a value of this type");
        }

        return chain;
    }

    private readonly record struct Problem(string Message, string Help = "");

    private Problem? Apply(Modifier modifier, string name, List<(Modifier Modifier, string Name)> before)
    {
        switch (modifier)
        {
            case Modifier.All:
                All = true;
                return Kind == ValueKind.Exists ? Clash(name, "exists") : null;
            case Modifier.Neq:
                Negated = true;
                return null;
            case Modifier.Cased:
                Cased = true;
                return null;
            case Modifier.Expand:
                Expand = true;
                return before.Find(b => IsEncoding(b.Modifier)) is { Name: { } encoding }
                    ? new($"'expand' cannot stand after '{encoding}': the placeholder is encoded by then", $"Write 'expand' before '{encoding}'")
                    : null;
            case Modifier.Contains or Modifier.StartsWith or Modifier.EndsWith:
                _transformations.Add(modifier);
                return Kind is ValueKind.Text or ValueKind.Regex or ValueKind.FieldReference ? null : Clash(name, NameOf(before));
            case Modifier.IgnoreCase or Modifier.MultiLine or Modifier.DotAll:
                return ApplyRegexFlag(modifier, name);
            case Modifier.Less or Modifier.LessOrEqual or Modifier.Greater or Modifier.GreaterOrEqual:
                return ApplyComparison(modifier, name, before);
            case Modifier.Regex or Modifier.Cidr or Modifier.FieldReference or Modifier.Exists or (>= Modifier.Minute and <= Modifier.Year):
                return ApplyType(modifier, name, before);
            default:
                return ApplyTransformation(modifier, name, before);
        }
    }

    private Problem? ApplyRegexFlag(Modifier modifier, string name)
    {
        if (Kind != ValueKind.Regex)
        {
            return new($"'{name}' is a sub-modifier of 're' and must stand after it", $"Write 're|{name}'");
        }

        IgnoreCase |= modifier == Modifier.IgnoreCase;
        MultiLine |= modifier == Modifier.MultiLine;
        DotAll |= modifier == Modifier.DotAll;
        return null;
    }

    private Problem? ApplyComparison(Modifier modifier, string name, List<(Modifier Modifier, string Name)> before)
    {
        if (Kind is not (ValueKind.Text or ValueKind.Time) || _transformations.Count > 0 || Comparison != NumberComparison.Equal)
        {
            return Clash(name, NameOf(before));
        }

        Kind = Kind == ValueKind.Time ? ValueKind.Time : ValueKind.Number;
        Comparison = modifier switch
        {
            Modifier.Less => NumberComparison.Less,
            Modifier.LessOrEqual => NumberComparison.LessOrEqual,
            Modifier.Greater => NumberComparison.Greater,
            _ => NumberComparison.GreaterOrEqual,
        };
        return null;
    }

    private Problem? ApplyType(Modifier modifier, string name, List<(Modifier Modifier, string Name)> before)
    {
        if (Kind == ValueKind.Number && modifier >= Modifier.Minute)
        {
            return new($"'{name}' must stand before the comparison: it extracts the number that is compared", $"Write '{name}|{NameOf(before)}'");
        }

        if (Kind != ValueKind.Text || _transformations.Count > 0)
        {
            return new(
                $"'{name}' cannot stand after '{NameOf(before)}': it takes the value as it is written",
                _transformations.Count > 0 && modifier is Modifier.Regex or Modifier.FieldReference ? $"Write '{name}' first" : "");
        }

        if (modifier == Modifier.Exists && (All || Expand))
        {
            return Clash(name, NameOf(before));
        }

        Kind = modifier switch
        {
            Modifier.Regex => ValueKind.Regex,
            Modifier.Cidr => ValueKind.Cidr,
            Modifier.FieldReference => ValueKind.FieldReference,
            Modifier.Exists => ValueKind.Exists,
            _ => ValueKind.Time,
        };
        TimePart = Kind == ValueKind.Time ? (TimePart)(modifier - Modifier.Minute) : default;
        return null;
    }

    private Problem? ApplyTransformation(Modifier modifier, string name, List<(Modifier Modifier, string Name)> before)
    {
        if (Kind != ValueKind.Text)
        {
            return Clash(name, NameOf(before));
        }

        bool needsPlainText = modifier is Modifier.Base64 or Modifier.Base64Offset;
        if (needsPlainText && before.Find(b => b.Modifier is Modifier.Contains or Modifier.StartsWith or Modifier.EndsWith) is { Name: { } position })
        {
            return new($"'{name}' cannot stand after '{position}': wildcards cannot be encoded", $"Write '{name}|{position}'");
        }

        _transformations.Add(modifier);
        return null;
    }

    private static bool IsEncoding(Modifier modifier) => modifier is >= Modifier.Base64 and <= Modifier.Utf16;

    private static string NameOf(List<(Modifier Modifier, string Name)> before) =>
        before.FindLast(b => b.Modifier is not (Modifier.All or Modifier.Neq or Modifier.Cased or Modifier.Expand)).Name
        ?? before[^1].Name;

    private static Problem Clash(string name, string other) => new($"'{name}' cannot be combined with '{other}'");
}
