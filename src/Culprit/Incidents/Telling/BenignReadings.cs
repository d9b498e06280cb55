using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents.Surroundings;

namespace Culprit.Incidents.Telling;

/// <summary>Weighs explanations other than an intrusion: an administrator, a scanner, a backup, a deployment, an authorised test, a mistake.</summary>
internal static partial class BenignReadings
{
    private const int MaxNamed = 4;

    private static readonly string[] Stealing = ["credential-access"];
    private static readonly string[] Hiding = ["T1070", "T1036", "T1562", "T1685"];

    /// <summary>The explanations; those that this evidence gives no reason to think of are left out.</summary>
    public static ImmutableArray<BenignExplanation> Weigh(Scene scene, ImmutableArray<Movement> movements, ImmutableArray<TakenData> taken)
    {
        IncidentEvent[] stealing = [.. scene.Events.Where(static one => one.Level >= FindingLevel.Medium && one.Techniques.Any(static technique => Stealing.Contains(technique.Tactic, StringComparer.Ordinal)))];
        IncidentEvent[] hiding = [.. scene.Events.Where(static one => one.Techniques.Any(static technique => Array.Exists(Hiding, id => technique.Technique.StartsWith(id, StringComparison.Ordinal))))];
        return
        [
            .. new[] { Administrator(scene, stealing, hiding), Scanner(scene), Backup(scene, stealing), Deployment(scene, movements, stealing) }.OfType<BenignExplanation>(),
            AuthorisedTest(scene, taken), Mistake(scene, hiding),
        ];
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

    // Whoever tests does what intruders do: neither stolen passwords nor covered traces speak against it. Those who ordered it can tell, records cannot.
    private static BenignExplanation AuthorisedTest(Scene scene, ImmutableArray<TakenData> taken)
    {
        var reasons = new List<Statement>();
        IncidentEvent[] named = [.. scene.Events.Where(static one => NamesOf(one).Any(static name => TestName().IsMatch(name)))];
        AddIf(reasons, named.Length > 0, () => Scene.Judgement($"Hosts or accounts are called as those of tests are: {Scene.List(named.SelectMany(NamesOf).Where(static name => TestName().IsMatch(name)).Distinct(StringComparer.Ordinal).Select(Scene.Quote), MaxNamed)}.", named));

        // Whoever asks a web server for something writes what they like into its log.
        (IncidentEvent Event, string Value)[] spoken =
        [
            .. scene.Events.Where(static one => one.Kind != RecordKind.WebRequest).Select(static one => (one, Spoken(one))).Where(static said => said.Item2.Length > 0),
        ];
        AddIf(reasons, spoken.Length > 0, () => Scene.Judgement($"{spoken.Length} record{(spoken.Length == 1 ? " speaks" : "s speak")} of a test, such as {Scene.Quote(spoken[0].Value)}; an intruder can write that too.", spoken.Select(static said => said.Event)));
        var against = new List<Statement>();
        IncidentEvent[] left = [.. taken.Where(static data => data.State is TakenState.Taken).SelectMany(static data => data.How.Events).Select(number => scene.Events[number])];
        AddIf(against, left.Length > 0, () => Scene.Judgement($"Data left the network; a test shows that this can be done and seldom does it.", left));
        return new BenignExplanation("An authorised test of the defences: a red team, a penetration test, a simulated breach", [.. reasons], [.. against], AskWhoTests(scene));
    }

    private static Statement AskWhoTests(Scene scene)
    {
        IncidentEvent[] timed = [.. scene.Timed], ends = timed.Length == 0 ? [] : [timed[0], timed[^1]];
        string[] addresses = [.. scene.Incident.Addresses.Select(static address => address.Name).Where(address => scene.IsOutside(Scene.Address(address)))];
        string[] accounts = [.. scene.Events.Where(static one => one.Rules.Length > 0).Select(static one => Scene.Account(one.Account)).Where(static account => account.Length > 0).Distinct(StringComparer.Ordinal)];
        string times = ends.Length == 0 ? "" : $" ({Scene.When(ends[0].Time)} to {Scene.When(ends[1].Time)})";
        string Named(string[] names) => names.Length == 0 ? "" : $" ({Scene.List(names, MaxNamed)})";
        return Scene.Judgement($"A test leaves the same records as an intrusion: ask who orders tests (security, audit, management, service providers) whether these times{times}, source addresses{Named(addresses)}, hosts and accounts{Named([.. accounts.Select(Scene.Quote)])} are those of one, and act as on an intrusion until they say so.", ends);
    }

    private static string[] NamesOf(IncidentEvent one) => [one.Machine, Scene.Account(one.Account)];

    // The first value that speaks of a test and is no name of the host or account; empty where none does.
    private static string Spoken(IncidentEvent one) => one.Fields.Select(static field => field.Value ?? "")
        .FirstOrDefault(value => TestWord().IsMatch(value) && !NamesOf(one).Contains(Scene.Account(value), StringComparer.OrdinalIgnoreCase)) ?? "";

    private static BenignExplanation Mistake(Scene scene, IncidentEvent[] hiding)
    {
        var reasons = new List<Statement>();
        int habits = scene.Incident.Reasons.Count(static reason => reason.Points < 0);
        AddIf(reasons, habits > 0, () => Scene.Judgement($"{habits} of its rules {(habits == 1 ? "finds" : "find")} on this host and account what they find on most days.", scene.Events.Where(static one => one.Rules.Length > 0)));
        IncidentEvent[] grave = [.. scene.Events.Where(static one => one.Level >= FindingLevel.High)];
        var against = new List<Statement>();
        AddIf(against, grave.Length > 0, () => Scene.Judgement($"{grave.Length} record{(grave.Length == 1 ? " satisfies" : "s satisfy")} rules of high or critical level.", grave));
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

    // What tests are called, whatever tool runs them: at the beginning of a word, or of a part of one that is written large.
    [GeneratedRegex("(?:(?<![A-Za-z])(?:[Rr]ed|RED|[Pp]urple|PURPLE)|(?<=[a-z])(?:Red|Purple))[ _-]?(?:[Tt]eam|TEAM)|(?<![A-Za-z])(?i:pen(?:etration)?[ _-]?test|(?:breach|attack|adversary)[ _-]?(?:simulat|emulat))", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TestWord();

    [GeneratedRegex("(?<![a-z])(?:(?:pen|security)?[ _-]?test(?:s|er|ing|user|account)?|(?:red|purple)[ _-]?team(?:er)?)(?![a-z])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TestName();
}
