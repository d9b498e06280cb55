using System.Security.Cryptography;
using System.Text;

namespace Culprit.Primitives;

/// <summary>UUIDs that follow from a name (RFC 9562, version 5), so that the same thing of the same case is called the same each time.</summary>
internal static class NamedUuid
{
    /// <summary>The UUID of a name.</summary>
    /// <param name="space">A UUID as 32 hexadecimal digits.</param>
    /// <param name="name">The name.</param>
    public static string Of(string space, string name)
    {
        byte[] input = [.. Convert.FromHexString(space), .. Encoding.UTF8.GetBytes(name)];

        // The version asks for SHA-1; nothing here rests on its strength.
#pragma warning disable CA5350
        Span<byte> hash = SHA1.HashData(input).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash, bigEndian: true).ToString("D");
    }
}
