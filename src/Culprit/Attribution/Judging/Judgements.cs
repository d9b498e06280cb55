using System.Collections.Immutable;
using System.Globalization;
using Culprit.Attribution.Profiles;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Attribution.Judging;

/// <summary>The three judgements on a leading group: its cluster, itself, and a state behind it.</summary>
internal sealed class Judgements(KnowledgeBase knowledge, ProfileSet profiles, JudgementRules rules)
{
    private readonly Explanations _explanations = new(profiles);

    /// <summary>Cluster, group and sponsor; the last two are null where the cluster alone is named, the sponsor also where nobody has named a state.</summary>
    /// <param name="verdict">Whether the leading group is named, or its cluster alone.</param>
    /// <param name="standings">Who stands where.</param>
    /// <param name="support">What carries the leader.</param>
    /// <param name="rest">What remains without the strongest observation; null where nothing was observed.</param>
    /// <param name="teller">Says what speaks for it.</param>
    public (Judgement Cluster, Judgement? Group, Judgement? Sponsor) Of(
        Verdict verdict, Standings standings, Support support, Rest? rest, Teller teller)
    {
        int leader = standings.All.Leader;
        Judgement cluster = Cluster(standings, leader, support, rest, alone: verdict == Verdict.NamedCluster);
        if (verdict == Verdict.NamedCluster)
        {
            return (cluster, null, null);
        }

        KnownGroup group = _explanations.Group(leader);
        Figures figures = standings.Of(leader);
        Stability stability = Stabilities.Of(rest, [leader], figures.All);
        int silence = Silence(leader) ?? 0;
        (AnalyticConfidence confidence, string sentence) = Confidence(support, stability, silence);
        (Likelihood word, ImmutableArray<string> caps) = rules.Word(figures, support, stability, silence);
        var judgement = new Judgement(
            JudgementLevel.Group, _explanations.Name(leader), [group.Id], null, figures.All, word, confidence,
            $"{Yardstick.Opening(word)} this was the work of {_explanations.Name(leader)}.", sentence, caps, teller.For(leader, leader));
        return (cluster, judgement, Sponsor(standings, leader, judgement, support, rest));
    }

    /// <summary>Why no state is named behind a group that is; null stands for a cluster of which no group is named.</summary>
    public static string WhyNoSponsor(KnownGroup? group) => group is null ? "None is named: a state is never told without a group."
        : Countries(group) is { Length: > 1 } several ? $"None is named: ATT&CK and the MISP galaxy give this group several countries, {string.Join(" and ", several.Select(KnownCountries.Name))}."
        : Countries(group).Length == 1
        ? "None is named: a state is told only where groups of one country would be named without the strongest observation too, and without what anybody can have or imitate, and where nothing that is hard to forge points elsewhere."
        : "None is named: ATT&CK and the MISP galaxy give this group no country.";

    private static string[] Countries(KnownGroup group) => [.. group.Countries.Select(static c => c.Country).Distinct(StringComparer.Ordinal)];

    private Judgement Cluster(Standings standings, int leader, Support support, Rest? rest, bool alone)
    {
        KnownGroup group = _explanations.Group(leader);
        int[] relatives = Relatives.Of(leader, profiles, knowledge);
        Figures figures = standings.Of(relatives);
        string[] ids = [.. relatives.Select(_explanations.Id)];
        Stability stability = Stabilities.Of(rest, relatives, figures.All);
        int silence = relatives.Min(Silence) ?? 0;
        (AnalyticConfidence confidence, string sentence) = Confidence(support, stability, silence);
        (Likelihood word, ImmutableArray<string> caps) = rules.Word(figures, support, stability, silence);
        if (alone && word > Likelihood.RealisticPossibility)
        {
            word = Likelihood.RealisticPossibility;
            caps = caps.Add("None of them can be named by itself, so that no more than a realistic possibility is said of all together.");
        }

        string subject = relatives.Length == 1 ? $"the activity reported as {group.Name}"
            : $"the activity reported as {group.Name}, or as {string.Join(", ", relatives.Skip(1).Take(6).Select(r => _explanations.Group(r).Name))}"
            + (relatives.Length > 7 ? $" and {relatives.Length - 7} more" : "");
        return new Judgement(
            JudgementLevel.Cluster, subject, [.. ids], null, figures.All, word, confidence,
            $"{Yardstick.Opening(word)} this belongs to {subject}.", sentence, caps,
            relatives.Length == 1 ? []
                : ["These groups share malware that no other group is known for, or names that publishers use for more than one of them, and none is ascribed to another state."]);
    }

