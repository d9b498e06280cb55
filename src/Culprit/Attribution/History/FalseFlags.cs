using System.Collections.Immutable;
using Culprit.Attribution.Judging;
using Culprit.Attribution.Profiles;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Attribution.History;

/// <summary>Plants what points at another group in every known report, and looks whom the model and its rules then name.</summary>
internal static class FalseFlags
{
    internal const int Tools = 3;

    private static readonly ImmutableArray<Flag> Flags =
    [
        new("one piece of its own malware", static signs => [signs.Malware]),
        new("three of its techniques and tools", static signs => signs.Tools),
        new("a domain of it, reported that year", static signs => [signs.Domain]),
        new("malware, techniques and domain together", static signs => [signs.Malware, .. signs.Tools, signs.Domain]),
    ];

    /// <summary>The figures of each kind of false flag.</summary>
    public static ImmutableArray<FalseFlagScore> Run(KnowledgeBase knowledge, HistoryRun run, ImmutableArray<WordReliability> words, CancellationToken stop)
    {
        HeldOut[] cases = [.. run.Reports(Variant.Detectable).Where(static a => a.Measured.Known).Select(static a => a.Measured.Case)];
        var tried = new Outcome[cases.Length][];
        Parallel.For(0, cases.Length, new ParallelOptions { CancellationToken = stop }, c => tried[c] = Try(cases[c], knowledge, run, words));
        return [.. Flags.Select(flag => Score(flag, [.. tried.SelectMany(static outcomes => outcomes).Where(o => o.Flag == flag)]))];
    }

    private static FalseFlagScore Score(Flag flag, Outcome[] outcomes)
    {
        return new FalseFlagScore(
            Name: flag.Name,
            Cases: outcomes.Length,
            TrueFirst: Share(static o => o.TrueFirst),
            TrueFirstBefore: Share(static o => o.TrueFirstBefore),
            PlantedFirst: Share(static o => o.PlantedFirst),
            PlantedNamed: Share(static o => o.Word >= Likelihood.Likely),
            PlantedStrong: Share(static o => o.Word > Likelihood.Likely));

        double Share(Func<Outcome, bool> holds) => outcomes.Length == 0 ? 0 : (double)outcomes.Count(holds) / outcomes.Length;
    }

    // What comes of each flag in one case; nothing where there is nobody whose flag could be planted.
    private static Outcome[] Try(HeldOut held, KnowledgeBase knowledge, HistoryRun run, ImmutableArray<WordReliability> words)
    {
        AttributionModel model = run.ModelFor(held, words);
        EvidenceScales scales = run.ScalesFor(held, model);
        ProfileSet profiles = scales.Profiles;
        Observation[] own = [.. new Part(Variant.Detectable).Take(held, run.Index, knowledge).Select(f => HeldOutCases.Observe(f, run.Index))];
        int truth = Array.FindIndex(profiles.Profiles, p => p.Group == held.Group);

        // The one whose flag is planted: some group with malware of its own, drawn for each case, the same each time.
        int[] others =
        [
            .. Enumerable.Range(0, profiles.Profiles.Length).Where(g => g != truth && OwnMalware(profiles, g).Any()),
        ];
        if (others.Length == 0)
        {
            return [];
        }

        int planted = others[(int)(Draws.Seed($"{held.Name}\t{run.Index.Groups[held.Group].Id}") % (uint)others.Length)];
        KnownGroup group = run.Index.Groups[profiles.Profiles[planted].Group];
        PlantedSigns signs = SignsOf(planted, held, run, profiles);
        bool before = First(scales.Weigh(own), truth);
        var builder = new AssessmentBuilder(knowledge, scales, model);
        return [.. Flags.Select(Judge)];

        Outcome Judge(Flag flag)
        {
            Assessment assessment = builder.Build(ObservationOrder.Sort([.. own, .. flag.Plant(signs)]), [], held.Year);
            string leader = assessment.Groups[0].Group.Id;
            return new Outcome
            {
                Flag = flag,
                TrueFirst = leader == run.Index.Groups[held.Group].Id,
                TrueFirstBefore = before,
                PlantedFirst = leader == group.Id,
                Word = leader == group.Id ? assessment.Group?.Likelihood : null,
            };
        }
    }

    private static PlantedSigns SignsOf(int planted, HeldOut held, HistoryRun run, ProfileSet profiles) => new(
        Malware: HeldOutCases.Observe(OwnMalware(profiles, planted).First(), run.Index),
        Tools:
        [
            .. profiles.Profiles[planted].Strength.Keys.Where(f => run.Index.Classes[f] != FeatureClass.Malware && !held.Features.Contains(f))
                .OrderByDescending(profiles.Weight).ThenBy(static f => f).Take(Tools).Select(f => HeldOutCases.Observe(f, run.Index)),
        ],
        Domain: new Observation
        {
            Kind = ObservationKind.Indicator,
            Value = "planted.example",
            Name = "planted.example",
            Bases = [ObservationBasis.Of("planted")],
            Indicators = [new IndicatorClaim("planted", [run.Index.Groups[profiles.Profiles[planted].Group].Id], null, held.Year, IndicatorKind.Domain, Shared: false, ListCount: 1)],
        });

    private static bool First(Balance balance, int group) =>
        balance.Probabilities.Take(balance.Probabilities.Length - 1).All(p => p <= balance.Probabilities[group]);

    private static IEnumerable<int> OwnMalware(ProfileSet profiles, int group) =>
        profiles.Profiles[group].Strength.Keys.Where(profiles.IsOfOneWeighedGroup);

    /// <summary>A kind of false flag.</summary>
    /// <param name="Name">What is planted.</param>
    /// <param name="Plant">Which of the signs of a group those are.</param>
    private sealed record Flag(string Name, Func<PlantedSigns, Observation[]> Plant);

    /// <summary>What points at the group whose flag is planted.</summary>
    /// <param name="Malware">A piece of malware of its own.</param>
    /// <param name="Tools">Techniques and tools that are telling of it, without those that the case has anyway.</param>
    /// <param name="Domain">A domain that was reported as its own in the year of the case.</param>
    private sealed record PlantedSigns(Observation Malware, Observation[] Tools, Observation Domain);

    /// <summary>What came of one flag in one case.</summary>
    private sealed record Outcome
    {
        /// <summary>The flag.</summary>
        public required Flag Flag { get; init; }

        /// <summary>Whether the true group leads the groups all the same.</summary>
        public required bool TrueFirst { get; init; }

        /// <summary>Whether it did before anything was planted.</summary>
        public required bool TrueFirstBefore { get; init; }

        /// <summary>Whether the planted group leads.</summary>
        public required bool PlantedFirst { get; init; }

        /// <summary>The word with which it is named; null where it is not.</summary>
        public required Likelihood? Word { get; init; }
    }
}
