using Culprit.Incidents;

namespace Culprit.Attribution.Linking;

/// <summary>How much a file's name and its hash say, by what the record of its start tells of whose it is.</summary>
internal static class FileGrades
{
    // Longer names are no program's.
    private const int MaxName = 256;

    /// <summary>How much the name says.</summary>
    /// <param name="one">The event that shows it.</param>
    /// <param name="name">The name in lower case, without folder.</param>
    public static TraceGrade OfName(IncidentEvent one, string name) =>
        IsPublished(one) || CommonThings.IsCommonName(Stem(name)) ? TraceGrade.Common : TraceGrade.Reached;

    /// <summary>How much the hash says.</summary>
    /// <param name="one">The event that shows it.</param>
    /// <param name="name">The file's name in lower case, without folder.</param>
    public static TraceGrade OfHash(IncidentEvent one, string name)
    {
        if (IsPublished(one) || CommonPrograms.IsFetched(Stem(name)) || IsFetchedByOrigin(one.Value("OriginalFileName")))
        {
            return TraceGrade.Common;
        }

        // Older Sysmon has no such fields, and forwarders leave them out: that tells nothing of the file, which may be anybody's.
        bool isTold = Has(one, "Company") || Has(one, "Product");
        return isTold ? TraceGrade.Reached : CommonPrograms.IsWidespread(Stem(name)) ? TraceGrade.Common : TraceGrade.Present;
    }

    /// <summary>A name up to its first point, so that the parts of one archive have one name.</summary>
    public static string Stem(string name) => name.IndexOf('.', StringComparison.Ordinal) is var point and > 0 ? name[..point] : name;

    // Who publishes a program writes a name into it; who writes none has made it for himself, or has hidden whose it is. A file's own name is
    // no publisher's: compilers write it.
    private static bool IsPublished(IncidentEvent one) => IsNamed(one.Value("Company")) || IsNamed(one.Value("Product"));

    private static bool IsNamed(string text) => text.AsSpan().Trim().Length > 1;

    // The name under which it was compiled stays when it is renamed.
    private static bool IsFetchedByOrigin(string original) => original.Length <= MaxName && CommonPrograms.IsFetched(Stem(original.Trim().ToLowerInvariant()));

    private static bool Has(IncidentEvent one, string field)
    {
        foreach (Events.EventField own in one.Fields)
        {
            if (own.Name == field)
            {
                return true;
            }
        }

        return false;
    }
}
