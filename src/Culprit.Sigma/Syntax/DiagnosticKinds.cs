using System.Collections.Immutable;

namespace Culprit.Sigma;

/// <summary>A kind of diagnostic: a code that never changes its meaning.</summary>
/// <param name="Code">Such as <c>SIG0007</c>.</param>
/// <param name="Severity">An error refuses the document.</param>
/// <param name="Title">What is wrong, in a few words.</param>
public sealed record DiagnosticKind(string Code, SigmaSeverity Severity, string Title);

/// <summary>Every kind of diagnostic that this package gives; <c>docs/sigma-semantics.md</c> lists them.</summary>
public static class DiagnosticKinds
{
    private static readonly List<DiagnosticKind> Declared = [];

    internal static readonly DiagnosticKind InvalidYaml = Error("SIG0001", "The file is not valid YAML");
    internal static readonly DiagnosticKind TooLarge = Error("SIG0002", "The file is too large, too deep, or expands too far");
    internal static readonly DiagnosticKind NotSigma = Error("SIG0003", "The document is no rule, correlation or filter");
    internal static readonly DiagnosticKind DuplicateKey = Error("SIG0004", "A key is written twice in one map");
    internal static readonly DiagnosticKind NotUtf8 = Error("SIG0005", "The file is not UTF-8");
    internal static readonly DiagnosticKind CollectionAction = Error("SIG0006", "A collection's action is unknown or has nothing to act on");
    internal static readonly DiagnosticKind UnknownModifier = Error("SIG0007", "A value modifier is unknown");
    internal static readonly DiagnosticKind ModifierOrder = Error("SIG0008", "Value modifiers cannot be combined so, or in this order");
    internal static readonly DiagnosticKind ModifierValue = Error("SIG0009", "A value does not suit its modifier");
    internal static readonly DiagnosticKind MissingAttribute = Error("SIG0010", "A mandatory attribute is missing or empty");
    internal static readonly DiagnosticKind WrongShape = Error("SIG0011", "An attribute has the wrong shape");
    internal static readonly DiagnosticKind EmptyDetection = Error("SIG0012", "A search identifier is empty");
    internal static readonly DiagnosticKind InvalidValue = Error("SIG0013", "A value is not one that can be searched for");
    internal static readonly DiagnosticKind ConditionSyntax = Error("SIG0014", "A condition is not well formed");
    internal static readonly DiagnosticKind UnknownIdentifier = Error("SIG0015", "A condition names a search identifier that is not defined");
    internal static readonly DiagnosticKind Quantifier = Error("SIG0016", "A quantifier is not 1, any or all");
    internal static readonly DiagnosticKind RetiredAggregation = Error("SIG0017", "A condition uses the retired aggregation syntax");
    internal static readonly DiagnosticKind UnresolvedPlaceholder = Error("SIG0018", "A placeholder has no value");
    internal static readonly DiagnosticKind InvalidRegex = Error("SIG0019", "A regular expression is not valid or not supported");
    internal static readonly DiagnosticKind InvalidNetwork = Error("SIG0020", "A network is not valid CIDR notation");
    internal static readonly DiagnosticKind TooManyVariants = Error("SIG0021", "A value expands into too many variants");
    internal static readonly DiagnosticKind NeedsField = Error("SIG0022", "A test needs a field");
    internal static readonly DiagnosticKind TooComplex = Error("SIG0023", "A condition or detection is too large or too deep");

    internal static readonly DiagnosticKind CorrelationType = Error("SIG0030", "A correlation's type is unknown");
    internal static readonly DiagnosticKind Timespan = Error("SIG0031", "A time span is not valid");
    internal static readonly DiagnosticKind CorrelationCondition = Error("SIG0032", "A correlation's condition is not valid");
    internal static readonly DiagnosticKind UnknownRule = Error("SIG0033", "A correlation refers to a document that was not loaded");
    internal static readonly DiagnosticKind CorrelationCycle = Error("SIG0034", "Correlations refer to each other in a circle");
    internal static readonly DiagnosticKind Alias = Error("SIG0035", "A field alias is not valid");

