using Culprit.Attribution.Profiles;

namespace Culprit.Attribution.Model;

/// <summary>
/// The terms of the model: what of an explanation is measured against what was observed. All but the first two are sums over
/// observations, so that each observation's share in each explanation can be told.
/// </summary>
internal sealed class Terms
{
    /// <summary>The terms of groups, then those of the unknown group.</summary>
    public static readonly string[] Names =
    [
        "recent-reports", "reports", "nearest-report", "second-report", "profile", "own-malware", "nearest-report-by-amount",
        "unknown", "unknown-techniques", "unknown-malware", "unknown-tools", "unknown-groups", "unknown-second-likeness",
    ];

    /// <summary>How many of <see cref="Names"/> are of groups.</summary>
    public const int OfGroups = 7;

    // Keep short reports and short profiles from being alike to anything by accident; in units of weight.
    private const double ReportFloor = 8, ObservedFloor = 20, ProfileFloor = 60;

    private readonly ProfileSet _profiles;
    private readonly int[] _observed;
    private readonly double[] _weights;
    private readonly double _total;
    private readonly double _squares;
    private readonly Dictionary<int, int> _position;

    /// <summary>Measures explanations of what was observed.</summary>
    /// <param name="profiles">What is known of groups.</param>
    /// <param name="observed">Distinct features that were observed.</param>
    public Terms(ProfileSet profiles, int[] observed)
    {
        _profiles = profiles;
        _observed = observed;
        _weights = [.. observed.Select(profiles.Weight)];
        _total = _weights.Sum();
        _squares = _weights.Sum(static w => w * w);
        _position = new Dictionary<int, int>(observed.Length);
        for (int i = 0; i < observed.Length; i++)
        {
            _position.Add(observed[i], i);
        }
    }

    /// <summary>How each term measures one group: its constant part, and each observation's share.</summary>
    public GroupTerms Of(GroupProfile profile)
    {
        double[][] shares = new double[OfGroups][];
        (Activity? nearest, shares[2], shares[3]) = Reports(profile);
        shares[4] = Whole(profile);
        shares[5] = OwnMalware(profile);

        // How much a likeness is worth depends on over how much it is taken; ten observations are the middle of history.
        double amount = Math.Log(Math.Max(1, _observed.Length) / 10.0);
        shares[6] = [.. shares[2].Select(s => s * amount)];
        return new GroupTerms(profile, Math.Log(profile.Recent + 0.1), Math.Log(profile.Reports.Length), shares, nearest);
    }

    /// <summary>
    /// The unknown group's: the constant parts, and each observation's share. Where not one known group but several resemble what
    /// was observed, it is commonplace or of a family of groups, and a new group of that kind is likelier.
    /// </summary>
    /// <param name="groups">The measured groups.</param>
    public UnknownTerms OfUnknown(IReadOnlyList<GroupTerms> groups)
    {
        double[] counts = new double[3];
        foreach (int feature in _observed)
        {
            counts[(int)_profiles.Index.Classes[feature]]++;
        }

        double[] shares = [.. _observed.Select(f => 1 / Math.Sqrt(counts[(int)_profiles.Index.Classes[f]]))];
        int[] classes = [.. _observed.Select(f => (int)_profiles.Index.Classes[f])];
        double[] likeness = [.. groups.Select(static g => g.Shares[2].Sum())];
        int[] byLikeness = [.. Enumerable.Range(0, groups.Count).OrderByDescending(g => likeness[g]).Take(2)];
        return new UnknownTerms(
            Math.Log(Math.Max(1, _profiles.Profiles.Length)), shares, classes,
            byLikeness.Length < 2 ? new double[_observed.Length] : groups[byLikeness[1]].Shares[2]);
    }

    // Likeness to one report: the weight that both share over the geometric mean of their weights.
    private (Activity? Nearest, double[] First, double[] Second) Reports(GroupProfile profile)
    {
        Activity? first = null, second = null;
        double best = 0, next = 0;
        double bestDecay = 0, nextDecay = 0, bestNorm = 1, nextNorm = 1;
        foreach ((Activity report, double decay) in profile.Reports)
        {
            double shared = 0, own = 0;
            foreach (int feature in report.Features)
            {
                own += _profiles.Weight(feature);
                shared += _position.TryGetValue(feature, out int position) ? _weights[position] : 0;
            }

            double norm = Math.Sqrt((own + ReportFloor) * (_total + ObservedFloor)), likeness = shared / norm * decay;
            if (likeness > best)
            {
                (second, next, nextDecay, nextNorm) = (first, best, bestDecay, bestNorm);
                (first, best, bestDecay, bestNorm) = (report, likeness, decay, norm);
            }
            else if (likeness > next)
            {
                (second, next, nextDecay, nextNorm) = (report, likeness, decay, norm);
            }
        }

        return (first, Shares(first, bestDecay / bestNorm), Shares(second, nextDecay / nextNorm));
    }

