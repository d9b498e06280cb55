using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Culprit.Attribution;
using Culprit.Cases;
using Culprit.Cli.Attribution;
using Culprit.Cli.Cases;
using Culprit.Cli.Indicators;
using Culprit.Cli.Knowledge;
using Culprit.Cli.Output;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit attribute</c>: who most likely did it, of a case's incidents or of what the user names.</summary>
internal sealed class AttributeCommand
{
    private const int DefaultTop = 10;

    private readonly Argument<string?> _folder = new("CASE")
    {
        Description = "The case's folder, which then keeps the assessment; left out where observations are given alone",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<int?> _incident = Number("--incident", "Assess this incident of the case alone, however grave it is", "N", 1, int.MaxValue);
    private readonly Option<string[]> _techniques = Names("--techniques", "Techniques that were observed: ATT&CK identifiers or names, with commas", "T..");
    private readonly Option<string[]> _software = Names("--software", "Malware and tools that were observed: identifiers, names or aliases, with commas", "S..");
    private readonly Option<string[]> _newMalware = Names("--new-malware", "Names of malware that was observed and that the knowledge base does not hold, with commas", "NAME..");
    private readonly Option<string[]> _vulnerabilities = Names("--vulnerabilities", "Vulnerabilities that were exploited, with commas", "CVE..");
    private readonly Option<string[]> _indicators = Names("--indicators", "Addresses, domains, URLs or hashes that were met and that a list may hold, with commas", "VALUE..");
    private readonly Option<string[]> _lists = new("--lists")
    {
        Description = "Look for --indicators in these lists too: a file (one value a line, STIX, MISP JSON, .facts.br) or a folder of them. May be given several times",
        HelpName = "FILE|DIR",
    };

    private readonly Option<string?> _sector = new("--sector") { Description = "The victim's sector, such as health, research or government", HelpName = "SECTOR" };
    private readonly Option<string?> _country = new("--country") { Description = "The victim's country: its ISO code or English name", HelpName = "CODE" };
    private readonly Option<string?> _hours = new("--hours") { Description = "The distance from UTC at whose office hours the intruder works", HelpName = "+HH:MM" };
    private readonly Option<int?> _year = Number("--year", "The year for which it is made; that of each incident, or of the newest report, unless given", "YEAR", 1990, 2999);
    private readonly Option<double?> _unknownRate = Rate();
    private readonly Option<string[]> _baseRates = new("--base-rate")
    {
        Description = "A factor on the odds of a group before anything is observed, such as G0016=2. May be given several times",
        HelpName = "GROUP=FACTOR",
    };

    private readonly Option<string?> _knowledge = KnowledgeFiles.Option();
    private readonly Option<ResultFormat> _format =
        ChoiceOption.Create("--format", "How to write it", ResultFormat.Table, ("text", ResultFormat.Table), ("json", ResultFormat.Jsonl));

    private readonly Option<string?> _output = new Option<string?>("--out") { Description = "Write it to this file rather than to standard output", HelpName = "FILE" }.OutsideCases();
    private readonly Option<int?> _top = Number("--top", "How many groups the page ranks; 10 unless given", "N", 1, 1000);

    private AttributeCommand()
    {
    }

    public static Command Create(CliHost host)
    {
        var own = new AttributeCommand();
        var command = new Command("attribute", "Say who most likely did it, how sure that is, and on what it rests")
        {
            own._folder.WithoutOptions(), own._incident, own._techniques, own._software, own._newMalware, own._vulnerabilities, own._indicators, own._lists, own._sector, own._country, own._hours, own._year,
            own._unknownRate, own._baseRates, own._knowledge, own._format, own._output, own._top,
        };
        command.Validators.Add(own.RefuseRestOfList);
        command.SetAction(parsed => own.Run(parsed, host));
        return command;
    }

    private int Run(ParseResult parsed, CliHost host)
    {
        KnowledgeInUse use;
        AssessmentRequest? request;
        try
        {
            use = KnowledgeFiles.Load(parsed.GetValue(_knowledge), host);
            request = RequestOf(parsed, use.Base, host);
        }
        catch (KnowledgeException e)
        {
            return Usage(host, "knowledge: " + e.Message + ".");
        }
        catch (IndicatorFileException e)
        {
            return Usage(host, "--lists: " + e.Message + ".");
        }

        if (request is null)
        {
            return Usage(host, "nothing was done.");
        }

        string? folder = parsed.GetValue(_folder);
        string problem = folder is null && request.Incident is not null ? "--incident means an incident of a case; name the case."
            : folder is null && request.Given.IsEmpty ? "name a case, or what was observed with --techniques, --software, --new-malware, --indicators or --vulnerabilities."
            : parsed.GetValue(_output) is "" ? "--out names no file."
            : "";
        if (problem.Length > 0)
        {
            return Usage(host, problem);
        }

        var show = new Showing(parsed.GetValue(_format), parsed.GetValue(_output), parsed.GetValue(_top) ?? DefaultTop);
        return folder is null
            ? Show(IncidentAssessor.Assess(request, use.Base, stop: host.Stop), use, show, host)
            : AssessCase(folder, request, use, show, host);
    }

    // A list with a space behind its comma is two arguments, and the second is taken for the case.
    private void RefuseRestOfList(CommandResult result)
    {
        if (result.GetValue(_folder) is { Length: > 0 } folder && !Path.Exists(folder)
            && (folder[0] == ',' || folder[^1] == ',' || KnowledgeText.IsIdentifier(folder) || Lists().Any(static token => token.Value.EndsWith(','))))
        {
            result.AddError($"'{folder}' is no case but looks like part of a list; write lists with commas and without spaces, or in quotes: --techniques T1505.003,T1560.001.");
        }

        IEnumerable<Token> Lists() => new[] { _techniques, _software, _newMalware, _vulnerabilities, _indicators }.SelectMany(option => result.GetResult(option)?.Tokens ?? []);
    }

    // What is asked for; null where some of it is not understood, which is told by then.
    private AssessmentRequest? RequestOf(ParseResult parsed, KnowledgeBase knowledge, CliHost host)
    {
        var names = new GivenNames(knowledge, host);
        names.Techniques(parsed.GetValue(_techniques) ?? []);
        names.Software(parsed.GetValue(_software) ?? []);
        names.NewMalware(parsed.GetValue(_newMalware) ?? []);
        names.Vulnerabilities(parsed.GetValue(_vulnerabilities) ?? []);
        names.Indicators(parsed.GetValue(_indicators) ?? [], new IndicatorChoice(parsed.GetValue(_lists) ?? [], BuiltIn: true));
        names.Surroundings(parsed.GetValue(_sector), parsed.GetValue(_country), parsed.GetValue(_hours));
        var request = new AssessmentRequest
        {
            Incident = parsed.GetValue(_incident),
            Year = parsed.GetValue(_year),
            UnknownBaseRate = parsed.GetValue(_unknownRate),
            GroupFactors = names.BaseRates(parsed.GetValue(_baseRates) ?? []),
            Given = names.Observations,
        };
        return names.Understood ? request : null;
    }

    private static int AssessCase(string folder, AssessmentRequest request, KnowledgeInUse use, Showing show, CliHost host)
    {
        AssessedIncidents? assessed = null;
        int kept = CaseText.Change(folder, host, actor => assessed = CaseRecorder.Attribute(folder, request, use.Base, actor, host.Stop), "");
        if (assessed is null)
        {
            return kept;
        }

        int shown = Show(assessed, use, show, host);
        bool told = File.Exists(Path.Combine(folder, CaseDossier.HtmlName));
        host.Error.WriteLine(
            $"culprit: the case {host.Safe(folder)} keeps this as attribution.json; "
            + (told ? $"its dossier is from before: write it again with 'culprit report {host.Safe(folder)}'." : $"'culprit report {host.Safe(folder)}' tells it."));
        return shown;
    }

    private static int Show(AssessedIncidents assessed, KnowledgeInUse use, Showing show, CliHost host) => show.Format == ResultFormat.Jsonl
        ? ResultOutput.Write(show.Output, host, assessed.Write)
        : ResultOutput.WritePage(show.Output, host, page => new AttributionPage(page, use, show.Top).Write(assessed));

    private static Option<string[]> Names(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = static result =>
            [.. result.Tokens.SelectMany(static token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
    };

    private static Option<int?> Number(string name, string description, string helpName, int least, int most) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            string text = Last(result);
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
            {
                return number;
            }

            result.AddError(most == int.MaxValue ? $"'{text}' is no number that {name} takes; give one from {least} on." : $"'{text}' is no number that {name} takes; give one from {least} to {most}.");
            return null;
        },
    };

    private static Option<double?> Rate() => new("--unknown-rate")
    {
        Description = "How often, of all intrusions, it is a group that is not known: more than 0 and less than 1; that of history unless given",
        HelpName = "RATE",
        CustomParser = static result => RateOption.Parse(result, "--unknown-rate", "0.4"),
    };

    private static string Last(ArgumentResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;

    private static int Usage(CliHost host, string problem)
    {
        host.Error.WriteLine("culprit: " + host.Safe(problem));
        return ExitCodes.Usage;
    }

    private sealed record Showing(ResultFormat Format, string? Output, int Top);
}
