namespace Culprit.Cases.Storage;

/// <summary>What the files of a case are called, relative to its folder and separated by '/'.</summary>
internal static class CaseLayout
{
    /// <summary>The version of this layout.</summary>
    public const int Format = 1;

    public const string Case = "case.json";
    public const string Manifest = "manifest.json";
    public const string Custody = "custody.jsonl";
    public const string Signature = "signature.json";
    public const string SignerKey = "signer.pub";
    public const string Database = "case.duckdb";
    public const string Notes = "notes.jsonl";
    public const string Tags = "tags.jsonl";
    public const string Attribution = "attribution.json";
    public const string Segments = "segments/";
    public const string SegmentCoverage = "coverage.json";
    public const string SegmentSizes = "sizes.json";
    public const string Events = "events/";
    public const string Timestamps = "timestamps/";

    /// <summary>Where the files of the next commit are written.</summary>
    public const string Next = ".next";

    /// <summary>What <see cref="Next"/> is called from the moment on in which the commit counts.</summary>
    public const string Commit = ".commit";

    /// <summary>The list of what a commit does, within its folder.</summary>
    public const string CommitList = "commit.json";

    /// <summary>An empty file that keeps two programs out of one case.</summary>
    public const string Lock = ".lock";

    /// <summary>The path of a file of the case.</summary>
    public static string At(string folder, string name) => Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The folder of a segment, with the slash behind it; the first is 1.</summary>
    public static string Segment(int number) => $"{Segments}{number:0000}/";
}