    internal static readonly DiagnosticKind FilterTarget = Warning("SIG0040", "A filter refers to a rule that was not loaded");
    internal static readonly DiagnosticKind FilterLogSource = Warning("SIG0041", "A filter's log source does not cover a rule that it names");
    internal static readonly DiagnosticKind FilterExcludes = Information("SIG0042", "A filter's condition says what to leave out");
    internal static readonly DiagnosticKind FilterUnused = Warning("SIG0043", "A filter applies to no rule");

    internal static readonly DiagnosticKind DuplicateId = Warning("SIG0100", "Two documents have the same id or name");
    internal static readonly DiagnosticKind SameFile = Information("SIG0101", "A file has the same content as another");
    internal static readonly DiagnosticKind UnknownKey = Information("SIG0102", "A key looks like a misspelt attribute");
    internal static readonly DiagnosticKind KeyCase = Warning("SIG0103", "An attribute is not written in lower case");
    internal static readonly DiagnosticKind MissingTitle = Warning("SIG0104", "The title is missing");
    internal static readonly DiagnosticKind LongTitle = Information("SIG0105", "The title is longer than 256 characters");
    internal static readonly DiagnosticKind InvalidId = Information("SIG0106", "The id is no UUID");
    internal static readonly DiagnosticKind UnknownLevel = Warning("SIG0107", "The level is unknown");
    internal static readonly DiagnosticKind UnknownStatus = Warning("SIG0108", "The status is unknown");
    internal static readonly DiagnosticKind InvalidDate = Information("SIG0109", "A date is not YYYY-MM-DD");
    internal static readonly DiagnosticKind InvalidTag = Information("SIG0110", "A tag is not well formed or its namespace is unknown");
    internal static readonly DiagnosticKind UnknownLogSource = Information("SIG0111", "The log source is not one of the taxonomy");
    internal static readonly DiagnosticKind AttributeShape = Warning("SIG0112", "An attribute that matching does not need has the wrong shape");
    internal static readonly DiagnosticKind UnusedIdentifier = Warning("SIG0113", "A search identifier is not used by the condition");
    internal static readonly DiagnosticKind PatternMatchesNothing = Warning("SIG0114", "A pattern in the condition names no search identifier");
    internal static readonly DiagnosticKind AllOfOne = Information("SIG0115", "The modifier 'all' stands at a single value");
    internal static readonly DiagnosticKind NullInList = Warning("SIG0116", "A list mixes null with values");
    internal static readonly DiagnosticKind KeywordCase = Information("SIG0117", "A condition's keyword is not in lower case");
    internal static readonly DiagnosticKind RedundantWildcard = Information("SIG0118", "A wildcard does nothing beside its modifier");
    internal static readonly DiagnosticKind RepeatedValue = Information("SIG0119", "A value is listed twice");
    internal static readonly DiagnosticKind NetworkHostBits = Information("SIG0120", "A network has host bits set");
    internal static readonly DiagnosticKind Timeframe = Warning("SIG0121", "A detection has the retired key 'timeframe'");
    internal static readonly DiagnosticKind RedundantModifier = Information("SIG0122", "A modifier changes nothing here");
    internal static readonly DiagnosticKind EmptyList = Warning("SIG0123", "An empty list is read as null");
    internal static readonly DiagnosticKind ForeignTaxonomy = Warning("SIG0124", "The rule uses a taxonomy other than sigma");
    internal static readonly DiagnosticKind UnlabelledPlaceholder = Information("SIG0125", "The modifier 'expand' stands at a value without placeholder");
    internal static readonly DiagnosticKind AllOfThem = Information("SIG0126", "'all of them' cannot be combined with filters");
    internal static readonly DiagnosticKind LogSourceMap = Error("SIG0200", "A log source map is not valid");

    /// <summary>All kinds, in the order of their codes.</summary>
    public static ImmutableArray<DiagnosticKind> All { get; } = [.. Declared];

    private static DiagnosticKind Error(string code, string title) => Declare(code, SigmaSeverity.Error, title);

    private static DiagnosticKind Warning(string code, string title) => Declare(code, SigmaSeverity.Warning, title);

    private static DiagnosticKind Information(string code, string title) => Declare(code, SigmaSeverity.Information, title);

    private static DiagnosticKind Declare(string code, SigmaSeverity severity, string title)
    {
        var kind = new DiagnosticKind(code, severity, title);
        Declared.Add(kind);
        return kind;
    }
}
