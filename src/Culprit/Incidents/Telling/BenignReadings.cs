using System.Collections.Immutable;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents.Surroundings;

namespace Culprit.Incidents.Telling;

/// <summary>Weighs explanations other than an intrusion: an administrator, a scanner, a backup, a deployment, a mistake.</summary>
internal static class BenignReadings
{
    private static readonly string[] Stealing = ["credential-access"];
    private static readonly string[] Hiding = ["T1070", "T1036", "T1562", "T1685"];

    /// <summary>The explanations; those that this evidence gives no reason to think of are left out.</summary>
    public static ImmutableArray<BenignExplanation> Weigh(Scene scene, ImmutableArray<Movement> movements)
    {
        IncidentEvent[] stealing = [.. scene.Events.Where(static one => one.Level >= FindingLevel.Medium && one.Techniques.Any(static technique => Stealing.Contains(technique.Tactic, StringComparer.Ordinal)))];
        IncidentEvent[] hiding = [.. scene.Events.Where(static one => one.Techniques.Any(static technique => Array.Exists(Hiding, id => technique.Technique.StartsWith(id, StringComparison.Ordinal))))];
        return [.. new[] { Administrator(scene, stealing, hiding), Scanner(scene), Backup(scene, stealing), Deployment(scene, movements, stealing) }.OfType<BenignExplanation>(), Mistake(scene, hiding)];
    }

    private static BenignExplanation? Administrator(Scene scene, IncidentEvent[] stealing, IncidentEvent[] hiding)
    {
        IncidentEvent[] tools = [.. scene.Timed.Where(one => scene.Facts(one).IsProcessStart && one.Level <= FindingLevel.Low)];
        IncidentEvent[] privileged = [.. scene.Timed.Where(static one => Scene.Account(one.Account) is { Length: > 0 } account && (account.Contains("adm", StringComparison.Ordinal) || account.Contains("root", StringComparison.Ordinal)))];
        if (tools.Length == 0 && privileged.Length == 0)
        {
            return null;
        }

        var reasons = new List<Statement>();
        AddIf(reasons, privileged.Length > 0, () => Scene.Judgement($"Accounts whose names are those of administrators act in it: {Scene.List(privileged.Select(static one => Scene.Account(one.Account)).Distinct(StringComparer.Ordinal).Select(Scene.Quote))}.", privileged));
        AddIf(reasons, tools.Length > 0, () => Scene.Judgement($"Some of its programs are what administrators use every day.", tools));
        return Explain("An administrator at work", reasons, Against(scene, stealing, hiding));
    }

    private static BenignExplanation? Scanner(Scene scene)
    {
        IncidentEvent[] requests = [.. scene.Timed.Where(static one => one.Kind == RecordKind.WebRequest)];
        IncidentEvent[] refused = [.. requests.Where(one => scene.Facts(one)["sc-status"].StartsWith('4'))];
        if (refused.Length < 3)
        {
            return null;
        }

        var against = new List<Statement>();
        IncidentEvent[] started = [.. scene.Timed.Where(one => scene.Facts(one).IsProcessStart)];
        AddIf(against, started.Length > 0, () => Scene.Judgement($"A scanner asks; it does not start programs on the server, and here some were started.", started));
        return Explain(
            "A vulnerability scanner, or the noise of the internet",
            [Scene.Fact($"{refused.Length} of {requests.Length} requests were refused, as a scanner's are.", refused)], against);
    }

    private static BenignExplanation? Backup(Scene scene, IncidentEvent[] stealing)
    {
        IncidentEvent[] signs = [.. scene.Timed.Where(one => Scene.Account(one.Account).Contains("backup", StringComparison.Ordinal) || scene.Facts(one).Image.Contains("backup", StringComparison.OrdinalIgnoreCase))];
        if (signs.Length == 0)
        {
            return null;
        }

        var against = new List<Statement>();
        IncidentEvent[] elsewhere = [.. signs.Where(one => scene.Origin(one).Length > 0 && one.Findings.IsEmpty)];
        AddIf(against, elsewhere.Length > 0, () => Scene.Judgement($"The account comes from {Scene.List(elsewhere.Select(scene.Origin).Distinct(StringComparer.Ordinal))}, from where it does not usually come in this evidence.", elsewhere));
        AddIf(against, stealing.Length > 0, () => Scene.Judgement($"A backup does not read the passwords in memory.", stealing));
        return Explain(
            "A backup", [Scene.Fact($"An account or program of this name acts: {Scene.List(signs.Select(static one => Scene.Account(one.Account)).Where(static account => account.Length > 0).Distinct(StringComparer.Ordinal).Select(Scene.Quote))}.", signs)], against);
    }

