using Culprit.Attribution.Profiles;

namespace Culprit.Attribution.Model;

/// <summary>
/// Measures each <see cref="Term"/> of an explanation against what was observed. All but how much a group was reported on, and the
/// unknown group's constant, are sums over observations, so that each observation's share in each explanation can be told.
/// </summary>
internal sealed class Terms
{
    // Keeps short profiles from being alike to anything by accident; in units of squared weight.
    private const double ProfileFloor = 60;

    // A group's own habits are mixed with so many mentions of what everybody does.
    internal const double CommonMentions = 10;

    private static readonly int ClassCount = Enum.GetValues<FeatureClass>().Length;

    private readonly ProfileSet _profiles;
    private readonly int[] _observed;
    private readonly int[] _ofClass = new int[ClassCount];
    private readonly double[] _weights;
    private readonly double _squares;
    private readonly FeatureLikeness _likeness;
    private readonly Dictionary<int, int> _position;

    /// <summary>Measures explanations of what was observed.</summary>
    /// <param name="profiles">What is known of groups.</param>
    /// <param name="observed">Distinct features that were observed.</param>
    public Terms(ProfileSet profiles, int[] observed)
    {
        _profiles = profiles;
        _observed = observed;
        _weights = [.. observed.Select(profiles.Weight)];
        _likeness = new FeatureLikeness(profiles, observed);
        _squares = _weights.Sum(static w => w * w);
        _position = new Dictionary<int, int>(observed.Length);
        for (int i = 0; i < observed.Length; i++)
        {
            _position.Add(observed[i], i);
            _ofClass[ClassOf(observed[i])]++;
        }
    }

    /// <summary>
    /// How each term measures one group: its constant part, and each observation's share. What the most similar of n reports shares by
    /// chance grows as the root of the logarithm of n, as the greatest of n draws does (Fisher and Tippett 1928).
    /// </summary>
    public GroupTerms Of(GroupProfile profile)
    {
        (Activity? nearest, double[] first, double[] second) = Reports(profile);
        return new GroupTerms
        {
            RecentReports = Math.Log(profile.Recent + 0.1),
            Reports = Math.Sqrt(Math.Log(profile.Reports.Length)),
            NearestReport = first,
            SecondReport = second,
            Profile = Whole(profile),
            OwnMalware = OwnMalware(profile),
            Frequency = Frequency(profile),
            Nearest = nearest,
        };
    }

    /// <summary>
    /// The unknown group's shares of each observation. Where not one known group but several resemble what was observed, it is
    /// commonplace or of a family of groups, and a new group of that kind is likelier. Where a group resembles it of which too little
    /// is published to be weighed, it may be that one, and whoever cannot be weighed counts as unknown.
    /// </summary>
    /// <param name="groups">The measured groups.</param>
    public UnknownTerms OfUnknown(IReadOnlyList<GroupTerms> groups) => new()
    {
        Malware = [.. _observed.Select(f => _profiles.Index.ClassOf(f) == FeatureClass.Malware ? 1 / Math.Sqrt(_ofClass[(int)FeatureClass.Malware]) : 0)],
        SecondLikeness = Likest(groups.Select(static g => g.NearestReport), skipped: 1),
        ThinLikeness = Likest(_profiles.Thin.Select(p => Reports(p).First), skipped: 0),
    };

    // The likeness to the most similar one, to the next where one is skipped, and so on; nothing where there are not as many.
    private double[] Likest(IEnumerable<double[]> likenesses, int skipped) =>
        likenesses.OrderByDescending(static l => l.Sum()).Skip(skipped).FirstOrDefault() ?? new double[_observed.Length];

    // The two reports that are most alike to what was observed.
    private (Activity? Nearest, double[] First, double[] Second) Reports(GroupProfile profile)
    {
        (Activity Report, double Likeness, double Scale)? first = null, second = null;
        foreach ((Activity report, double decay) in profile.Reports)
        {
            (double likeness, double scale) = _likeness.To(report, decay);
            if (likeness > (first?.Likeness ?? 0))
            {
                (first, second) = ((report, likeness, scale), first);
            }
            else if (likeness > (second?.Likeness ?? 0))
            {
                second = (report, likeness, scale);
            }
        }

        return (first?.Report, Shares(first?.Report, first?.Scale ?? 0), Shares(second?.Report, second?.Scale ?? 0));
    }

    private double[] Shares(Activity? report, double scale)
    {
        double[] shares = new double[_observed.Length], chance = new double[ClassCount];
        foreach (int feature in report?.Features ?? [])
        {
            chance[ClassOf(feature)] += _profiles.Weight(feature) * _profiles.Mentions(feature);
            if (_position.TryGetValue(feature, out int position))
            {
                shares[position] = _weights[position];
            }
        }

        BeyondChance(shares, chance, scale);
        return shares;
    }

    // Likeness to all that is known of the group: the cosine of weights, less what is shared by chance; older knowledge counts less, and so does likeness to a
    // group whose reports are much alike.
    private double[] Whole(GroupProfile profile)
    {
        double[] shares = new double[_observed.Length], chance = new double[ClassCount];
        double own = ProfileFloor;
        foreach ((int feature, double strength) in profile.Strength)
        {
            double weight = _profiles.Weight(feature), known = strength * weight;
            own += known * known;
            chance[ClassOf(feature)] += known * weight * _profiles.Mentions(feature);
            if (_position.TryGetValue(feature, out int position))
            {
                shares[position] = known * weight;
            }
        }

        BeyondChance(shares, chance, _profiles.OwnLikenessFactor(profile) / Math.Sqrt(own * (_squares + ProfileFloor)));
        if (shares.Sum() < 0)
        {
            Array.Clear(shares);
        }

        return shares;
    }

