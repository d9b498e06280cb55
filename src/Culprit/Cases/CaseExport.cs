using System.Collections.Immutable;
using Culprit.Cases.Exports;

namespace Culprit.Cases;

/// <summary>The form in which a case is handed on.</summary>
public enum ExportFormat
{
    /// <summary>CASE/UCO 1.x as JSON-LD: one file.</summary>
    CaseUco,

    /// <summary>The timeline as JSON Lines that Timesketch imports: one file.</summary>
    Timesketch,

    /// <summary>A layer of the ATT&amp;CK Navigator: one file.</summary>
    AttackNavigator,

    /// <summary>The tables for spreadsheets: one file each in a folder.</summary>
    Csv,

    /// <summary>The tables as Parquet: one file each in a folder.</summary>
    Parquet,
}

/// <summary>A file that an export wrote.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Sha256">SHA-256 of its bytes, in lower-case hexadecimal.</param>
/// <param name="Size">Its length in bytes.</param>
public sealed record ExportedFile(string Path, string Sha256, long Size);

/// <summary>What an export writes to cannot be written. The message says why.</summary>
public sealed class ExportException : Exception
{
    /// <summary>Says why.</summary>
    public ExportException(string message, Exception cause)
        : base(message, cause)
    {
    }
}

/// <summary>
/// Hands on what a case holds. The same case gives the same bytes, whoever exports it and when. That it was handed on is recorded in
/// the custody log, with the hash of every file, before the files get their names.
/// </summary>
public static class CaseExport
{
    /// <summary>Exports a case and records that.</summary>
    /// <param name="folder">The case's folder.</param>
    /// <param name="format">The form.</param>
    /// <param name="output">The file, or the folder where the form is one of several files. What is there under the same names is replaced.</param>
    /// <param name="actor">Who does it.</param>
    /// <exception cref="ArgumentException">The output lies within the case, or another.</exception>
    /// <exception cref="CaseException">The case cannot be used.</exception>
    /// <exception cref="ExportException">The output cannot be written; nothing was recorded.</exception>
    /// <exception cref="IOException">The case cannot be written; nothing was exported.</exception>
    public static ImmutableArray<ExportedFile> Write(string folder, ExportFormat format, string output, CaseActor actor)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(output);
        ArgumentNullException.ThrowIfNull(actor);
        if (CasePlace.IsWithin(output, folder) || CasePlace.Around(output) is not null)
        {
            throw new ArgumentException("the output lies within a case; give it a place of its own", nameof(output));
        }

        CaseRecorder.RequireWritable(folder);
        using var files = new ExportFiles(output, isFolder: format is ExportFormat.Csv or ExportFormat.Parquet);
        using (CaseReader opened = CaseReader.Open(folder))
        {
            files.Guard(() => Write(opened, format, files));
        }

        string hashes = string.Join(", ", files.Written.Select(static f => $"{Path.GetFileName(f.Path)} {f.Sha256}"));
        CaseRecorder.Export(folder, $"Exported as {NameOf(format)} to {output}: {hashes}.", actor);
        files.Guard(files.Publish);
        return files.Written;
    }

    /// <summary>What a form is called on the command line.</summary>
    public static string NameOf(ExportFormat format) => format switch
    {
        ExportFormat.CaseUco => "case-uco",
        ExportFormat.Timesketch => "timesketch",
        ExportFormat.AttackNavigator => "attack-navigator",
        ExportFormat.Csv => "csv",
        _ => "parquet",
    };

    private static void Write(CaseReader opened, ExportFormat format, ExportFiles files)
    {
        switch (format)
        {
            case ExportFormat.CaseUco:
                files.Write("", output => CaseUcoWriter.Write(output, opened));
                break;
            case ExportFormat.Timesketch:
                files.Write("", output => TimelineWriter.Write(output, CaseTimeline.Read(opened, new TimelineFilter { All = true }), TimelineFormat.TimesketchJsonl));
                break;
            case ExportFormat.AttackNavigator:
                files.Write("", output => NavigatorLayer.Write(output, opened));
                break;
            case ExportFormat.Csv:
                TableExport.Csv(opened, files);
                break;
            default:
                TableExport.Parquet(opened, files);
                break;
        }
    }
}
