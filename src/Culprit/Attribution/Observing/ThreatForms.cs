using System.Runtime.CompilerServices;
using Culprit.Knowledge;

namespace Culprit.Attribution.Observing;

/// <summary>What a threat's name is called in the knowledge base, and what of it that is.</summary>
/// <param name="Name">The parts of it that are called so.</param>
/// <param name="Software">The software.</param>
/// <param name="IsWhole">Whether nothing else of it says which thing it is: what follows is no variant.</param>
internal sealed record ThreatForm(string Name, IReadOnlyList<KnownSoftware> Software, bool IsWhole);

/// <summary>
/// Names of several parts that the knowledge base holds as makers of antivirus write them: <c>Trojan.Killdisk</c>, <c>Win32/Diskcoder.D</c>, <c>Agent.btz</c>. Such a
/// name says more than the family in it, which other software may be called after: <c>OSX.Sofacy</c> is not what <c>Sofacy</c> is.
/// </summary>
internal sealed class ThreatForms
{
    private static readonly ConditionalWeakTable<KnowledgeBase, ThreatForms> Made = [];

    private readonly Dictionary<string, KnownSoftware[]> _byParts;
    private readonly HashSet<string> _divided;
    private readonly int _longest;

    private ThreatForms(KnowledgeBase knowledge)
    {
        (string[] Parts, KnownSoftware Software)[] all =
        [
            .. knowledge.Software.SelectMany(static software => software.Aliases.Select(static a => a.Name).Prepend(software.Name), static (software, name) => (Name: name, Software: software))

                // Programs of Windows are called by their files, and no maker calls a threat so.
                .Where(static entry => !entry.Name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase))
                .Select(static entry => (Parts: ThreatNames.Parts(entry.Name), entry.Software))
                .Where(static entry => entry.Parts.Length > 1 && !Array.TrueForAll(entry.Parts, ThreatNames.IsGeneric)),
        ];
        _longest = all.Select(static entry => entry.Parts.Length).DefaultIfEmpty(0).Max();
        _byParts = all.GroupBy(static entry => Key(entry.Parts), static entry => entry.Software, StringComparer.Ordinal)
            .ToDictionary(static g => g.Key, static g => g.DistinctBy(static s => s.Id, StringComparer.Ordinal).OrderBy(static s => s.Id, StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);

        // One variant with a name is an example; where there are several, the others are not meant.
        _divided = all.Where(static entry => IsVariant(entry.Parts)).GroupBy(static entry => Scheme(entry.Parts[..^1]), static entry => entry.Parts[^1], StringComparer.Ordinal)
            .Where(static g => g.Distinct(StringComparer.OrdinalIgnoreCase).Skip(1).Any()).Select(static g => g.Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Those of a knowledge base.</summary>
    public static ThreatForms Of(KnowledgeBase knowledge) => Made.GetValue(knowledge, static k => new ThreatForms(k));

    /// <summary>The longest part of a threat's name that is the name of software, behind nothing but kinds and platforms; null where there is none of several parts.</summary>
    /// <param name="parts">What <see cref="ThreatNames.Parts"/> gives.</param>
    public ThreatForm? Find(string[] parts)
    {
        int generic = Beginning(parts);
        for (int length = Math.Min(parts.Length, _longest); length > 1; length--)
        {
            for (int start = 0; start <= Math.Min(generic, parts.Length - length); start++)
            {
                string[] run = parts[start..(start + length)];
                if (_byParts.TryGetValue(Key(run), out KnownSoftware[]? software))
                {
                    return new ThreatForm(string.Join('.', run), software, Array.TrueForAll(parts[(start + length)..], ThreatNames.IsGeneric));
                }
            }
        }

        return null;
    }

    /// <summary>The software that is known under a kind or platform of a name and its family, whatever stands between them: <c>Backdoor:Win32/Oldrea.A</c> is <c>Backdoor.Oldrea</c>.</summary>
    /// <param name="parts">What <see cref="ThreatNames.Parts"/> gives.</param>
    public ThreatForm? FindApart(string[] parts)
    {
        int family = Beginning(parts);
        return family == parts.Length ? null
            : parts[..family].Select(kind => _byParts.GetValueOrDefault(Key([kind, parts[family]]))).FirstOrDefault(static found => found is not null) is { } software
                ? new ThreatForm(parts[family], software, IsWhole: true) : null;
    }

    /// <summary>
    /// The family and variant of a name, where the knowledge base tells variants of the family apart that are written in the same way, and this is none of
    /// those; null otherwise. <c>Win32/KillDisk.NBB</c> and four more are KillDisk, so that <c>Win32/KillDisk.NCV</c> need not be.
    /// </summary>
    /// <param name="parts">What <see cref="ThreatNames.Parts"/> gives.</param>
    /// <param name="known">The family that is known.</param>
    public string? OtherVariant(string[] parts, string known) =>
        Beginning(parts) is var family && family > 0 && family + 1 < parts.Length && ThreatNames.WithoutBits(parts[family]) == known && _divided.Contains(Scheme(parts[..(family + 1)])) ? $"{parts[family]}.{parts[family + 1]}" : null;

    // How many parts stand in front of the family.
    private static int Beginning(string[] parts) => Array.FindIndex(parts, static p => !ThreatNames.IsGeneric(p)) is var first and >= 0 ? first : parts.Length;

    private static bool IsVariant(string[] parts) => Beginning(parts) is var family && family > 0 && family + 2 == parts.Length;

    private static string Key(string[] parts) => string.Join(' ', parts).ToLowerInvariant();

    // A maker's variants are those of a family, be it Win32 or Win64.
    private static string Scheme(string[] parts) => Key([.. parts.Select(static p => ThreatNames.WithoutBits(p))]);
}
