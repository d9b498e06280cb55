using Culprit.Attribution;
using Culprit.Cli.Knowledge;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;

namespace Culprit.Cli.Attribution;

/// <summary>
/// The one thing that a name means which a user typed. A name that something is filed under goes before those that are another name of something, and
/// what else it may mean is told; where that leaves several, or where another name of software is a group's too, nothing is guessed.
/// </summary>
internal sealed class MeantNames(KnowledgeBase knowledge, CliHost host)
{
    // How many names are told of those that may have been meant.
    private const int Most = 5;

    /// <summary>The identifier of what is meant; null where that is not clear, which is told, with what may be meant.</summary>
    /// <param name="option">The option that it was given to.</param>
    /// <param name="name">What the user typed: an identifier, a name or an alias.</param>
    /// <param name="kind">What the option takes.</param>
    public string? IdOf(string option, string name, KnownKind kind)
    {
        KnownName[] all = [.. kind == KnownKind.Group ? knowledge.FindShort(name) : knowledge.Find(name)];
        KnownName[] found = [.. all.Where(one => one.Kind == kind)], filed = [.. found.Where(IsFiledUnder)];
        KnownName? meant = found.Length == 1 ? found[0] : filed.Length == 1 ? filed[0] : null;
        if (meant is null && all.Length == 0 && kind == KnownKind.Software && GivenObservations.SoftwareOfThreat(name, knowledge) is { } threat)
        {
            host.Error.WriteLine("culprit: " + host.Safe($"{option}: '{name}' is taken as {threat.Name} ({threat.Id}), as where antivirus calls something so."));
            return threat.Id;
        }

        if (meant is null)
        {
            Refuse(option, name, kind, all, found);
            return null;
        }

        if (meant.Matched == meant.Id)
        {
            return meant.Id;
        }

        if (knowledge.Successors.ContainsKey(meant.Matched))
        {
            host.Error.WriteLine("culprit: " + host.Safe($"{option}: {meant.Matched} was withdrawn; {Told(meant)} took its place and is taken."));
            return meant.Id;
        }

        if (kind == KnownKind.Software && !IsFiledUnder(meant) && all.Any(static one => one.Kind == KnownKind.Group))
        {
            host.Error.WriteLine("culprit: " + host.Safe($"{option}: '{name}' is another name of {meant.Name}, and a group's too; where that software was observed, give its identifier."));
            Offer(all.Where(static one => one.Kind is KnownKind.Software or KnownKind.Group));
            return null;
        }

        Tell(option, name, meant, all);
        return meant.Id;
    }

    /// <summary>Says what a sector is taken as, where that is another word or where the text names several.</summary>
    /// <param name="option">The option that it was given to.</param>
    /// <param name="text">What the user typed.</param>
    /// <param name="taken">The sector that it is taken as.</param>
    public void TellSector(string option, string text, string taken)
    {
        string[] also = [.. GivenObservations.SectorsIn(text).Where(one => one != taken)];
        if (also.Length > 0 || !text.Equals(taken, StringComparison.OrdinalIgnoreCase))
        {
            host.Error.WriteLine("culprit: " + host.Safe($"{option}: '{text}' is taken as {taken}{(also.Length > 0 ? $"; there is also {Words.Some(also)}" : "")}."));
        }
    }

    private static bool IsFiledUnder(KnownName name) => name.Matched == name.Name;

    private static string Told(KnownName name) => $"{name.Name} ({name.Id})";

    private static string ToldWithAlias(KnownName name) => IsFiledUnder(name) ? Told(name) : $"{name.Name} ({name.Id}, also {name.Matched})";

    // What a name was taken for, where it is another name of that, or may mean something else.
    private void Tell(string option, string name, KnownName meant, KnownName[] all)
    {
        // The names of techniques are ATT&CK's own; many begin with that of another.
        IEnumerable<KnownName> alike = meant.Kind is KnownKind.Technique ? [] : knowledge.BeginningWith(meant).Where(one => one.Kind == meant.Kind);
        string[] same = [.. all.Where(one => one.Kind == meant.Kind).Concat(alike).Where(one => one.Id != meant.Id).DistinctBy(static one => one.Id, StringComparer.Ordinal).Select(ToldWithAlias)];
        string[] others =
        [
            .. meant.Kind is not KnownKind.Software ? [] : all.Where(static one => one.Kind is KnownKind.Group or KnownKind.Campaign or KnownKind.Actor)
                .Select(static one => $"the {KnowledgeText.Kind(one.Kind)} {(one.Kind is KnownKind.Actor ? one.Name : Told(one))}"),
        ];
        if (IsFiledUnder(meant) && same.Length + others.Length == 0)
        {
            return;
        }

        host.Error.WriteLine("culprit: " + host.Safe($"{option}: '{name}' is taken as {Told(meant)}"
            + (same.Length > 0 ? $"; there is also {Words.Some(same)}" : "")
            + (others.Length > 0 ? $"; also called so: {Words.Some([.. others.Distinct(StringComparer.Ordinal)])}" : "") + "."));
    }

    private void Refuse(string option, string name, KnownKind kind, KnownName[] all, KnownName[] found)
    {
        if (found.Length > 1)
        {
            Complain($"{option}: '{name}' has {found.Length} meanings; name one of them by its identifier.");
            Offer(found);
            return;
        }

        if (all.Length > 0)
        {
            Complain($"{option}: '{name}' is the {KnowledgeText.Kind(all[0].Kind)} {all[0].Id} {all[0].Name}, and no {KnowledgeText.Kind(kind)}.");
        }
        else if (KnowledgeText.UnknownIdentifier(name, knowledge) is { } unknown)
        {
            Complain($"{option}: {unknown}.");
            return;
        }
        else
        {
            Complain($"{option}: no {KnowledgeText.Kind(kind)} is known under the name '{name}'.");
            if (name.Contains(';', StringComparison.Ordinal))
            {
                Hint("Names are separated by commas.");
            }
        }

        foreach (KnownName near in knowledge.Nearest(name, 4 * Most).Where(one => one.Kind == kind).Take(Most))
        {
            Hint($"Did you mean {near.Matched}? ({KnowledgeText.Kind(near.Kind)} {near.Id} {near.Name})");
        }
    }

    private void Offer(IEnumerable<KnownName> names)
    {
        foreach (KnownName one in names)
        {
            Hint($"{KnowledgeText.Kind(one.Kind)} {one.Id} {one.Name}");
        }
    }

    private void Complain(string problem) => host.Error.WriteLine("culprit: " + host.Safe(problem));

    private void Hint(string hint) => host.Error.WriteLine("  " + host.Safe(hint));
}
