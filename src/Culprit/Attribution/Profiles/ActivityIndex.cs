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

    private IEnumerable<Activity> Collect(KnowledgeBase knowledge)
    {
        var own = new SortedDictionary<(int Group, int Source), SortedSet<int>>();
        var all = new SortedDictionary<(int Group, int Source), SortedSet<int>>();
        for (int g = 0; g < Groups.Length; g++)
        {
            Add(own, g, Groups[g].Techniques);
            Add(own, g, Groups[g].Software);
            Add(all, g, Groups[g].Techniques);
            Add(all, g, Groups[g].Software);
        }

        foreach (KnownCampaign campaign in knowledge.Campaigns)
        {
            foreach (Relation attributed in campaign.AttributedTo)
            {
                if (_groupOf.TryGetValue(attributed.Target, out int g))
                {
                    Add(all, g, campaign.Techniques);
                    Add(all, g, campaign.Software);
                }
            }
        }

        foreach (((int group, int source), SortedSet<int> features) in all)
        {
            KnownSource known = knowledge.Sources[source - 1];
            yield return new Activity(group, known, known.Published?.Year, [.. features],
                own.TryGetValue((group, source), out SortedSet<int>? ofGroup) ? [.. ofGroup] : []);
        }
    }

    private void Add(SortedDictionary<(int Group, int Source), SortedSet<int>> activities, int group, IEnumerable<Relation> relations)
    {
        foreach (Relation relation in relations)
        {
            if (!_featureOf.TryGetValue(relation.Target, out int feature))
            {
                continue;
            }

            foreach (KnownSource source in relation.Sources)
            {
                if (!activities.TryGetValue((group, source.Number), out SortedSet<int>? features))
                {
                    activities.Add((group, source.Number), features = []);
                }

                features.Add(feature);
            }
        }
    }
}
