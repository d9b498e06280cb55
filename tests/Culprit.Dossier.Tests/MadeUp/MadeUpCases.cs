using System.Collections.Immutable;
using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Dossier.Tests.MadeUp;

/// <summary>Made-up cases.</summary>
internal static class MadeUpCases
{
    public static readonly DateTime Start = new(2020, 2, 6, 1, 2, 0, DateTimeKind.Utc);

    /// <summary>A whole intrusion with hundreds of events, and a second, small incident beside it.</summary>
    public static DossierInput Rich { get; } = Case(
        "Vaccine institute, February 2020", [Assessed(ResearchLab.Make(1)), Scan(2)], ["The portal's owner says that nobody worked in the night to Thursday."]);

    /// <summary>One finding, no events, no story.</summary>
    public static DossierInput NearlyEmpty { get; } = Case("Almost nothing", [Bare(1)], []);

    /// <summary>Two events and one sentence: small enough to be read whole.</summary>
    public static DossierInput Small { get; } = Case("A small case", [Scan(1)], []);

    /// <summary>As the small one, with an assessment that comes to nothing.</summary>
    public static DossierInput SmallAssessed { get; } = Case("A small case", [Scan(1) with { Assessment = MadeUpAssessment.Nothing }], []);

    /// <summary>No incident at all.</summary>
    public static DossierInput Nothing { get; } = Case("Nothing found", [], []);

    public static DossierInput Named(string name) => name switch
    {
        nameof(Rich) => Rich,
        nameof(Small) => Small,
        nameof(SmallAssessed) => SmallAssessed,
        nameof(NearlyEmpty) => NearlyEmpty,
        _ => Nothing,
    };

    public static DossierInput Case(string name, ImmutableArray<DossierIncident> incidents, ImmutableArray<string> notes) => new()
    {
        CaseName = name,
        CaseId = "c-2020-0206",
        Created = new EventTime(new DateTime(2020, 2, 17, 9, 0, 0, DateTimeKind.Utc).Ticks, TimeCertainty.Exact),
        ToolVersion = "culprit 0.1.0",
        RulesHash = IncidentMaker.Hash("rules"),
        CustodyHead = IncidentMaker.Hash("custody"),
        SignerFingerprint = IncidentMaker.Hash("signer"),
        Sources = Sources(incidents),
        Incidents = incidents,
        Notes = notes,
    };

    private static ImmutableArray<DossierSource> Sources(ImmutableArray<DossierIncident> incidents) =>
    [
        .. incidents.SelectMany(i => i.Incident.Events).SelectMany(e => e.Places, (e, place) => (e, place)).GroupBy(p => p.place.Path).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Source(g.Key, g.Key.EndsWith(".log", StringComparison.Ordinal) ? "iis-w3c" : "evtx", 69632 + (g.Count() * 1400), g.Count() * 11, g.First().e.Host, g.First().e.Time, g.Last().e.Time)),
        Source("evtx/bkp-01/Security.evtx", "evtx", 1_118_208, 0, "", EventTime.Unknown, EventTime.Unknown) with { NotReadReason = "the file is encrypted or damaged: its header is not that of an event log", RecordsBad = 12 },
        Source("syslog/fw-01.log", "unknown", 4_400_120, 0, "", EventTime.Unknown, EventTime.Unknown) with { NotReadReason = "its format is not known" },
    ];

    private static DossierSource Source(string path, string format, long size, long records, string host, EventTime first, EventTime last) => new()
    {
        Path = path,
        Format = format,
        Size = size,
        Sha256 = IncidentMaker.Hash(path),
        Records = records,
        RecordsBad = 0,
        RecordsRecovered = 0,
        Hosts = host.Length == 0 ? [] : [host],
        First = first,
        Last = last,
        TimeAssumption = format is "iis-w3c" ? "The log gives no zone; IIS writes UTC." : "",
        NotReadReason = "",
        Problems = path.Contains("Sysmon", StringComparison.Ordinal) ? ["A chunk at byte 65536 is damaged: its checksum does not agree"] : [],
    };

    // The intruder's address, an account and a host stand in what shows the observations.
    private static DossierIncident Assessed(DossierIncident incident)
    {
        string[] texts = ["news.portal-update.example", "rule: Web shell on web-01", "antivirus: Backdoor:ASP/Chopper.F!dha, run by svc_backup", "list: seen from 203.0.113.77"];
        int next = 0;
        return incident with { Assessment = MadeUpAssessment.Named(() => texts[next++ % texts.Length], 3, 4, 5) };
    }

    private static DossierIncident Bare(int number) => new IncidentMaker(Start).Make(number, IncidentSeverity.Low, story: null, new IncidentReason("One finding of middle level alone.", 1));

    private static DossierIncident Scan(int number)
    {
        var make = new IncidentMaker(new DateTime(2020, 2, 9, 22, 0, 0, DateTimeKind.Utc));
        int first = make.Web(0, "198.51.100.9", "GET", "/phpmyadmin/", 404, "198.51.100.9 asked web-01 for /phpmyadmin/: not found", ("Scan for administration pages", "reconnaissance", "T1595.002"));
        int last = make.Web(3, "198.51.100.9", "GET", "/.env", 404, "198.51.100.9 asked web-01 for /.env: not found");
        return make.Make(number, IncidentSeverity.Low, new IncidentStory
        {
            Entry = [new Statement("Nothing says that anybody got in.", IsJudgement: true, [first, last])],
            Told = [new Statement("198.51.100.9 asked web-01 for pages that are not there.", IsJudgement: false, [first, last])],
            HostsFallen = [],
            AccountsUsed = [],
            Movements = [],
            Processes = [],
            Tools = [],
            Channels = [],
            Taken = [],
            Hidden = [],
            Returned = [new Statement("It is not seen again.", IsJudgement: true, [])],
            Limits = [],
            Benign = [],
            Indicators = [new IncidentIndicator("ipv4", "198.51.100.9", [first, last])],
        }, new IncidentReason("Requests from outside that found nothing.", 2));
    }
}
