namespace Culprit.Sigma.Semantics.Cache;

/// <summary>
/// The binary form of a rule set: a header (magic, version, the build that wrote it, length, checksum), a table of strings,
/// then rules, correlations and diagnostics. Numbers are written as LEB128.
/// </summary>
/// <remarks>
/// Only the build that wrote a cache reads it: what rules come to may change with the code. The checksum finds damage and not
/// malice, so the reader bounds depth and counts all the same.
/// </remarks>
internal static class CacheFormat
{
    public const int Version = 1;

    /// <summary>Magic, version, build, length, checksum.</summary>
    public const int HeaderSize = 4 + 4 + 16 + 8 + 16;

    /// <summary>The largest cache that is read.</summary>
    public const int MaxBytes = 512 << 20;

    /// <summary>How deep expressions may be nested; more than any condition that the parser accepts can give.</summary>
    public const int MaxDepth = 512;

    public static ReadOnlySpan<byte> Magic => "SIGC"u8;

    public static Guid Build { get; } = typeof(CacheFormat).Module.ModuleVersionId;
}

/// <summary>Kinds of expressions, tests and parts of patterns.</summary>
internal enum CacheTag : byte
{
    And = 1,
    Or,
    Not,
    Named,
    FieldTest,
    KeywordTest,
    Constant,
    Text = 16,
    Regex,
    Cidr,
    Number,
    Time,
    Null,
    Exists,
    FieldReference,
    Literal = 32,
    AnyString,
    AnyChar,
}