    private static BenignExplanation? Deployment(Scene scene, ImmutableArray<Movement> movements, IncidentEvent[] stealing)
    {
        Movement[] pushed = [.. movements.Where(static movement => movement.Means is "service" or "scheduled task" or "WinRM" or "WMI")];
        if (pushed.Length == 0)
        {
            return null;
        }

        int targets = pushed.Select(static movement => movement.To).Distinct(StringComparer.Ordinal).Count();
        IncidentEvent[] events = [.. pushed.SelectMany(movement => movement.Events).Select(number => scene.Events[number])];
        var against = new List<Statement>();
        AddIf(against, targets < 5, () => Scene.Judgement($"Software is rolled out to many machines; here it is {targets}.", events));
        AddIf(against, stealing.Length > 0, () => Scene.Judgement($"Rolling out software does not touch credentials as this does.", stealing));
        return Explain("Software being rolled out, or remote administration", [Scene.Fact($"Work was started from afar on {targets} host{(targets == 1 ? "" : "s")} by {Scene.List(pushed.Select(static movement => movement.Means).Distinct(StringComparer.Ordinal))}.", events)], against);
    }

    private static BenignExplanation Mistake(Scene scene, IncidentEvent[] hiding)
    {
        var reasons = new List<Statement>();
        int habits = scene.Incident.Reasons.Count(static reason => reason.Points < 0);
        AddIf(reasons, habits > 0, () => Scene.Judgement($"{habits} of its rules find on this host and account what they find on most days.", scene.Events.Where(static one => one.Rules.Length > 0)));
        IncidentEvent[] grave = [.. scene.Events.Where(static one => one.Level >= FindingLevel.High)];
        var against = new List<Statement>();
        AddIf(against, grave.Length > 0, () => Scene.Judgement($"{grave.Length} records satisfy rules of high or critical level.", grave));
        AddIf(against, scene.Incident.Phases.Length > 2, () => Scene.Judgement($"It touches {scene.Incident.Phases.Length} tactics, where a mistake touches one.", scene.Timed.Take(1).Concat(scene.Timed.TakeLast(1))));
        AddIf(against, hiding.Length > 0, () => Scene.Judgement($"Who makes a mistake does not cover traces.", hiding));
        return Explain("A mistake, or rules that find too much", reasons, against);
    }

    private static List<Statement> Against(Scene scene, IncidentEvent[] stealing, IncidentEvent[] hiding)
    {
        var against = new List<Statement>();
        AddIf(against, stealing.Length > 0, () => Scene.Judgement($"Credentials were taken from memory or from the system's stores, which administration does not need.", stealing));
        AddIf(against, hiding.Length > 0, () => Scene.Judgement($"Traces were covered: logs, times or names.", hiding));
        IncidentEvent[] outside = [.. scene.Timed.Where(one => one.Kind == RecordKind.WebRequest && one.Level >= FindingLevel.Medium)];
        AddIf(against, outside.Length > 0, () => Scene.Judgement($"It is steered by web requests from outside.", outside));
        return against;
    }

    private static BenignExplanation Explain(string explanation, List<Statement> reasons, List<Statement> against)
    {
        IEnumerable<int> cited = reasons.Concat(against).SelectMany(static statement => statement.Events).Distinct().Order().Take(Scene.MaxCited);
        string verdict = against.Count == 0 && reasons.Count > 0 ? "This evidence does not speak against it: ask before anything else is done."
            : against.Count == 0 ? "This evidence gives no reason for it, and none against it."
            : against.Count > reasons.Count ? "This explains less of the evidence than an intrusion does."
            : "It explains a part of the evidence; ask the person or team concerned.";
        return new BenignExplanation(explanation, [.. reasons], [.. against], new Statement(verdict, true, [.. cited]));
    }

    private static void AddIf(List<Statement> list, bool condition, Func<Statement> make)
    {
        if (condition)
        {
            list.Add(make());
        }
    }
}
