using System.Net;

namespace Culprit.Cli;

/// <summary>Something cannot be downloaded; the message says what and why.</summary>
internal sealed class DownloadException(string message) : Exception(message);

/// <summary>
/// Downloads rules and knowledge. They decide what an investigator sees and reads, so they come over https only; this
/// machine itself is excepted.
/// </summary>
internal static class HttpsDownload
{
    /// <summary>The most that is taken, in bytes. The largest public rule set is some megabytes, the largest collection of knowledge some forty.</summary>
    public const long MaxBytes = 256L << 20;

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    /// <summary>Saves what <paramref name="address"/> gives to <paramref name="path"/>.</summary>
    /// <exception cref="DownloadException">It cannot be had whole, or is too large.</exception>
    /// <exception cref="IOException"><paramref name="path"/> cannot be written.</exception>
    public static void Fetch(Uri address, string path, CancellationToken stop)
    {
        if (!IsAllowed(address))
        {
            throw new DownloadException($"downloads are made over https only, not from {Shown(address)}");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Timeout);
        try
        {
            FetchAsync(address, path, limit.Token).GetAwaiter().GetResult();
        }
        catch (HttpRequestException e)
        {
            throw NotHad(address, e);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new DownloadException($"{Shown(address)} did not answer in {Timeout.TotalMinutes} minutes");
        }
    }

    /// <summary>An address as it is told, without the user's name and password that may stand in it: what a program says is kept and passed on.</summary>
    public static string Shown(string from)
    {
        if (Uri.TryCreate(from, UriKind.Absolute, out Uri? address))
        {
            return address.UserInfo.Length == 0 ? from : Shown(address);
        }

        // What is no address for a wrong character may hold them all the same.
        int scheme = from.IndexOf("://", StringComparison.Ordinal), at = from.LastIndexOf('@');
        return scheme < 0 || at < scheme ? from : from[..(scheme + 3)] + from[(at + 1)..];
    }

    private static string Shown(Uri address) => address.UserInfo.Length == 0 ? address.ToString() : new UriBuilder(address) { UserName = "", Password = "" }.Uri.ToString();

    // What wraps the cause says "see inner exception" of it, and no more.
    private static DownloadException NotHad(Uri address, Exception e) =>
        new($"{Shown(address)} cannot be had: {e.GetBaseException().Message.TrimEnd('.')}; try again, or download it by other means and give the file");

    private static bool IsAllowed(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    private static async Task FetchAsync(Uri address, string path, CancellationToken stop)
    {
        // Redirections are followed by hand, so that none leads away from https.
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None };
        using var client = new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("culprit/" + ToolVersion.Number);
        Uri at = address;
        for (int hop = 0; hop < 10; hop++)
        {
            using HttpResponseMessage response = await client.GetAsync(at, HttpCompletionOption.ResponseHeadersRead, stop);
            if ((int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } next)
            {
                at = new Uri(at, next);
                if (!IsAllowed(at))
                {
                    throw new DownloadException($"{Shown(address)} leads to {Shown(at)}, which is not https");
                }

                continue;
            }

            response.EnsureSuccessStatusCode();
            await SaveAsync(response, address, path, stop);
            return;
        }

        throw new DownloadException($"{Shown(address)} redirects without end");
    }

    private static async Task SaveAsync(HttpResponseMessage response, Uri address, string path, CancellationToken stop)
    {
        await using Stream body = await response.Content.ReadAsStreamAsync(stop);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        int read;
        while ((read = await ReadAsync(body, buffer, address, stop)) > 0)
        {
            total += read;
            if (total > MaxBytes)
            {
                throw new DownloadException($"{Shown(address)} gives more than {MaxBytes >> 20} MiB, which is more than is taken");
            }

            await file.WriteAsync(buffer.AsMemory(0, read), stop);
        }
    }

    // An answer that breaks off and a disk that is full are the same exception; the first is the address's fault.
    private static async Task<int> ReadAsync(Stream body, byte[] buffer, Uri address, CancellationToken stop)
    {
        try
        {
            return await body.ReadAsync(buffer, stop);
        }
        catch (IOException e)
        {
            throw NotHad(address, e);
        }
    }
}
