using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Culprit.Cli.Cases;

/// <summary>The options of <c>investigate</c> that speak of a case.</summary>
internal sealed class CaseOptions
{
    private const int DefaultMebibytes = 512;

    private readonly Option<string?> _folder = new("--case")
    {
        Description = "Keep a case in this folder: findings, incidents, what they rest on, and who did what to it; read only evidence that it does not have",
        HelpName = "DIR",
    };

    private readonly Option<string?> _name = new("--case-name") { Description = "What a new case is called; its folder's name unless given", HelpName = "NAME" };

    private readonly Option<bool> _rejudge = new("--rejudge") { Description = "Read all evidence of the case again, by other rules or options than before" };

    private readonly Option<bool> _keepEvents = new("--keep-events") { Description = "Keep every event that is read in the case too, as Parquet" };

    private readonly Option<int> _commitEvery = new("--commit-every")
    {
        Description = "How many MiB of evidence are read before the case keeps what was found; 512 unless given",
        HelpName = "MIB",
        CustomParser = static result => ParseMebibytes(result),
        DefaultValueFactory = static _ => DefaultMebibytes,
    };

    private readonly Option<Uri?> _timestamp = new("--timestamp")
    {
        Description = "Ask this authority for a time stamp (RFC 3161) over the case; it learns a hash and nothing else",
        HelpName = "URL",
        CustomParser = static result => ParseAddress(result),
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_folder);
        command.Add(_name);
        command.Add(_rejudge);
        command.Add(_keepEvents);
        command.Add(_commitEvery);
        command.Add(_timestamp);
    }

    /// <summary>What was given; null where no case is to be kept.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="problem">What is wrong with it; empty where nothing is.</param>
    public CaseChoice? Read(ParseResult parsed, out string problem)
    {
        string? folder = parsed.GetValue(_folder);
        string? unused = parsed.GetValue(_rejudge) ? _rejudge.Name
            : parsed.GetValue(_keepEvents) ? _keepEvents.Name
            : parsed.GetValue(_name) is not null ? _name.Name
            : parsed.GetValue(_timestamp) is not null ? _timestamp.Name
            : parsed.GetResult(_commitEvery) is { Implicit: false } ? _commitEvery.Name
            : null;
        problem = folder is "" ? "--case names no folder."
            : folder is null && unused is not null ? $"{unused} says something of a case, and --case names none."
            : "";
        return folder is null
            ? null
            : new CaseChoice(folder, parsed.GetValue(_name), parsed.GetValue(_rejudge), parsed.GetValue(_keepEvents), (long)parsed.GetValue(_commitEvery) << 20, parsed.GetValue(_timestamp));
    }

    private static Uri? ParseAddress(ArgumentResult result)
    {
        string text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
        {
            return address;
        }

        result.AddError($"'{text}' is no http or https address of a time stamp authority.");
        return null;
    }

    private static int ParseMebibytes(ArgumentResult result)
    {
        string text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int mebibytes) && mebibytes > 0)
        {
            return mebibytes;
        }

        result.AddError($"'{text}' is no number of MiB. Give one from 1 on.");
        return DefaultMebibytes;
    }
}

/// <summary>The case that a user asks for.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Name">What it is called when it is new; null where the user does not say.</param>
/// <param name="Rejudge">Whether all evidence is read again.</param>
/// <param name="KeepEvents">Whether events are kept.</param>
/// <param name="CommitEvery">After how many bytes of evidence it is committed.</param>
/// <param name="Timestamp">The authority that is asked for a time stamp; null asks none.</param>
internal sealed record CaseChoice(string Folder, string? Name, bool Rejudge, bool KeepEvents, long CommitEvery, Uri? Timestamp);
