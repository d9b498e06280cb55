namespace Culprit.Evidence;

/// <summary>A file, or an entry of an archive, that records were read from.</summary>
public sealed class EvidenceSource
{
    internal EvidenceSource(string path, EvidenceSource? container)
    {
        Path = path;
        Container = container;
    }

    /// <summary>
    /// The path as it was given or found, separated by '/'. An entry of an archive stands behind its archive's path
    /// and <c>!/</c>, as in <c>case/triage.zip!/logs/Security.evtx</c>.
    /// </summary>
    public string Path { get; }

    /// <summary>The archive that this is an entry of; null for a file.</summary>
    public EvidenceSource? Container { get; }

    /// <summary>Length in bytes, unpacked for an entry of an archive. Known for certain once it has been read.</summary>
    public long Length { get; internal set; }

    /// <summary>What it was recognised as: see <see cref="SourceCoverage.Format"/>.</summary>
    public string Format { get; internal set; } = "";

    /// <summary>
    /// SHA-256 of its bytes (of an entry: unpacked) in lower-case hexadecimal. Set when it was read to its end; empty
    /// before that, and for what could not be read whole.
    /// </summary>
    public string Sha256 { get; internal set; } = "";

    /// <inheritdoc/>
    public override string ToString() => Path;
}
