using System.Net.Http.Headers;
using System.Security.Cryptography;
using Culprit.Cases;
using Culprit.Cli.Terminal;

namespace Culprit.Cli.Cases;

/// <summary>
/// Asks an authority for a time stamp over a case (RFC 3161, section 3.4). Where it cannot be had, that is said and the case stays
/// whole.
/// </summary>
internal static class TimestampClient
{
    private const int MaxBytes = 1 << 20;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Asks, and keeps the answer in the case.</summary>
    public static void Stamp(string folder, Uri authority, CaseActor actor, CliHost host)
    {
        try
        {
            CaseTimestamp stamp = CaseTimestamp.Of(folder);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(host.Stop);
            limit.CancelAfter(Timeout);
            stamp.Keep(AskAsync(authority, stamp.Query, limit.Token).GetAwaiter().GetResult(), authority.ToString(), actor);
            host.Out.WriteLine($"Time stamp: {host.Safe(authority.ToString())} vouches for this state of the case.");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or CryptographicException or CaseException or IOException or UnauthorizedAccessException)
        {
            string why = e is OperationCanceledException ? $"it did not answer in {Timeout.TotalSeconds} seconds" : e.Message.TrimEnd('.');
            host.Error.WriteLine($"culprit: there is no time stamp from {host.Safe(authority.ToString())}: {host.Safe(why)}. The case is whole without it.");
        }
    }

    private static async Task<byte[]> AskAsync(Uri authority, ReadOnlyMemory<byte> query, CancellationToken stop)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxBytes };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("culprit/" + ToolVersion.Number);
        using var content = new ReadOnlyMemoryContent(query);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        using HttpResponseMessage response = await client.PostAsync(authority, content, stop);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync(stop);
    }
}