    // How many years lie between what is judged and the nearest report of a group, before or after it; null where none has a date.
    private int? Silence(int explanation) => profiles.Profiles[explanation].Reports.Min(r => r.Activity.Year is { } year ? Math.Abs(profiles.Year - year) : (int?)null);

    private static (AnalyticConfidence, string Sentence) Confidence(Support support, Stability stability, int silence)
    {
        (AnalyticConfidence confidence, string why) = JudgementRules.Confidence(support, stability, silence);
        return (confidence, $"Confidence in this is {AssessmentSentences.Name(confidence)}: {why}.");
    }

    private Judgement? Sponsor(Standings standings, int leader, Judgement ofGroup, Support support, Rest? rest)
    {
        KnownGroup group = _explanations.Group(leader);
        string[] countries = Countries(group);
        if (countries.Length != 1)
        {
            return null;
        }

        string country = countries[0], name = KnownCountries.Name(country);
        int[] compatriots = [.. Enumerable.Range(0, profiles.Profiles.Length).Where(g => _explanations.Group(g).Countries.Any(c => c.Country == country))];
        Figures figures = standings.Of(compatriots);

        // No state stands behind whoever has what anybody can have or imitate, and none is accused by one observation, nor against evidence.
        if (figures.Unoffered < JudgementRules.Naming || support.SolidLines.IsEmpty || support.Contested
            || (rest?.Least(compatriots) ?? 0) < JudgementRules.Naming)
        {
            return null;
        }

        double together = figures.All;
        var caps = ImmutableArray.CreateBuilder<string>();
        Likelihood word = Yardstick.Word(together);
        if (word > ofGroup.Likelihood)
        {
            if (Yardstick.Word(Math.Min(together, ofGroup.Probability)) > ofGroup.Likelihood)
            {
                caps.Add("A judgement on a state is never stronger than the one on the group.");
            }

            word = ofGroup.Likelihood;
        }

        // "Based in" is no "acts for": only what is said of a state body without reserve lets that be said.
        bool stated = group.Sponsors.Any(static s => !s.Suspected);
        bool reserved = group.Countries.All(static c => c.Suspected || c.Confidence is < 75) || (!stated && !group.Sponsors.IsEmpty);
        if (reserved && word > Likelihood.Likely)
        {
            word = Likelihood.Likely;
            caps.Add("What others have published of it is worded with reserve, so that no more than \"likely\" is said.");
        }

        string claim = $"{Yardstick.Opening(word)} whoever did this acts "
            + (stated ? $"for {name}."
                : group.Sponsors.IsEmpty ? $"from {name}; neither ATT&CK nor the MISP galaxy names a state body behind {group.Name}."
                : $"from {name}; that the state stands behind {group.Name} is said with reserve alone.");
        AnalyticConfidence own = reserved ? AnalyticConfidence.Low : ofGroup.Confidence;
        return new Judgement(
            JudgementLevel.Sponsor, name, ofGroup.GroupIds, country, Math.Min(together, ofGroup.Probability), word, own, claim,
            $"Confidence in this is {AssessmentSentences.Name(own)}: it rests on the judgement on the group and on what others have published about it"
                + (reserved ? ", which they word with reserve." : "."),
            caps.ToImmutable(), [.. Accusations(group)]);
    }

    private IEnumerable<string> Accusations(KnownGroup group)
    {
        foreach (CountryClaim claim in group.Countries)
        {
            yield return claim.Origin == ClaimOrigin.MispGalaxy
                ? string.Create(CultureInfo.InvariantCulture, $"The MISP galaxy gives {KnownCountries.Name(claim.Country)}")
                    + (claim.Confidence is { } confidence ? string.Create(CultureInfo.InvariantCulture, $", with a confidence of {confidence} of 100.") : ".")
                : $"MITRE ATT&CK gives {KnownCountries.Name(claim.Country)}{(claim.Suspected ? ", with reserve" : "")}{Cited(claim.Sources)}.";
        }

        foreach (SponsorClaim claim in group.Sponsors)
        {
            yield return $"{(claim.Origin == ClaimOrigin.MispGalaxy ? "The MISP galaxy" : "MITRE ATT&CK")} names "
                + $"{claim.Sponsor}{(claim.Suspected ? ", with reserve" : "")}{Cited(claim.Sources)}.";
        }
    }

    private static string Cited(ImmutableArray<KnownSource> sources) =>
        sources.IsEmpty ? "" : $" ({string.Join("; ", sources.Take(3).Select(static s => s.Name))})";
}
