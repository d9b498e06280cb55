using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;

namespace Culprit.Cli.Knowledge;

/// <summary>Facts as people read them.</summary>
internal static partial class KnowledgeText
{
    /// <summary>A collection with its version and date.</summary>
    public static string Origin(KnowledgeOrigin origin) =>
        origin.Name + (origin.Version.Length > 0 ? " " + origin.Version : "") + (Day(origin.Date) is { } day ? $" ({day})" : "");

    /// <summary>The short name of a collection.</summary>
    public static string Origin(ClaimOrigin origin) => origin is ClaimOrigin.Attack ? "ATT&CK" : "MISP";

    /// <summary>Sources by name, each with its date where that is known.</summary>
    public static string Sources(ImmutableArray<KnownSource> sources, int most = int.MaxValue) =>
        string.Join("; ", sources.Take(most).Select(Source)) + (sources.Length > most ? $"; and {sources.Length - most} more" : "");

    /// <summary>A source and its date.</summary>
    public static string Source(KnownSource source) =>
        source.Published is { } date ? $"{source.Name} ({date})" : source.Name;

    /// <summary>A day; null where there is none.</summary>
    public static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The years from the first to the last, where they are known.</summary>
    public static string Years(int? first, int? last) => (first, last) switch
    {
        (null, _) or (_, null) => "not known",
        _ when first == last => first.Value.ToString(CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{first} to {last}"),
    };

    /// <summary>What kind of thing a name means.</summary>
    public static string Kind(KnownKind kind) => kind switch
    {
        KnownKind.Group => "group",
        KnownKind.Software => "software",
        KnownKind.Technique => "technique",
        KnownKind.Campaign => "campaign",
        KnownKind.Actor => "actor",
        _ => "vulnerability",
    };

    /// <summary>
    /// What there is to say of a text that nothing is known under, where it is an identifier of ATT&amp;CK, without a full stop; null where it is none.
    /// Identifiers that are alike have nothing to do with each other, so that none is ever suggested.
    /// </summary>
    public static string? UnknownIdentifier(string text, KnowledgeBase knowledge)
    {
        string id = text.Trim().ToUpperInvariant();
        if (!Identifier().IsMatch(id))
        {
            return null;
        }

        string origins = string.Join(", ", knowledge.Origins.Where(static o => o.Origin is ClaimOrigin.Attack).Select(Origin));
        return id.StartsWith("TA", StringComparison.Ordinal)
            ? $"{id} is a tactic: give its techniques"
            : knowledge.Retired.TryGetValue(id, out string? name) ? $"{id} ({name}) was withdrawn by ATT&CK, and nothing took its place"
            : $"{id} is not in this knowledge base" + (origins.Length > 0 ? ", " + origins : "");
    }

    /// <summary>Whether a text is an identifier as ATT&amp;CK or CVE gives it, whether or not anything is known under it.</summary>
    public static bool IsIdentifier(string text) => Identifier().IsMatch(text.Trim().ToUpperInvariant()) || text.StartsWith("CVE-", StringComparison.OrdinalIgnoreCase);

    /// <summary>Tells what a builder could not use, ten lines of it.</summary>
    public static void Warn(KnowledgeBuilder builder, CliHost host)
    {
        const int shown = 10;
        foreach (KnowledgeWarning warning in builder.Warnings.Take(shown))
        {
            host.Error.WriteLine($"culprit: {host.Safe(warning.Where)}: {host.Safe(warning.What)}.");
        }

        if (builder.WarningCount > shown)
        {
            host.Error.WriteLine($"culprit: and {Words.Count(builder.WarningCount - shown, "more warning")}.");
        }
    }

    /// <summary>Builds, and tells what could not be used, whether or not that leaves a knowledge base.</summary>
    /// <param name="from">What the user named, as it is told.</param>
    /// <param name="gathered">What was found there.</param>
    /// <param name="builder">What it was given to.</param>
    /// <param name="host">Hears of it.</param>
    /// <exception cref="KnowledgeException">Nothing was added, or groups and actors share so many names that these are none.</exception>
    public static KnowledgeBase BuildAndWarn(string from, GatheredKnowledge gathered, KnowledgeBuilder builder, CliHost host)
    {
        try
        {
            return gathered.Used.Count > 0 ? builder.Build() : throw new KnowledgeException(
                $"{from}: there is no knowledge in it: {(gathered.Kind.Length > 0 ? gathered.Kind + ", " : "")}neither facts of Culprit, nor a STIX bundle of ATT&CK, nor a MISP galaxy");
        }
        finally
        {
            Warn(builder, host);
        }
    }

    /// <summary>Which files nothing was taken from and why, a sentence without a full stop for each reason.</summary>
    public static IEnumerable<string> LeftOut(GatheredKnowledge gathered)
    {
        if (gathered.LeftOut.Count > 0)
        {
            yield return $"{Words.Count(gathered.LeftOut.Count, "file")} left out, without knowledge in a format that is known: {Words.Some(gathered.LeftOut)}";
        }

        if (gathered.Compressed.Count > 0)
        {
            yield return $"{Words.Count(gathered.Compressed.Count, "compressed file")} left out; unpack {(gathered.Compressed.Count == 1 ? "it" : "them")} and give what comes out: {Words.Some(gathered.Compressed)}";
        }
    }

    /// <summary>What a knowledge base holds, in one line.</summary>
    public static string Holds(KnowledgeBase knowledge) =>
        $"{Words.Count(knowledge.Groups.Count, "group")}, {Words.Number(knowledge.Software.Count)} software, {Words.Count(knowledge.Techniques.Count, "technique")}, "
        + $"{Words.Count(knowledge.Campaigns.Count, "campaign")}, {Words.Count(knowledge.Actors.Count, "actor")}, {Words.Count(knowledge.Sources.Count, "source")}";

    // Tactics have TA0 and three digits; groups have names such as TA505 and TA2541.
    [GeneratedRegex(@"^(?:(?:[TGSCMA]|DS|DC|AN|DET)[0-9]{4}(?:\.[0-9]{1,3})?|TA0[0-9]{3})\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Identifier();
}
