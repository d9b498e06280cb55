using System.Text.RegularExpressions;
using Culprit.Findings;
using Culprit.Knowledge;

namespace Culprit.Attribution.Observing;

/// <summary>That a finding says that software was there.</summary>
/// <param name="Software">The software.</param>
/// <param name="Rule">The rule of the finding.</param>
/// <param name="Finding">The finding, by position.</param>
/// <param name="Events">The events that say so, by number; none where evidence was not read again.</param>
internal sealed record SoftwareClaim(KnownSoftware Software, RuleInfo Rule, int Finding, IReadOnlyList<int> Events);

/// <summary>
/// What rules say of software. A title that names one piece of it for certain says that it was there, and so does a name in what satisfied a rule that
/// speaks of that software. A tag alone says what software is known to do such a thing, and not that it was there: domain controllers replicate like
/// Mimikatz, and netsh opens a firewall as HARDRAIN does.
/// </summary>
internal sealed partial class SoftwareClaims(IncidentSigns signs, KnowledgeBase knowledge, CancellationToken stop)
{
    // Findings repeat what satisfied them, and to find names in a long text takes time.
    private readonly Dictionary<string, KnownSoftware[]> _inTexts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Text, string Tool), bool> _inOwn = [];

    /// <summary>The claims, by rule and finding. Of one event that rules ascribe to two pieces of malware, neither: it was one of them at most.</summary>
    /// <param name="remarks">Is told what rules speak of and does not count.</param>
    public List<SoftwareClaim> Read(ObservationRemarks remarks)
    {
        var claims = new List<SoftwareClaim>();
        foreach (RuleSign sign in signs.Written)
        {
            stop.ThrowIfCancellationRequested();
            KnownSoftware[] inTitle = InText(sign.Rule.Title), tagged = Tagged(sign.Rule), candidates = [.. inTitle.Concat(tagged).DistinctBy(static s => s.Id, StringComparer.Ordinal)];
            KnownSoftware? named = Certain(sign.Rule.Title, inTitle);
            foreach (int position in candidates.Length > 0 ? sign.Findings : [])
            {
                IReadOnlyList<int> events = signs.EventsOf(position);
                foreach (KnownSoftware software in candidates.Where(s => s == named || IsIn(position, s, isTagged: tagged.Contains(s))))
                {
                    claims.Add(new SoftwareClaim(software, sign.Rule, position, events));
                }
            }

            remarks.SpokenOf(candidates);
        }

        return WithoutContested(claims, remarks);
    }

    private static List<SoftwareClaim> WithoutContested(List<SoftwareClaim> claims, ObservationRemarks remarks)
    {
        Dictionary<int, string[]> contested = claims.Where(static c => c.Software.Kind != SoftwareKind.Tool)
            .SelectMany(static c => c.Events, static (claim, one) => (Event: one, claim.Software.Name)).Distinct()
            .GroupBy(static c => c.Event).Where(static g => g.Count() > 1)
            .ToDictionary(static g => g.Key, static g => g.Select(static c => c.Name).Order(StringComparer.Ordinal).ToArray());
        var kept = new List<SoftwareClaim>(claims.Count);
        foreach (SoftwareClaim claim in claims)
        {
            int[] others = claim.Software.Kind == SoftwareKind.Tool ? [.. claim.Events] : [.. claim.Events.Where(e => !contested.ContainsKey(e))];
            if (others.Length > 0 || claim.Events.Count == 0)
            {
                kept.Add(claim with { Events = others });
            }

            foreach (int one in claim.Events.Where(e => claim.Software.Kind != SoftwareKind.Tool && contested.ContainsKey(e)))
            {
                remarks.Contested(contested[one]);
            }
        }

        return kept;
    }

    // "ngrok, chisel or frp" found one of them and does not say which; "potential PlugX activity" says that it need not be PlugX.
    private KnownSoftware? Certain(string title, KnownSoftware[] inTitle) =>
        inTitle.Length != 1 || title.Contains(" or ", StringComparison.OrdinalIgnoreCase) ? null
        : Reserve().Match(title) is { Success: true } reserve && !InText(title[..reserve.Index]).Contains(inTitle[0]) ? null : inTitle[0];

    // Whether the name stands in what satisfied the rule, or is that of the program which a rule for a tool found.
    private bool IsIn(int position, KnownSoftware software, bool isTagged)
    {
        stop.ThrowIfCancellationRequested();
        bool isOwnTool = isTagged && software.Kind == SoftwareKind.Tool;
        return signs.Finding(position).Matched.Any(m => InValue(m.Value).Contains(software) || (isOwnTool && IsOwn(m.Value, software)))
            || (isOwnTool && signs.EventsOf(position).Any(e => ProgramFiles.Of(signs.Incident.Events[e]).Any(file => IsOwn(file, software))));
    }

    private bool IsOwn(string text, KnownSoftware tool)
    {
        if (!_inOwn.TryGetValue((text, tool.Id), out bool isNamed))
        {
            _inOwn.Add((text, tool.Id), isNamed = SoftwareNames.Names(text, tool));
        }

        return isNamed;
    }

    private KnownSoftware[] InValue(string value)
    {
        if (!_inTexts.TryGetValue(value, out KnownSoftware[]? named))
        {
            _inTexts.Add(value, named = InText(value));
        }

        return named;
    }

    private KnownSoftware[] Tagged(RuleInfo rule) =>
        [.. rule.Attack.Software.Select(knowledge.SoftwareOf).OfType<KnownSoftware>().DistinctBy(static s => s.Id, StringComparer.Ordinal)];

    private KnownSoftware[] InText(string text) => [.. SoftwareNames.InText(text, knowledge).DistinctBy(static s => s.Id, StringComparer.Ordinal)];

    [GeneratedRegex(@"\b(potential(ly)?|possibl[ey]|suspected|suspicious(ly)?|probabl[ey])\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reserve();
}
