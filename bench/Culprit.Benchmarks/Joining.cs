using System.Collections.Immutable;
using System.Globalization;
using Culprit.Events;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Benchmarks;

/// <summary>
/// Joins generated findings: ordinary ones of a whole month over many hosts, and intrusions of some hosts each among them.
/// Prints how many there were, how many incidents they made, and how long that took, making the findings included.
/// </summary>
internal static class Joining
{
    private static readonly string[] Tactics = ["execution", "persistence", "discovery", "credential-access", "lateral-movement", "collection", "defense-evasion"];

    public static int Run(int findings, int hosts)
    {
        long start = TimeProvider.System.GetTimestamp();
        RuleInfo[] rules = [.. Enumerable.Range(0, 300).Select(Rule)];
        var random = new Random(20_200_203);
        var builder = new IncidentBuilder();
        long began = new DateTime(2020, 2, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        long step = TimeSpan.FromDays(30).Ticks / findings;
        for (int i = 0; i < findings; i++)
        {
            // Four in a thousand belong to one of twenty intrusions, each with twelve hosts, an address and an account of its own.
            bool isIntrusion = random.Next(1000) < 4;
            int intrusion = random.Next(20);
            int host = isIntrusion ? (intrusion * 12 % hosts) + random.Next(Math.Min(12, hosts)) : random.Next(hosts);
            int account = isIntrusion ? 100_000 + intrusion : random.Next(2000);
            RuleInfo rule = rules[isIntrusion ? random.Next(200, 300) : random.Next(random.Next(200))];
            var time = new EventTime(began + (i * step), TimeCertainty.Exact);
            ulong process = (ulong)(host * 100_000L) + (ulong)(i / 40);
            builder.Add(new Finding
            {
                Rule = rule,
                Time = time,
                LastTime = time,
                Host = string.Create(CultureInfo.InvariantCulture, $"HOST-{host:D4}.example"),
                Account = string.Create(CultureInfo.InvariantCulture, $"EXAMPLE\\user{account}"),
                Channel = "Microsoft-Windows-Sysmon/Operational",
                Provider = "Microsoft-Windows-Sysmon",
                EventId = 1,
                RecordId = i,
                Matched = [],
                Clues =
                [
                    new EventClue(ClueKind.Process, "", process),
                    new EventClue(ClueKind.ParentProcess, "", process + 7),
                    new EventClue(ClueKind.Session, "", (ulong)((host * 1000) + (i / 5000))),
                    new EventClue(ClueKind.Account, string.Create(CultureInfo.InvariantCulture, $"user{account}"), 0),
                    new EventClue(ClueKind.File, string.Create(CultureInfo.InvariantCulture, $"c:\\users\\user{account}\\f{random.Next(200_000)}.exe"), 0),
                    new EventClue(ClueKind.Address, isIntrusion
                        ? string.Create(CultureInfo.InvariantCulture, $"203.0.113.{intrusion}")
                        : string.Create(CultureInfo.InvariantCulture, $"10.{host / 250}.{host % 250}.{random.Next(1, 250)}"), 0),
                ],
                Places = [],
                PlaceCount = 1,
            });
        }

        ImmutableArray<Incident> incidents = builder.Build();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"findings={findings} hosts={hosts} incidents={incidents.Length} critical={incidents.Count(static i => i.Severity == IncidentSeverity.Critical)} seconds={TimeProvider.System.GetElapsedTime(start).TotalSeconds:F2}"));
        return 0;
    }

    private static RuleInfo Rule(int number) => new()
    {
        Id = number.ToString("x8", CultureInfo.InvariantCulture),
        Name = "",
        Title = string.Create(CultureInfo.InvariantCulture, $"Rule {number}"),
        Level = number < 120 ? FindingLevel.Low : number < 190 ? FindingLevel.Medium : number < 280 ? FindingLevel.High : FindingLevel.Critical,
        IsCorrelation = false,
        Status = "test",
        Description = "",
        Author = "",
        LogSource = "windows/process_creation",
        Attack = AttackReferences.Parse(["attack." + Tactics[number % Tactics.Length], string.Create(CultureInfo.InvariantCulture, $"attack.t1{number:D3}")]),
        References = [],
        FalsePositives = [],
        Path = "generated",
        Line = 1,
    };
}