    // From what each observation shares is taken what one of its class shares by chance: it says something where it is shared by
    // more than that, and against the likeness where it is not.
    private void BeyondChance(Span<double> shares, ReadOnlySpan<double> chance, double scale)
    {
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = (shares[i] - chance[ClassOf(_observed[i])]) * scale;
        }
    }

    // How much more often reports about the group mention each observation than reports about anybody do, in log-odds; what they
    // never mention counts against the group, and the more so the more of them there are. Observations depend on each other, so
    // that they count by the root of their number.
    private double[] Frequency(GroupProfile profile)
    {
        double[] shares = new double[_observed.Length];
        for (int i = 0; i < shares.Length; i++)
        {
            double common = _profiles.Mentions(_observed[i]) / ClassCount;
            double own = (profile.Mentions.GetValueOrDefault(_observed[i]) + (CommonMentions * common)) / (profile.AllMentions + CommonMentions);
            shares[i] = Math.Log(own / common) / Math.Sqrt(shares.Length);
        }

        return shares;
    }

    private int ClassOf(int feature) => (int)_profiles.Index.ClassOf(feature);

    // Several pieces of malware of its own often come together, so they count by the root of their number.
    private double[] OwnMalware(GroupProfile profile)
    {
        double[] shares = new double[_observed.Length];
        int count = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            if (_profiles.IsOfOneWeighedGroup(_observed[i]) && profile.Strength.ContainsKey(_observed[i]))
            {
                shares[i] = 1;
                count++;
            }
        }

        for (int i = 0; i < shares.Length && count > 0; i++)
        {
            shares[i] /= Math.Sqrt(count);
        }

        return shares;
    }
}

/// <summary>A group as measured: its terms, those that are sums over observations as each observation's share.</summary>
internal sealed record GroupTerms
{
    /// <summary>Logarithm of how much it was reported on lately.</summary>
    public required double RecentReports { get; init; }

    /// <summary>Root of the logarithm of how many reports there are.</summary>
    public required double Reports { get; init; }

    /// <summary>Shares in the likeness to <see cref="Nearest"/>.</summary>
    public required double[] NearestReport { get; init; }

    /// <summary>Shares in the likeness to the next report after it.</summary>
    public required double[] SecondReport { get; init; }

    /// <summary>Shares in the likeness to all that is known of the group.</summary>
    public required double[] Profile { get; init; }

    /// <summary>Shares in the malware of its own, in the root of the number of pieces.</summary>
    public required double[] OwnMalware { get; init; }

    /// <summary>Shares in how often reports about the group mention what was observed, in log-odds.</summary>
    public required double[] Frequency { get; init; }

    /// <summary>The report that is most like what was observed; null where none shares anything.</summary>
    public required Activity? Nearest { get; init; }

    /// <summary>The log-odds that do not depend on observations.</summary>
    public double Base(ReadOnlySpan<double> weights) =>
        (weights[Term.RecentReports] * RecentReports) + (weights[Term.Reports] * Reports);

    /// <summary>What an observation adds.</summary>
    public double Share(ReadOnlySpan<double> weights, int observation) =>
        (weights[Term.NearestReport] * NearestReport[observation])
        + (weights[Term.SecondReport] * SecondReport[observation])
        + (weights[Term.Profile] * Profile[observation])
        + (weights[Term.OwnMalware] * OwnMalware[observation])
        + (weights[Term.Frequency] * Frequency[observation]);

    /// <summary>The terms as one row for fitting.</summary>
    public void Fill(Span<double> row)
    {
        row[Term.RecentReports] = RecentReports;
        row[Term.Reports] = Reports;
        row[Term.NearestReport] = NearestReport.Sum();
        row[Term.SecondReport] = SecondReport.Sum();
        row[Term.Profile] = Profile.Sum();
        row[Term.OwnMalware] = OwnMalware.Sum();
        row[Term.Frequency] = Frequency.Sum();
    }
}

/// <summary>The unknown group as measured: each observation's share in each of its terms but the constant.</summary>
internal sealed record UnknownTerms
{
    /// <summary>Shares in the root of the number of pieces of malware.</summary>
    public required double[] Malware { get; init; }

    /// <summary>Shares in the likeness of the group that resembles what was observed second best.</summary>
    public required double[] SecondLikeness { get; init; }

    /// <summary>Shares in the likeness of the group that resembles it best of those of which too little is published to be weighed.</summary>
    public required double[] ThinLikeness { get; init; }

    /// <summary>The log-odds that do not depend on observations.</summary>
    public static double Base(ReadOnlySpan<double> weights) => weights[Term.Unknown];

    /// <summary>What an observation adds.</summary>
    public double Share(ReadOnlySpan<double> weights, int observation) =>
        (weights[Term.UnknownMalware] * Malware[observation])
        + (weights[Term.UnknownSecondLikeness] * SecondLikeness[observation])
        + (weights[Term.UnknownThinLikeness] * ThinLikeness[observation]);

    /// <summary>The terms as one row for fitting.</summary>
    public void Fill(Span<double> row)
    {
        row[Term.Unknown] = 1;
        row[Term.UnknownMalware] = Malware.Sum();
        row[Term.UnknownSecondLikeness] = SecondLikeness.Sum();
        row[Term.UnknownThinLikeness] = ThinLikeness.Sum();
    }
}
