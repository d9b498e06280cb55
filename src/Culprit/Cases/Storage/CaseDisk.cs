using System.Security.Cryptography;

namespace Culprit.Cases.Storage;

/// <summary>
/// The changes that a commit makes to a folder, one method each, so that a test can end the program before any of them and in the
/// middle of a file.
/// </summary>
/// <param name="before">Called before each step with its name and path; null does nothing.</param>
internal sealed class CaseDisk(Action<string, string>? before = null)
{
    private const int HalfWay = 16;

    /// <summary>The machine's own.</summary>
    public static CaseDisk Real { get; } = new();

    /// <summary>Writes a whole file and waits until it is on the disk.</summary>
    /// <returns>The SHA-256 of its bytes in lower-case hexadecimal.</returns>
    public string Write(string path, Action<Stream> write)
    {
        before?.Invoke("create", path);
        using var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 256 * 1024);
        using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        {
            using (var hashing = new HashingStream(before is null ? file : new HaltingStream(file, path, before), hash))
            {
                write(hashing);
            }

            before?.Invoke("flush", path);
            file.Flush(flushToDisk: true);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    /// <summary>Takes a file that something else wrote: waits until it is on the disk.</summary>
    /// <returns>The SHA-256 of its bytes in lower-case hexadecimal.</returns>
    public string Adopt(string path)
    {
        before?.Invoke("adopt", path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        string hash = Convert.ToHexStringLower(SHA256.HashData(file));
        file.Flush(flushToDisk: true);
        return hash;
    }

    public void CreateFolder(string path)
    {
        before?.Invoke("create folder", path);
        Directory.CreateDirectory(path);
    }

    public void MoveFile(string from, string to)
    {
        before?.Invoke("move", to);
        File.Move(from, to, overwrite: true);
    }

    public void MoveFolder(string from, string to)
    {
        before?.Invoke("move folder", to);
        Directory.Move(from, to);
    }

    public void DeleteFile(string path)
    {
        before?.Invoke("delete", path);
        File.Delete(path);
    }

    public void DeleteFolder(string path)
    {
        before?.Invoke("delete folder", path);
        Directory.Delete(path, recursive: true);
    }

    // Hashes what passes on its way to the file.
    private sealed class HashingStream(Stream inner, IncrementalHash hash) : WriteOnlyStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            hash.AppendData(buffer);
            inner.Write(buffer);
        }

        public override void Flush() => inner.Flush();
    }

    // Asks again once some bytes of the file are written.
    private sealed class HaltingStream(Stream inner, string path, Action<string, string> before) : WriteOnlyStream
    {
        private bool _asked;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            int first = Math.Min(buffer.Length, HalfWay);
            inner.Write(buffer[..first]);
            if (!_asked)
            {
                _asked = true;
                inner.Flush();
                before("write", path);
            }

            inner.Write(buffer[first..]);
        }

        public override void Flush() => inner.Flush();
    }
}
