using System.Security.Cryptography;

namespace Culprit.Cases;

/// <summary>The key that cases are signed with: ECDSA over NIST P-256 with SHA-256 (FIPS 186-5).</summary>
public sealed class CaseSigner : IDisposable
{
    private readonly ECDsa _key;

    private CaseSigner(ECDsa key)
    {
        _key = key;
        PublicKey = key.ExportSubjectPublicKeyInfoPem() + "\n";
        KeyId = IdOf(key);
    }

    /// <summary>The public key as PEM (RFC 7468), a SubjectPublicKeyInfo.</summary>
    public string PublicKey { get; }

    /// <summary>SHA-256 of the public key's SubjectPublicKeyInfo in DER, in lower-case hexadecimal: what a key is called.</summary>
    public string KeyId { get; }

    /// <summary>Reads the private key of a file, or makes one there that only this user can read.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <exception cref="IOException">The file cannot be read or made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read or made.</exception>
    /// <exception cref="CryptographicException">The file holds no such key.</exception>
    public static CaseSigner OpenOrCreate(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            Create(path);
        }

        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            return new CaseSigner(key);
        }
        catch (ArgumentException e)
        {
            key.Dispose();
            throw new CryptographicException("the file holds no private key in PEM", e);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>The keys of a text that holds one or several in PEM; each may be used until the next is asked for.</summary>
    /// <exception cref="CryptographicException">It holds none.</exception>
    internal static IEnumerable<ECDsa> KeysOf(string pem)
    {
        bool any = false;
        int start = 0;
        while (PemEncoding.TryFind(pem.AsSpan(start), out PemFields found))
        {
            (int offset, int length) = found.Location.GetOffsetAndLength(pem.Length - start);
            string block = pem.Substring(start + offset, length);
            start += offset + length;
            if (block.StartsWith("-----BEGIN PUBLIC KEY", StringComparison.Ordinal) || block.Contains("PRIVATE KEY", StringComparison.Ordinal))
            {
                using ECDsa key = ECDsa.Create();
                key.ImportFromPem(block);
                any = true;
                yield return key;
            }
        }

        if (!any)
        {
            throw new CryptographicException("there is no key in PEM where the public key is to be");
        }
    }

    /// <summary>The identifier of a public key.</summary>
    internal static string IdOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    /// <summary>Signs; the signature is a DER sequence of r and s.</summary>
    internal byte[] Sign(ReadOnlySpan<byte> data) => _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    // Two first uses at once: who links the name first wins, and both read what is there then.
    private static void Create(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        string temporary = Path.Combine(folder, Path.GetRandomFileName());
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(temporary, options))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
        }
    }
}
