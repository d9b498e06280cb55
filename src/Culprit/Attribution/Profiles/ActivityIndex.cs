using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Culprit.Knowledge;

namespace Culprit.Attribution.Profiles;

/// <summary>
/// Everything published about every group, source by source. Campaigns that are attributed to a group count as activity of it.
/// What ATT&amp;CK says without citing anybody (six relations of version 18.1) has no source and no date, and does not count.
/// Built once for a knowledge base; what is known at a time, or without a source, is a <see cref="ProfileSet"/> over it.
/// </summary>
internal sealed class ActivityIndex
{
    private static readonly ConditionalWeakTable<KnowledgeBase, ActivityIndex> Built = [];

    private readonly Dictionary<string, int> _featureOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _groupOf = new(StringComparer.Ordinal);

    private readonly bool[] _commodities;

    private ActivityIndex(KnowledgeBase knowledge)
    {
        Groups = [.. knowledge.Groups];
        for (int g = 0; g < Groups.Length; g++)
        {
            _groupOf.Add(Groups[g].Id, g);
        }

        Features = [.. knowledge.Techniques.Select(static t => t.Id), .. knowledge.Software.Select(static s => s.Id)];
        Classes = new FeatureClass[Features.Length];
        _commodities = new bool[Features.Length];
        for (int f = 0; f < Features.Length; f++)
        {
            _featureOf.Add(Features[f], f);
            Classes[f] = f < knowledge.Techniques.Count ? FeatureClass.Technique
                : knowledge.Software[f - knowledge.Techniques.Count].Kind == SoftwareKind.Tool ? FeatureClass.Tool
                : FeatureClass.Malware;
            _commodities[f] = f >= knowledge.Techniques.Count && knowledge.Software[f - knowledge.Techniques.Count].Kind == SoftwareKind.Commodity;
        }

        Activities = [.. Collect(knowledge)];
        NewestYear = Activities.Max(static a => a.Year) ?? 0;
        OldestYear = Activities.Min(static a => a.Year) ?? 0;
    }

    /// <summary>The groups, as the knowledge base orders them.</summary>
    public KnownGroup[] Groups { get; }

    /// <summary>Identifiers of techniques and software.</summary>
    public string[] Features { get; }

    /// <summary>The class of each feature.</summary>
    public FeatureClass[] Classes { get; }

    /// <summary>The class of a feature. Positions behind the last feature stand for malware that the knowledge base does not hold.</summary>
    public FeatureClass ClassOf(int feature) => feature < Classes.Length ? Classes[feature] : FeatureClass.Malware;

    /// <summary>
    /// Whether a feature is malware that is not offered to others. Of malware as a service nobody owns it, however few groups ATT&amp;CK
    /// knows for it.
    /// </summary>
    public bool IsClosedMalware(int feature) => ClassOf(feature) == FeatureClass.Malware && !(feature < _commodities.Length && _commodities[feature]);

    /// <summary>Whether who has a feature has, as far as anybody knows, made it: closed malware that is not <see cref="OfferedMalware"/> either.</summary>
    public bool IsOwnMalware(int feature) => IsClosedMalware(feature) && !(feature < Features.Length && OfferedMalware.Has(Features[feature]));

    /// <summary>By group, then by source number.</summary>
    public Activity[] Activities { get; }

    /// <summary>The latest year of any activity; 0 where there is none.</summary>
    public int NewestYear { get; }

    /// <summary>The earliest year of any activity; 0 where there is none.</summary>
    public int OldestYear { get; }

    /// <summary>The index of a knowledge base; the same one for the same base.</summary>
    public static ActivityIndex Of(KnowledgeBase knowledge) => Built.GetValue(knowledge, static k => new ActivityIndex(k));

    /// <summary>The feature's position; -1 where the knowledge base does not have it.</summary>
    public int Feature(string id) => _featureOf.GetValueOrDefault(id, -1);

    /// <summary>The group's position; -1 where there is none.</summary>
    public int Group(string id) => _groupOf.GetValueOrDefault(id, -1);

    // What a campaign did counts as its group's from when somebody said so: where the source that reports it does not say whose it was, the activity
    // stands by itself, with the sources that do and the year of the first of them.
    private IEnumerable<Activity> Collect(KnowledgeBase knowledge)
    {
        var own = new Dictionary<(int Group, int Source), SortedSet<int>>();
        var all = new SortedDictionary<(int Group, int Source, string Campaign), (SortedSet<int> Features, ImmutableArray<KnownSource> Attribution)>(
            Comparer<(int Group, int Source, string Campaign)>.Create(static (a, b) =>
                (a.Group, a.Source).CompareTo((b.Group, b.Source)) is var order and not 0 ? order : string.CompareOrdinal(a.Campaign, b.Campaign)));
        for (int g = 0; g < Groups.Length; g++)
        {
            foreach ((int feature, KnownSource source) in Rows(Groups[g].Techniques.Concat(Groups[g].Software)))
            {
                Features(g, source, "", []).Add(feature);
                (own.TryGetValue((g, source.Number), out SortedSet<int>? known) ? known : own[(g, source.Number)] = []).Add(feature);
            }
        }

        foreach (KnownCampaign campaign in knowledge.Campaigns)
        {
            foreach (Relation attributed in campaign.AttributedTo.Where(a => _groupOf.ContainsKey(a.Target)))
            {
                foreach ((int feature, KnownSource source) in Rows(campaign.Techniques.Concat(campaign.Software)))
                {
                    bool itself = attributed.Sources.IsEmpty || attributed.Sources.Any(s => s.Number == source.Number);
                    Features(_groupOf[attributed.Target], source, itself ? "" : campaign.Id, itself ? [] : attributed.Sources).Add(feature);
                }
            }
        }

        foreach (((int group, int source, string campaign), (SortedSet<int> features, ImmutableArray<KnownSource> attribution)) in all)
        {
            KnownSource known = knowledge.Sources[source - 1];
            yield return new Activity(
                group, known, Later(known.Published?.Year, attribution.Min(static s => s.Published?.Year)), [.. features],
                campaign.Length == 0 && own.TryGetValue((group, source), out SortedSet<int>? ofGroup) ? [.. ofGroup] : [], [.. attribution.Select(static s => s.Number)]);
        }

        SortedSet<int> Features(int group, KnownSource source, string campaign, ImmutableArray<KnownSource> attribution) =>
            all.TryGetValue((group, source.Number, campaign), out (SortedSet<int> Features, ImmutableArray<KnownSource>) known) ? known.Features
                : (all[(group, source.Number, campaign)] = ([], attribution)).Features;
    }

    private IEnumerable<(int Feature, KnownSource Source)> Rows(IEnumerable<Relation> relations) =>
        from relation in relations
        where _featureOf.ContainsKey(relation.Target)
        from source in relation.Sources
        select (_featureOf[relation.Target], source);

    private static int? Later(int? year, int? other) => year is null || other is null ? year ?? other : Math.Max(year.Value, other.Value);
}
