namespace Culprit.Evidence.Archives;

/// <summary>Where a source stands among archives.</summary>
/// <param name="Depth">How many archives it lies in.</param>
/// <param name="Budget">What may still be unpacked from the outermost archive.</param>
/// <param name="Reopen">Opens the source again as a stream that can seek; null where it has to be set aside for that.</param>
internal sealed record ArchivePlace(int Depth, ArchiveBudget Budget, Func<Stream?>? Reopen)
{
    /// <summary>The place of an entry of an archive that stands here.</summary>
    public ArchivePlace Inside() => new(Depth + 1, Budget, Reopen: null);
}

/// <summary>
/// What may still be unpacked from one outermost archive. An archive within it draws on the same budget, so that
/// nesting gains nothing.
/// </summary>
internal sealed class ArchiveBudget(EvidenceOptions options)
{
    private long _unpacked;
    private int _entries;

    /// <summary>Counts an entry; false when there were too many.</summary>
    public bool TryEnter(out string limit)
    {
        limit = "";
        if (++_entries > options.MaxArchiveEntries)
        {
            limit = $"more than {options.MaxArchiveEntries} entries";
            return false;
        }

        return true;
    }

    /// <summary>Counts unpacked bytes; true when a limit is passed.</summary>
    /// <param name="bytes">New bytes.</param>
    /// <param name="ofEntry">All bytes of the entry so far.</param>
    /// <param name="packed">The entry's packed length; 0 where not known.</param>
    /// <param name="limit">The limit, in words.</param>
    public bool Refuses(int bytes, long ofEntry, long packed, out string limit)
    {
        limit = "";
        _unpacked += bytes;
        if (_unpacked > options.MaxUnpackedBytes)
        {
            limit = $"the archive holds more than {options.MaxUnpackedBytes} bytes";
        }
        else if (packed > 0 && ofEntry > options.RatioFloorBytes && ofEntry / packed >= options.MaxUnpackRatio)
        {
            limit = $"it is more than {options.MaxUnpackRatio} times larger than packed";
        }

        return limit.Length > 0;
    }
}
