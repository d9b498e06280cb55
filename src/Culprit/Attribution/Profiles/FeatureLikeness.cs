namespace Culprit.Attribution.Profiles;

/// <summary>
/// How much features are like single reports: the weight that both share, less what as many features would share with the report by chance, over the geometric
/// mean of their weights. Sharing less than that is no likeness.
/// </summary>
internal sealed class FeatureLikeness
{
    // Keep short reports and few features from being alike to anything by accident; in units of weight.
    private const double ReportFloor = 8, ObservedFloor = 40;

    private static readonly int ClassCount = Enum.GetValues<FeatureClass>().Length;

    private readonly ProfileSet _profiles;
    private readonly HashSet<int> _features;
    private readonly int[] _ofClass = new int[ClassCount];
    private readonly double _total;

    /// <summary>Prepares to hold features against reports.</summary>
    /// <param name="profiles">What features weigh, and how commonplace they are.</param>
    /// <param name="features">Distinct features.</param>
    public FeatureLikeness(ProfileSet profiles, int[] features)
    {
        _profiles = profiles;
        _features = [.. features];
        _total = features.Sum(profiles.Weight);
        foreach (int feature in features)
        {
            _ofClass[(int)profiles.Index.ClassOf(feature)]++;
        }
    }

    /// <summary>The likeness to a report, which may be less than 0, and what a unit of shared weight is worth in it.</summary>
    /// <param name="report">The report.</param>
    /// <param name="decay">What its age leaves of it, 0 to 1.</param>
    public (double Likeness, double Scale) To(Activity report, double decay)
    {
        double shared = 0, own = 0;
        Span<double> chance = stackalloc double[ClassCount];
        chance.Clear();
        foreach (int feature in report.Features)
        {
            double weight = _profiles.Weight(feature);
            own += weight;
            chance[(int)_profiles.Index.ClassOf(feature)] += weight * _profiles.Mentions(feature);
            shared += _features.Contains(feature) ? weight : 0;
        }

        for (int c = 0; c < ClassCount; c++)
        {
            shared -= chance[c] * _ofClass[c];
        }

        double scale = decay / Math.Sqrt((own + ReportFloor) * (_total + ObservedFloor));
        return (shared * scale, scale);
    }
}
