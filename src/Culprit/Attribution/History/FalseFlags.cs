using System.Collections.Immutable;
using Culprit.Attribution.Judging;
using Culprit.Attribution.Profiles;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Attribution.History;

/// <summary>Plants what points at another group in every known report, and looks whom the model and its rules then name.</summary>
internal static class FalseFlags
{
    private const int Tools = 3;

    /// <summary>The figures of each kind of false flag.</summary>
    public static ImmutableArray<FalseFlagScore> Run(KnowledgeBase knowledge, HistoryRun run, ImmutableArray<WordReliability> words, CancellationToken stop)
    {
        HeldOut[] cases = [.. run.Reports(Variant.Detectable).Where(static a => a.Measured.Known).Select(static a => a.Measured.Case)];
        var outcomes = new Outcome?[cases.Length][];
        Parallel.For(0, cases.Length, new ParallelOptions { CancellationToken = stop }, c => outcomes[c] = Try(cases[c], knowledge, run, words));
        string[] names = ["one piece of its own malware", "three of its techniques and tools", "a domain of it, reported that year", "malware, techniques and domain together"];
        return
        [
            .. names.Select((name, kind) =>
            {
                Outcome[] own = [.. outcomes.Select(o => o[kind]).OfType<Outcome>()];
                double Share(Func<Outcome, bool> holds) => own.Length == 0 ? 0 : (double)own.Count(holds) / own.Length;
                return new FalseFlagScore(name, own.Length, Share(static o => o.TrueFirst), Share(static o => o.TrueFirstBefore),
                    Share(static o => o.PlantedFirst), Share(static o => o.Word >= Likelihood.Likely), Share(static o => o.Word > Likelihood.Likely));
            }),
        ];
    }

    private static Outcome?[] Try(HeldOut held, KnowledgeBase knowledge, HistoryRun run, ImmutableArray<WordReliability> words)
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
            return new Outcome?[4];
        }

        int planted = others[(int)(Draws.Seed($"{held.Name}\t{run.Index.Groups[held.Group].Id}") % (uint)others.Length)];
        KnownGroup group = run.Index.Groups[profiles.Profiles[planted].Group];
        Observation malware = HeldOutCases.Observe(OwnMalware(profiles, planted).First(), run.Index);
        Observation[] tools =
        [
            .. profiles.Profiles[planted].Strength.Keys.Where(f => run.Index.Classes[f] != FeatureClass.Malware && !held.Features.Contains(f))
                .OrderByDescending(profiles.Weight).ThenBy(static f => f).Take(Tools).Select(f => HeldOutCases.Observe(f, run.Index)),
        ];
        var domain = new Observation
        {
            Kind = ObservationKind.Indicator,
            Value = "planted.example",
            Name = "planted.example",
            Bases = [ObservationBasis.Of("planted")],
            Indicators = [new IndicatorClaim("planted", [group.Id], null, held.Year, "domain", Shared: false, ListCount: 1)],
        };
        bool before = First(scales.Weigh(own), truth);
        var builder = new AssessmentBuilder(knowledge, scales, model);
        return
        [
            Judge([.. own, malware]),
            Judge([.. own, .. tools]),
            Judge([.. own, domain]),
            Judge([.. own, malware, .. tools, domain]),
        ];

        Outcome Judge(Observation[] observations)
        {
            Assessment assessment = builder.Build(ObservationOrder.Sort(observations), [], held.Year);
            string leader = assessment.Groups[0].Group.Id;
            return new Outcome(leader == run.Index.Groups[held.Group].Id, before, leader == group.Id, leader == group.Id ? assessment.Group?.Likelihood : null);
        }
    }

    private static bool First(Balance balance, int group) =>
        balance.Probabilities.Take(balance.Probabilities.Length - 1).All(p => p <= balance.Probabilities[group]);

    private static IEnumerable<int> OwnMalware(ProfileSet profiles, int group) =>
        profiles.Profiles[group].Strength.Keys.Where(f => profiles.Index.IsClosedMalware(f) && profiles.Users(f) == 1);

    private sealed record Outcome(bool TrueFirst, bool TrueFirstBefore, bool PlantedFirst, Likelihood? Word);
}
