using System.Globalization;
using Culprit.TestSupport.Evtx;

namespace Culprit.TestSupport;

/// <summary>Process creations as Sysmon logs them, of an ordinary day: no rule of any set has a reason to match one.</summary>
public static class SysmonNoise
{
    private static readonly DateTime Start = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);

    /// <summary>An event log of so many records.</summary>
    public static byte[] Log(int records) => EvtxWriter.ToBytes(writer =>
    {
        for (int i = 0; i < records; i++)
        {
            writer.Write(Event(i));
        }
    });

    /// <summary>The event of that number: the same for the same number.</summary>
    public static EvtxEvent Event(int number)
    {
        string process = number.ToString("D6", CultureInfo.InvariantCulture);
        return new EvtxEvent
        {
            Provider = "Microsoft-Windows-Sysmon",
            ProviderGuid = new Guid("5770385f-c22a-43e0-bf4c-06f5698ffbd9"),
            EventId = 1,
            Version = 5,
            Task = 1,
            Time = Start.AddSeconds(number),
            ProcessId = 3044,
            ThreadId = 3788,
            Channel = "Microsoft-Windows-Sysmon/Operational",
            Computer = "desk-07.lab.example",
            UserSid = "S-1-5-18",
            Data =
            [
                ("RuleName", "-"),
                ("UtcTime", Start.AddSeconds(number).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)),
                ("ProcessGuid", new Guid(number, 0x17, 0x4a, 1, 2, 3, 4, 5, 6, 7, 8)),
                ("ProcessId", (uint)(4000 + (number % 9000))),
                ("Image", @"C:\Program Files\Microscope Suite\imaging.exe"),
                ("FileVersion", "4.2.1.0"),
                ("Description", "Imaging workbench"),
                ("Product", "Microscope Suite"),
                ("Company", "Example Optics"),
                ("OriginalFileName", "imaging.exe"),
                ("CommandLine", @"""C:\Program Files\Microscope Suite\imaging.exe"" --slide S" + process),
                ("CurrentDirectory", @"D:\slides\"),
                ("User", @"LAB\mkoch"),
                ("IntegrityLevel", "Medium"),
                ("ParentImage", @"C:\Program Files\Microscope Suite\launcher.exe"),
                ("ParentCommandLine", "launcher.exe"),
                ("ParentUser", @"LAB\mkoch"),
            ],
        };
    }
}
