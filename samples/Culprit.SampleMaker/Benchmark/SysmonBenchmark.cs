using Culprit.SampleMaker.Logs;
using Culprit.SampleMaker.Scenario;
using Culprit.SampleMaker.World;
using Culprit.TestSupport.Evtx;

namespace Culprit.SampleMaker.Benchmark;

/// <summary>
/// One large Sysmon log: image loads, accesses and registry writes make most of it, as on a real workstation. Images,
/// folders, sites and keys repeat; identifiers, times and numbers do not. About one process in two thousand is suspicious.
/// </summary>
internal static class SysmonBenchmark
{
    /// <summary>How many records are made before they are written: what bounds the memory.</summary>
    private const int Batch = 512;

    /// <summary>Writes full chunks until the file has at least the given size. Returns the number of records.</summary>
    public static long Write(string file, long bytes, string seed)
    {
        var institute = new Institute(new ScenarioFile
        {
            Seed = "sysmon-benchmark-" + seed,
            Domain = "lab.example",
            Netbios = "LAB",
            From = "2020-02-03",
            Days = 14,
            Web = new WebEntry { Host = "ws-0117" },
            Hosts = [new HostEntry { Name = "ws-0117", Ip = "10.20.2.117", Role = "research", Sysmon = true }],
            Accounts = [new AccountEntry { Name = "a.moreau" }, new AccountEntry { Name = "h.brandt-adm", Admin = true }],
        });
        var activity = new SysmonActivity(institute);
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20);
        using var writer = new EvtxWriter(stream);
        while (writer.Length < bytes)
        {
            for (int i = 0; i < Batch; i++)
            {
                activity.Next();
            }

            foreach (EvtxEvent e in activity.Host.Drain(SysmonLog.Channel))
            {
                writer.Write(e);
            }
        }

        return writer.RecordCount;
    }
}
