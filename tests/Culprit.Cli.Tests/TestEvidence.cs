using Culprit.TestSupport.Evtx;

namespace Culprit.Cli.Tests;

/// <summary>Small logs and rules, made for one test each.</summary>
internal static class TestEvidence
{
    /// <summary>A rule for processes whose command line holds <c>evil</c>.</summary>
    public const string EvilRule = """
        title: Evil process
        id: 11111111-1111-4111-8111-111111111111
        status: test
        description: Finds what is evil
        level: high
        tags:
            - attack.execution
            - attack.t1059.001
        logsource:
            category: process_creation
            product: windows
        detection:
            selection:
                CommandLine|contains: 'evil'
            condition: selection
        """;

    /// <summary>The time of the first record of <see cref="Log"/>; the next ones are a minute apart.</summary>
    public static DateTime Start { get; } = new(2024, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>A Sysmon log with one process creation for each command line.</summary>
    public static byte[] Log(string computer, params string[] commandLines) => Log(computer, Start, "LAB\\alice", commandLines);

    /// <summary>The same of another time and user.</summary>
    public static byte[] Log(string computer, DateTime start, string user, params string[] commandLines) => EvtxWriter.ToBytes(writer =>
    {
        for (int i = 0; i < commandLines.Length; i++)
        {
            writer.Write(new EvtxEvent
            {
                Provider = "Microsoft-Windows-Sysmon",
                ProviderGuid = new Guid("5770385f-c22a-43e0-bf4c-06f5698ffbd9"),
                EventId = 1,
                Version = 5,
                Time = start.AddMinutes(i),
                Channel = "Microsoft-Windows-Sysmon/Operational",
                Computer = computer,
                UserSid = "S-1-5-18",
                Data =
                [
                    ("UtcTime", "2024-03-01 12:00:00.000"),
                    ("Image", "C:\\Windows\\System32\\cmd.exe"),
                    ("CommandLine", commandLines[i]),
                    ("User", user),
                ],
            });
        }
    });
}
