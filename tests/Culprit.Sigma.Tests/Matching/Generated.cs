using System.Collections.Immutable;
using System.Net;
using CsCheck;
using Culprit.Sigma.Semantics;
using Culprit.Sigma.Tests.Reference;

namespace Culprit.Sigma.Tests.Matching;

/// <summary>Rules and events made at random, from words so few that they often meet.</summary>
public static class Generated
{
    private static readonly string[] Names = ["A", "B", "C", "EventID", "Channel", "Mapped"];

    private static readonly Gen<string> Word = Gen.OneOf(
        Gen.String[Gen.Char["abAB"], 1, 4],
        Gen.OneOf(
            Gen.Const("1"), Gen.Const("2"), Gen.Const("0x1"), Gen.Const("-3.5"), Gen.Const("Security"), Gen.Const("security"),
            Gen.Const("10.1.2.3"), Gen.Const("fe80::1"), Gen.Const("жЖ"), Gen.Const("bé"), Gen.Const("2026-11-23T10:00:00Z")));

    private static readonly Gen<string?> Value = Gen.Frequency(
        (8, Gen.Select(Word, Word, (a, b) => (string?)(a + b))),
        (8, Word.Select(word => (string?)word)),
        (1, Gen.Const((string?)"")),
        (1, Gen.Const((string?)null)));

    private static readonly Gen<PatternPart> Part = Gen.Frequency(
        (3, Word.Select(word => (PatternPart)new PatternPart.Literal(word))),
        (3, Gen.Const((PatternPart)new PatternPart.AnyString())),
        (1, Gen.Const((PatternPart)new PatternPart.AnyChar())));

    private static readonly Gen<ValueTest> TextTest = Gen.Select(Part.Array[0, 4], Gen.Int[0, 3])
        .Select((parts, cased) => (ValueTest)new ValueTest.Text([.. parts], cased == 0));

    private static readonly Gen<ValueTest> OtherTest = Gen.OneOf<ValueTest>(
        Gen.OneOf(Gen.Const("a+b"), Gen.Const("aba?b"), Gen.Const("^ab"), Gen.Const("(a|b)ab$"), Gen.Const("abab|bb"), Gen.Const("[ab]{2}baa"))
            .Select(Gen.Bool, (pattern, ignoreCase) => (ValueTest)new ValueTest.Regex(pattern, ignoreCase, MultiLine: false, DotAll: true)),
        Gen.OneOf(Gen.Const("10.0.0.0/8"), Gen.Const("fe80::/10")).Select(text => (ValueTest)new ValueTest.Cidr(IPNetwork.Parse(text))),
        Gen.Select(Gen.Enum<NumberComparison>(), Gen.Int[-4, 3]).Select((c, n) => (ValueTest)new ValueTest.Number(c, n)),
        Gen.Const((ValueTest)new ValueTest.Time(TimePart.Hour, NumberComparison.Equal, 10)),
        Gen.Const((ValueTest)new ValueTest.Null()),
        Gen.Bool.Select(expected => (ValueTest)new ValueTest.Exists(expected)),
        Gen.Select(Gen.OneOf(Gen.Const("A"), Gen.Const("B"), Gen.Const("Mapped")), Gen.Enum<TextPosition>(), Gen.Bool)
            .Select((field, position, cased) => (ValueTest)new ValueTest.FieldReference(field, position, cased)));

    private static readonly Gen<Expression> Leaf = Gen.Frequency(
        (6, Gen.Select(Gen.Int[0, Names.Length - 1], TextTest).Select((name, test) => (Expression)new Expression.FieldTest(Names[name], test))),
        (3, Gen.Select(Gen.Int[0, Names.Length - 1], OtherTest).Select((name, test) => (Expression)new Expression.FieldTest(Names[name], test))),
        (2, TextTest.Select(test => (Expression)new Expression.KeywordTest(test))),
        (1, Gen.Bool.Select(value => (Expression)new Expression.Constant(value))));

    /// <summary>A condition of up to four levels.</summary>
    public static Gen<Expression> Condition { get; } = Nested(3);

    /// <summary>An event of one of few routes, with repeated, empty, null and missing fields.</summary>
    public static Gen<ReferenceEvent> Event { get; } = Gen.Select(
        Gen.Int[0, Routes.Length - 1],
        Gen.Select(Gen.OneOf(Gen.Const("A"), Gen.Const("B"), Gen.Const("C"), Gen.Const("Other"), Gen.Const("NewName")), Value).Array[0, 6])
        .Select((route, fields) => ReferenceEvent.Of(Routes[route], fields));

    /// <summary>The routes of the events.</summary>
    public static SigmaRoute[] Routes =>
    [
        new("windows", "", "", "Security", "P", 1), new("windows", "", "", "security", "P", 2),
        new("windows", "", "", "System", "P", 1), new("windows", "", "", "System", "Q", 1), new("", "webserver", "iis", "", "", 0),
    ];

    /// <summary>Ways to find a log source: everything; one channel with a renamed field; the web; two at once with a condition.</summary>
    public static ImmutableArray<LogSourceBinding> BindingsOf(SigmaLogSource source) => source.Category switch
    {
        "renamed" => [Renamed],
        "web" => [new LogSourceBinding { Name = "web", Category = "webserver" }],
        "two" =>
        [
            Renamed with { Condition = new Expression.FieldTest("A", new ValueTest.Exists(Expected: true)) },
            new LogSourceBinding { Name = "id", Product = "windows", EventIds = [1], Providers = ["q"] },
        ],
        _ => [new LogSourceBinding { Name = "all" }],
    };

    /// <summary>The log sources that <see cref="BindingsOf"/> knows.</summary>
    public static Gen<SigmaLogSource> LogSource { get; } =
        Gen.OneOf(Gen.Const("all"), Gen.Const("renamed"), Gen.Const("web"), Gen.Const("two")).Select(category => new SigmaLogSource("", category, ""));

    /// <summary>A rule.</summary>
    public static Gen<SigmaRule> Rule { get; } = Gen.Select(LogSource, Condition).Select((source, condition) => new SigmaRule
    {
        Id = "",
        Name = "",
        Title = "Generated",
        Location = default,
        LogSource = source,
        Detection = condition,
    });

    private static LogSourceBinding Renamed => new()
    {
        Name = "renamed",
        Channels = ["SECURITY"],
        FieldMap = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("Mapped", ["NewName", "C"]),
    };

    private static Gen<Expression> Nested(int depth) => depth == 0
        ? Leaf
        : Gen.Frequency(
            (2, Leaf),
            (3, Nested(depth - 1).Array[0, 4].Select(children => (Expression)new Expression.And([.. children]))),
            (3, Nested(depth - 1).Array[0, 4].Select(children => (Expression)new Expression.Or([.. children]))),
            (2, Nested(depth - 1).Select(child => (Expression)new Expression.Not(child))),
            (1, Nested(depth - 1).Select(child => (Expression)new Expression.Named("selection", child))));
}
