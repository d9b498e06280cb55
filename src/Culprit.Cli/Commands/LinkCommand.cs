using System.Collections.Immutable;
using System.CommandLine;
using Culprit.Attribution;
using Culprit.Cases;
using Culprit.Cli.Attribution;
using Culprit.Cli.Cases;
using Culprit.Cli.Knowledge;
using Culprit.Cli.Output;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit link</c>: which incidents of several cases are likely the same campaign.</summary>
internal static class LinkCommand
{
    public static Command Create(CliHost host)
    {
        var folders = new Argument<string[]>("CASE") { Description = "The cases' folders; nothing is written to them", Arity = ArgumentArity.OneOrMore };
        Option<IncidentSeverity> least = ChoiceOption.Create(
            "--min", "Compare incidents of at least this severity", IncidentSeverity.Medium,
            ("low", IncidentSeverity.Low), ("medium", IncidentSeverity.Medium), ("high", IncidentSeverity.High), ("critical", IncidentSeverity.Critical));
        least.HelpName = "SEVERITY";
        var rate = new Option<double>("--base-rate")
        {
            Description = "How likely an incident has a companion among those compared, before anything is compared: more than 0 and less than 1",
            HelpName = "P",
            DefaultValueFactory = static _ => CampaignLinker.DefaultBaseRate,
            CustomParser = static result => RateOption.Parse(result, "--base-rate", "0.1") ?? CampaignLinker.DefaultBaseRate,
        };
        Option<string?> knowledge = KnowledgeFiles.Option();
        Option<LinkFormat> format = ChoiceOption.Create("--format", "How it is written", LinkFormat.Text, ("text", LinkFormat.Text), ("json", LinkFormat.Json));
        var output = new Option<string?>("--out") { Description = "Write it to this file rather than to standard output", HelpName = "FILE" }.OutsideCases();
        var command = new Command("link", "Say which incidents of several cases are likely the same campaign") { folders.WithoutOptions(), least, rate, knowledge, format, output };
        command.SetAction(parsed => Run(
            new Request(parsed.GetRequiredValue(folders), parsed.GetValue(least), parsed.GetValue(rate), parsed.GetValue(knowledge), parsed.GetValue(format), parsed.GetValue(output)), host));
        return command;
    }

    private static int Run(Request request, CliHost host)
    {
        if (request.Output is "")
        {
            return Usage(host, "--out names no file.");
        }

        KnowledgeBase knowledge;
        try
        {
            knowledge = KnowledgeFiles.Load(request.Knowledge, host).Base;
        }
        catch (KnowledgeException e)
        {
            return Usage(host, "nothing was compared: " + e.Message + ".");
        }

        var read = new List<ReadCase>();
        int left = 0;
        foreach (string folder in request.Folders)
        {
            int code = CaseText.Read(folder, host, opened =>
            {
                if (read.Find(r => r.Id == opened.Id) is { } before)
                {
                    return Usage(host, $"{folder} is the same case as {before.Folder}; give each case once.");
                }

                ImmutableArray<LinkedIncident> incidents = CaseIncidentsToLink.Of(opened, request.Least, knowledge, host.Stop);
                left += opened.Incidents.Length - incidents.Length;
                read.Add(new ReadCase(folder, opened.Id, opened.Name, incidents));
                return ExitCodes.Done;
            });
            if (code != ExitCodes.Done)
            {
                return code;
            }
        }

        LinkedIncident[] all = [.. read.SelectMany(r => r.Incidents.Select(i => i with { Case = Label(r, read) }))];
        if (all.Length > CampaignLinker.MaxIncidents)
        {
            return Usage(host, $"there are {all.Length} incidents, and {CampaignLinker.MaxIncidents} at most can be compared; raise --min.");
        }

        CampaignLinks links = new CampaignLinker(knowledge).Link(all, request.BaseRate, host.Stop);
        if (left > 0)
        {
            host.Error.WriteLine($"culprit: {Words.Count(left, "incident")} of less severity not compared; --min low compares all.");
        }

        return request.Format == LinkFormat.Json
            ? ResultOutput.Write(request.Output, host, stream => LinkJson.Write(stream, links))
            : ResultOutput.WritePage(request.Output, host, page => new LinkPage(page).Write(links, read.Count));
    }

    // Cases that go by one name are told apart by their folders, and so is a case that is called as another one's folder is: no two have one label,
    // whichever is given first.
    private static string Label(ReadCase one, List<ReadCase> all) =>
        one.Name.Length > 0 && all.TrueForAll(o => o == one || (o.Name != one.Name && o.Folder != one.Name)) ? one.Name : one.Folder;

    private static int Usage(CliHost host, string message)
    {
        host.Error.WriteLine("culprit: " + host.Safe(message));
        return ExitCodes.Usage;
    }

    private enum LinkFormat
    {
        Text,
        Json,
    }

    /// <summary>A case that was read.</summary>
    /// <param name="Folder">Its folder, as the user gave it.</param>
    /// <param name="Id">Its identifier.</param>
    /// <param name="Name">Its name; other cases may have it too.</param>
    /// <param name="Incidents">The incidents that are compared, their case called by its identifier.</param>
    private sealed record ReadCase(string Folder, string Id, string Name, ImmutableArray<LinkedIncident> Incidents);

    private sealed record Request(string[] Folders, IncidentSeverity Least, double BaseRate, string? Knowledge, LinkFormat Format, string? Output);
}
