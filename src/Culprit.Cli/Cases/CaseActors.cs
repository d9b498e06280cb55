using System.Security.Cryptography;
using Culprit.Cases;
using Culprit.Cli.Rules;
using Culprit.Cli.Terminal;

namespace Culprit.Cli.Cases;

/// <summary>Who works on a case: the user of this machine, with the key that is theirs.</summary>
internal static class CaseActors
{
    /// <summary>The user. Where no key can be had, it is said and the case stays without a signature.</summary>
    public static CaseActor Current(CliHost host) => new()
    {
        Who = $"{Environment.UserName}@{Environment.MachineName}",
        Tool = ToolVersion.Text,
        Clock = host.Clock,
        Signer = Signer(host),
        Notice = notice => host.Error.WriteLine($"culprit: {host.Safe(notice)}."),
    };

    /// <summary>Where the user's private key lies; null where the system names no place for it.</summary>
    public static string? KeyPath(CliHost host) =>
        UserFolders.Configuration(host.Environment) is { } folder ? Path.Combine(folder, "signing-key.pem") : null;

    private static CaseSigner? Signer(CliHost host)
    {
        string? path = KeyPath(host);
        try
        {
            if (path is not null)
            {
                return CaseSigner.OpenOrCreate(path);
            }

            host.Error.WriteLine("culprit: the case is not signed, because this system names no folder for the user's key.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            host.Error.WriteLine($"culprit: the case is not signed, because the key {host.Safe(path)} cannot be used: {host.Safe(e.Message)}");
        }

        return null;
    }
}
