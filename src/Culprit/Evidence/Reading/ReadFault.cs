namespace Culprit.Evidence.Reading;

/// <summary>Which exceptions say that evidence cannot be read, as opposed to a fault of the program.</summary>
internal static class ReadFault
{
    /// <summary>Whether the exception is about the evidence.</summary>
    public static bool IsFault(Exception e) =>
        e is IOException or UnauthorizedAccessException or InvalidDataException;

    /// <summary>What it says, on one line.</summary>
    public static string Describe(Exception e) => e.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
