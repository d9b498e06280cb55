using System.CommandLine;
using Culprit.SampleMaker.Benchmark;
using Culprit.SampleMaker.Scenario;

namespace Culprit.SampleMaker;

/// <summary>Makes evidence: a scenario's folder, or one large log for benchmarks.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        var root = new RootCommand("Makes sample evidence.") { ScenarioCommand(), SysmonCommand() };
        return root.Parse(args).Invoke();
    }

    private static Command ScenarioCommand()
    {
        var file = new Argument<FileInfo>("scenario.yml") { Description = "The scenario." };
        var folder = new Argument<DirectoryInfo>("folder") { Description = "Where the evidence goes." };
        var command = new Command("scenario", "Plays a scenario and writes the evidence that it leaves.") { file, folder };
        command.SetAction(parsed =>
        {
            (long records, long truths) = EvidenceFolder.Make(parsed.GetRequiredValue(file).FullName, parsed.GetRequiredValue(folder).FullName);
            Console.Out.WriteLine($"{records} event records; {truths} records and lines belong to the intrusion");
            return 0;
        });
        return command;
    }

    private static Command SysmonCommand()
    {
        var bytes = new Option<long>("--bytes") { Description = "How large the file becomes, in bytes.", Required = true };
        var seed = new Option<string>("--seed") { Description = "Another seed gives other values.", DefaultValueFactory = _ => "1" };
        var file = new Argument<FileInfo>("out.evtx") { Description = "The file to write." };
        var command = new Command("sysmon", "Writes one log of Sysmon-shaped records.") { bytes, seed, file };
        command.SetAction(parsed =>
        {
            long records = SysmonBenchmark.Write(parsed.GetRequiredValue(file).FullName, parsed.GetValue(bytes), parsed.GetValue(seed)!);
            Console.Out.WriteLine($"{records} records");
            return 0;
        });
        return command;
    }
}
