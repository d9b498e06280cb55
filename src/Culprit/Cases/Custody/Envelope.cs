using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Culprit.Cases.Custody;

/// <summary>What a signature says of a case.</summary>
/// <param name="Files">Every file of the case but the signature, with its SHA-256.</param>
/// <param name="CaseId">The case.</param>
/// <param name="Entries">How many entries the custody log has.</param>
/// <param name="Head">The hash of the last of them.</param>
internal sealed record SignedStatement(ImmutableSortedDictionary<string, string> Files, string CaseId, int Entries, string Head);

/// <summary>
/// A DSSE envelope (secure-systems-lab/dsse, version 1) over an in-toto Statement (in-toto attestation framework, version 1) of a
/// case's files. There is one way of writing each, so that no byte of the file can be changed unnoticed.
/// </summary>
internal static class Envelope
{
    public const string PredicateType = "https://culprit.invalid/case/v1";

    private const string PayloadType = "application/vnd.in-toto+json";
    private const string StatementType = "https://in-toto.io/Statement/v1";

    /// <summary>Signs a statement.</summary>
    public static byte[] Sign(SignedStatement statement, CaseSigner signer)
    {
        byte[] payload = Payload(statement);
        return Write(payload, signer.KeyId, signer.Sign(Encoded(payload)));
    }

    /// <summary>Reads and checks an envelope that one of several keys must have signed.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="pem">The public keys, in PEM.</param>
    /// <param name="keyId">The key that signed; the first of them where none did.</param>
    /// <param name="problem">Why there is no statement, as a sentence without its full stop; otherwise empty.</param>
    /// <exception cref="CryptographicException">There is no key.</exception>
    public static SignedStatement? Verify(byte[] bytes, string pem, out string keyId, out string problem)
    {
        keyId = "";
        problem = "";
        foreach (ECDsa key in CaseSigner.KeysOf(pem))
        {
            SignedStatement? statement = Verify(bytes, key, out string why);
            if (statement is not null || keyId.Length == 0)
            {
                keyId = CaseSigner.IdOf(key);
                problem = why;
            }

            if (statement is not null)
            {
                return statement;
            }
        }

        return null;
    }

    /// <summary>Reads and checks an envelope.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="key">The public key that must have signed.</param>
    /// <param name="problem">Why there is no statement, as a sentence without its full stop; otherwise empty.</param>
    public static SignedStatement? Verify(byte[] bytes, ECDsa key, out string problem)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            JsonElement root = json.RootElement;
            byte[] payload = root.GetProperty("payload"u8).GetBytesFromBase64();
            JsonElement signature = root.GetProperty("signatures"u8)[0];
            string keyId = signature.GetProperty("keyid"u8).GetString()!;
            byte[] sig = signature.GetProperty("sig"u8).GetBytesFromBase64();
            SignedStatement statement = Read(payload);
            problem = !bytes.AsSpan().SequenceEqual(Write(payload, keyId, sig)) || !payload.AsSpan().SequenceEqual(Payload(statement))
                    ? "the envelope is not written as this program writes it"
                : !string.Equals(keyId, CaseSigner.IdOf(key), StringComparison.Ordinal) ? $"it was signed by the key {keyId}, and is held against {CaseSigner.IdOf(key)}"
                : !key.VerifyData(Encoded(payload), sig, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence) ? "the signature does not fit what it signs"
                : "";
            return problem.Length == 0 ? statement : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            problem = "the envelope cannot be read";
            return null;
        }
    }

    // Pre-authentication encoding of the DSSE protocol.
    private static byte[] Encoded(byte[] payload) =>
        [.. Encoding.ASCII.GetBytes($"DSSEv1 {PayloadType.Length} {PayloadType} {payload.Length} "), .. payload];

    private static byte[] Payload(SignedStatement statement) => Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("_type"u8, StatementType);
        json.WriteStartArray("subject"u8);
        foreach ((string path, string hash) in statement.Files)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, path);
            json.WriteStartObject("digest"u8);
            json.WriteString("sha256"u8, hash);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("predicateType"u8, PredicateType);
        json.WriteStartObject("predicate"u8);
        json.WriteString("case"u8, statement.CaseId);
        json.WriteNumber("custody_entries"u8, statement.Entries);
        json.WriteString("custody_head"u8, statement.Head);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static SignedStatement Read(byte[] payload)
    {
        using var json = JsonDocument.Parse(payload);
        JsonElement predicate = json.RootElement.GetProperty("predicate"u8);
        return new SignedStatement(
            json.RootElement.GetProperty("subject"u8).EnumerateArray().ToImmutableSortedDictionary(
                static s => s.GetProperty("name"u8).GetString()!, static s => s.GetProperty("digest"u8).GetProperty("sha256"u8).GetString()!, StringComparer.Ordinal),
            predicate.GetProperty("case"u8).GetString()!,
            predicate.GetProperty("custody_entries"u8).GetInt32(),
            predicate.GetProperty("custody_head"u8).GetString()!);
    }

    private static byte[] Write(byte[] payload, string keyId, byte[] signature) => [.. Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("payloadType"u8, PayloadType);
        json.WriteBase64String("payload"u8, payload);
        json.WriteStartArray("signatures"u8);
        json.WriteStartObject();
        json.WriteString("keyid"u8, keyId);
        json.WriteBase64String("sig"u8, signature);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }), (byte)'\n'];

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(json);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