    private double[] Shares(Activity? report, double scale)
    {
        double[] shares = new double[_observed.Length];
        foreach (int feature in report?.Features ?? [])
        {
            if (_position.TryGetValue(feature, out int position))
            {
                shares[position] = _weights[position] * scale;
            }
        }

        return shares;
    }

    // Likeness to all that is known of the group: the cosine of weights, where older knowledge counts less.
    private double[] Whole(GroupProfile profile)
    {
        double[] shares = new double[_observed.Length];
        double own = ProfileFloor;
        foreach ((int feature, double strength) in profile.Strength)
        {
            double weight = strength * _profiles.Weight(feature);
            own += weight * weight;
            if (_position.TryGetValue(feature, out int position))
            {
                shares[position] = weight * _weights[position];
            }
        }

        double norm = Math.Sqrt(own * (_squares + ProfileFloor));
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] /= norm;
        }

        return shares;
    }

    // Malware that no other weighed group is known for. Several pieces often come together, so they count by the root of their number.
    private double[] OwnMalware(GroupProfile profile)
    {
        double[] shares = new double[_observed.Length];
        int count = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            if (_profiles.Index.Classes[_observed[i]] == FeatureClass.Malware && _profiles.Users(_observed[i]) == 1
                && profile.Strength.ContainsKey(_observed[i]))
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

/// <summary>A group as measured.</summary>
/// <param name="Profile">The group.</param>
/// <param name="Recent">Logarithm of how much it was reported on lately.</param>
/// <param name="Reports">Logarithm of how many reports there are.</param>
/// <param name="Shares">For the terms from the third on, each observation's share.</param>
/// <param name="Nearest">The report that is most like what was observed; null where none shares anything.</param>
internal sealed record GroupTerms(GroupProfile Profile, double Recent, double Reports, double[][] Shares, Activity? Nearest)
{
    /// <summary>The log-odds that do not depend on observations.</summary>
    public double Base(ReadOnlySpan<double> weights) => (weights[0] * Recent) + (weights[1] * Reports);

    /// <summary>What an observation adds.</summary>
    public double Share(ReadOnlySpan<double> weights, int observation)
    {
        double sum = 0;
        for (int term = 2; term < Terms.OfGroups; term++)
        {
            sum += weights[term] * Shares[term][observation];
        }

        return sum;
    }

    /// <summary>The terms as one row for fitting.</summary>
    public void Fill(Span<double> row)
    {
        (row[0], row[1]) = (Recent, Reports);
        for (int term = 2; term < Terms.OfGroups; term++)
        {
            row[term] = Shares[term].Sum();
        }
    }
}

/// <summary>The unknown group as measured.</summary>
/// <param name="Groups">Logarithm of how many groups are weighed: the more are known, the fewer are unknown.</param>
/// <param name="Shares">Each observation's share in the root of the number of its class.</param>
/// <param name="Classes">Each observation's class, as a number.</param>
/// <param name="Second">Each observation's share in the likeness of the group that resembles what was observed second best.</param>
internal sealed record UnknownTerms(double Groups, double[] Shares, int[] Classes, double[] Second)
{
    private const int Constant = Terms.OfGroups, First = Constant + 1, Known = First + 3, Likeness = Known + 1;

    /// <summary>The log-odds that do not depend on observations.</summary>
    public double Base(ReadOnlySpan<double> weights) => weights[Constant] + (weights[Known] * Groups);

    /// <summary>What an observation adds.</summary>
    public double Share(ReadOnlySpan<double> weights, int observation) =>
        (weights[First + Classes[observation]] * Shares[observation]) + (weights[Likeness] * Second[observation]);

    /// <summary>The terms as one row for fitting.</summary>
    public void Fill(Span<double> row)
    {
        row[Constant] = 1;
        for (int i = 0; i < Shares.Length; i++)
        {
            row[First + Classes[i]] += Shares[i];
        }

        row[Known] = Groups;
        row[Likeness] = Second.Sum();
    }
}
