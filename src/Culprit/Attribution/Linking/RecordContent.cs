using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Attribution.Linking;

/// <summary>What a record says, as one text that is equal for equal records wherever in a file they stand.</summary>
internal static class RecordContent
{
    /// <summary>
    /// The SHA-256 of all that a record says, in hexadecimal: what it is, its time to the tick, host, provider, channel, event id and values. Empty
    /// for one that has a number of its own, by which its <see cref="IncidentEvent.Identity"/> knows it, and for one of unknown time, as equal lines
    /// without a time are what every log has.
    /// </summary>
    public static string Of(IncidentEvent one)
    {
        bool isNumbered = one.Kind == RecordKind.WindowsEvent && ulong.TryParse(one.Value("EventRecordID"), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (isNumbered || one.Time.Certainty == TimeCertainty.Unknown)
        {
            return "";
        }

        // Cryptographic, so that who writes evidence cannot make a record pass for another; lengths keep apart what stands side by side.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, string.Create(CultureInfo.InvariantCulture, $"{(int)one.Kind} {one.EventId} {one.Time.UtcTicks}"));
        Add(hash, one.Host.ToUpperInvariant());
        Add(hash, one.Channel.ToUpperInvariant());
        Add(hash, one.Provider.ToUpperInvariant());

        // The order of fields is the file's, and an empty value here is null or nothing there.
        foreach (EventField field in one.Fields.Where(static f => !string.IsNullOrEmpty(f.Value)).OrderBy(static f => f.Name, StringComparer.Ordinal))
        {
            Add(hash, field.Name);
            Add(hash, field.Value!);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.Unicode.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
