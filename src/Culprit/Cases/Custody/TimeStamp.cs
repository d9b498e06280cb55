using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Culprit.Cases.Custody;

/// <summary>Time stamps (RFC 3161) over an entry of the custody log: they say that it, and all before it, existed at a time.</summary>
internal static class TimeStamp
{
    /// <summary>A request for a time stamp over the hash of an entry.</summary>
    public static Rfc3161TimestampRequest Request(string head) => Rfc3161TimestampRequest.CreateFromData(
        Encoding.ASCII.GetBytes(head), HashAlgorithmName.SHA256, requestSignerCertificates: true, nonce: RandomNumberGenerator.GetBytes(8));

    /// <summary>A token as it stands in a file; null where it is none, or where other bytes stand behind it.</summary>
    public static Rfc3161TimestampToken? Read(byte[] bytes)
    {
        try
        {
            return Rfc3161TimestampToken.TryDecode(bytes, out Rfc3161TimestampToken? token, out int consumed) && consumed == bytes.Length ? token : null;
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            // Not a token: the caller says so.
            return null;
        }
    }

    /// <summary>Whether a token is over an entry's hash and its signature is good, and by whose certificate.</summary>
    public static bool IsOver(Rfc3161TimestampToken token, string head, out string authority)
    {
        bool good = token.VerifySignatureForData(Encoding.ASCII.GetBytes(head), out X509Certificate2? certificate);
        authority = certificate?.Subject ?? "";
        certificate?.Dispose();
        return good;
    }
}
