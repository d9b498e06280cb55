using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Incidents.Surroundings;

namespace Culprit.Incidents.Telling;

/// <summary>
/// Finds what was gathered, packed and taken: archives made, credential stores copied, and files that were put where a web
/// server gives them out and then fetched. Sizes are bounds that records carry, never guesses.
/// </summary>
internal static partial class TakenThings
{
    // More than the header of any answer takes; what a server counts as sent includes it.
    private const long Headers = 16 * 1024;

    private static readonly string[] Packers = ["rar", "winrar", "7z", "7za", "makecab", "tar", "zip", "command line rar"];

    /// <summary>The things, by time.</summary>
    public static ImmutableArray<TakenData> Find(Scene scene)
    {
        var found = new List<(int Order, TakenData Data)>();
        Commands(scene, found);
        Dumps(scene, found);
        Downloads(scene, found);
        return [.. found.OrderBy(static one => one.Order).ThenBy(static one => one.Data.What, StringComparer.Ordinal).Select(static one => one.Data)];
    }

    // Begun at the beginning of a word alone, so that a long word is looked through once.
    [GeneratedRegex("""(?<![^\s"'])[^\s"']*\.(rar|zip|7z|cab|tar|gz|tgz|ace)\b""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ArchiveName();

    [GeneratedRegex("""\bsave\s+"?(HKLM|HKEY_LOCAL_MACHINE)\\(?<hive>SAM|SYSTEM|SECURITY)"?""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SavedHive();

    // Each program once for the shell that starts it and once for itself: what ran is told, not who asked for it.
    private static void Commands(Scene scene, List<(int Order, TakenData Data)> found)
    {
        foreach (IncidentEvent one in scene.Timed)
        {
            EventFacts facts = scene.Facts(one);
            if (!facts.IsProcessStart)
            {
                continue;
            }

            string command = facts["CommandLine"];
            string program = Stem(EventFacts.FileName(facts.Image)).ToLowerInvariant();
            if (Packers.Contains(program, StringComparer.Ordinal) || Packers.Contains(Stem(facts["OriginalFileName"]).ToLowerInvariant(), StringComparer.Ordinal)
                || Packers.Contains(facts["Description"].ToLowerInvariant(), StringComparer.Ordinal))
            {
                Add(found, scene, one, Find(ArchiveName(), command) is { Length: > 0 } archive ? archive : "an archive", $"{EventFacts.FileName(facts.Image)} packed files: {Scene.Quote(command)}");
            }
            else if (command.Contains("Compress-Archive", StringComparison.OrdinalIgnoreCase))
            {
                Add(found, scene, one, Find(ArchiveName(), command) is { Length: > 0 } archive ? archive : "an archive", $"PowerShell packed files: {Scene.Quote(command)}");
            }
            else if (program == "ntdsutil" && command.Contains("ifm", StringComparison.OrdinalIgnoreCase))
            {
                Add(found, scene, one, "the directory database (ntds.dit)", $"Ntdsutil copied the directory database, which holds the passwords' hashes of every account of the domain: {Scene.Quote(command)}");
            }
            else if (program == "reg" && SavedHive().Match(command) is { Success: true } hive)
            {
                Add(found, scene, one, $"the registry hive {hive.Groups["hive"].Value.ToUpperInvariant()}", $"A registry hive with local secrets was saved: {Scene.Quote(command)}");
            }
        }
    }

    private static void Dumps(Scene scene, List<(int Order, TakenData Data)> found)
    {
        foreach (IncidentEvent one in scene.Timed)
        {
            EventFacts facts = scene.Facts(one);
            string file = facts["TargetFilename"];
            if (facts.IsSysmon && facts.EventId == 11 && file.EndsWith(".dmp", StringComparison.OrdinalIgnoreCase))
            {
                Add(found, scene, one, file, $"A memory dump was written by {EventFacts.FileName(facts["Image"])}; where it is one of the logon process, it holds passwords and their hashes");
            }
        }
    }

    private static void Add(List<(int Order, TakenData Data)> found, Scene scene, IncidentEvent one, string what, string how)
    {
        string host = scene.Host(one);
        if (!found.Exists(known => known.Data.What == what && known.Data.Host == host && (one.Time.Utc - known.Data.Time.Utc) < TimeSpan.FromMinutes(1)))
        {
            found.Add((one.Number, new TakenData(what, host, TakenState.Staged, one.Time, null, null, Scene.Fact($"{how}. No record says how large it is.", one))));
        }
    }

    // What the incident put among the files of a web server, and somebody outside then fetched.
    private static void Downloads(Scene scene, List<(int Order, TakenData Data)> found)
    {
        var brought = new Dictionary<string, List<IncidentEvent>>(StringComparer.Ordinal);
        foreach (IncidentEvent one in scene.Events.Where(one => scene.Facts(one).IsSysmon))
        {
            string name = WebFileOnDisk(scene.Facts(one)["TargetFilename"]);
            if (name.Length > 0)
            {
                (brought.TryGetValue(name, out List<IncidentEvent>? events) ? events : brought[name] = []).Add(one);
            }
        }

        foreach (IGrouping<string, IncidentEvent> requests in scene.Timed
            .Where(one => one.Kind == RecordKind.WebRequest && scene.Facts(one)["cs-method"].Equals("GET", StringComparison.OrdinalIgnoreCase)
                && scene.Facts(one)["sc-status"] is "200" or "206" && scene.IsOutside(Scene.Address(scene.Facts(one)["c-ip"])))
            .GroupBy(one => WebFile(scene.Facts(one)["cs-uri-stem"]), StringComparer.Ordinal))
        {
            IncidentEvent first = requests.First();
            bool isScript = Path.GetExtension(requests.Key) is ".aspx" or ".asp" or ".ashx" or ".php" or ".jsp" or ".jspx";
            if (requests.Key.Length == 0 || isScript || !brought.TryGetValue(requests.Key, out List<IncidentEvent>? files))
            {
                continue;
            }

            long? atMost = Sum(requests.Select(one => scene.Facts(one)["sc-bytes"]), static bytes => bytes);
            long? atLeast = Sum(requests.Where(one => scene.Facts(one)["sc-win32-status"] == "0").Select(one => scene.Facts(one)["sc-bytes"]), static bytes => Math.Max(0, bytes - Headers));
            string clients = Scene.List(requests.Select(one => scene.Facts(one)["c-ip"]).Distinct(StringComparer.Ordinal));
            string path = scene.Facts(first)["cs-uri-stem"];
            found.Add((first.Number, new TakenData(
                path, scene.Host(first), TakenState.Taken, first.Time, atLeast, atMost,
                Scene.Fact($"{Scene.Quote(path)}, which this incident put on the web server, was fetched by {clients}{Bounds(atLeast, atMost)}.", files.Concat(requests)))));
        }
    }

    private static string WebFileOnDisk(string path)
    {
        Span<char> room = stackalloc char[ClueBuffer.MaxName];
        return ClueText.WebFileOfPath(path, room).ToString();
    }

    private static string WebFile(string path)
    {
        Span<char> room = stackalloc char[ClueBuffer.MaxName];
        return ClueText.WebFileOfUrl(path, room).ToString();
    }

    private static string Bounds(long? atLeast, long? atMost) => (atLeast, atMost) switch
    {
        (_, null) => "; the log does not count bytes",
        (null, { } most) => Scene.Text($"; at most {most:N0} bytes were sent, and the log does not say that all arrived"),
        ({ } least, { } most) => Scene.Text($"; the server counts {most:N0} bytes as sent, of which at least {least:N0} are the file's own"),
    };

    private static long? Sum(IEnumerable<string> values, Func<long, long> kept)
    {
        long? sum = null;
        foreach (string value in values)
        {
            if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes))
            {
                sum = (sum ?? 0) + kept(bytes);
            }
        }

        return sum;
    }

    private static string Find(Regex pattern, string text)
    {
        try
        {
            return pattern.Match(text) is { Success: true } match ? match.Value : "";
        }
        catch (RegexMatchTimeoutException)
        {
            return "";
        }
    }

    private static string Stem(string file) => file.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? file[..^4] : file;
}
