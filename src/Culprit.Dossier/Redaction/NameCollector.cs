using System.Net;
using System.Text.RegularExpressions;
using Culprit.Attribution;
using Culprit.Dossier.Text;
using Culprit.Events;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Dossier.Redaction;

/// <summary>Finds the names of a case: where the incident names them, and where fields of records do.</summary>
internal sealed partial class NameCollector
{
    private static readonly HashSet<string> AccountFields = new(StringComparer.OrdinalIgnoreCase)
    {
        "TargetUserName", "SubjectUserName", "TargetOutboundUserName", "User", "UserName", "ParentUser", "SourceUser", "TargetUser", "AccountName", "SamAccountName",
        "OldTargetUserName", "NewTargetUserName", "MemberName", "cs-username", "UserContext", "RunAsUser", "Detection User",
    };

    private static readonly HashSet<string> HostFields = new(StringComparer.OrdinalIgnoreCase)
    {
        "Computer", "WorkstationName", "Workstation", "s-computername", "DestinationHostname", "SourceHostname", "TargetServerName", "ClientName", "DCName",
    };

    private static readonly HashSet<string> DomainFields = new(StringComparer.OrdinalIgnoreCase)
    {
        "TargetDomainName", "SubjectDomainName", "TargetOutboundDomainName", "DomainName",
    };

    private readonly RedactionKinds _kinds;
    private readonly PseudonymBook _book;

    // What hosts are called of which no record says the name: words and the path of a log, and no name to hide.
    private readonly HashSet<string> _unnamed = new(StringComparer.Ordinal);

    public NameCollector(RedactionKinds kinds, PseudonymBook book)
    {
        _kinds = kinds;
        _book = book;
    }

    public void Collect(DossierInput input)
    {
        foreach (Incident incident in input.Incidents.Select(static of => of.Incident))
        {
            _unnamed.UnionWith(incident.Events.Where(static happened => happened.Host.Length == 0).Select(static happened => happened.Machine));
            Story(incident.Story);
            foreach (IncidentHost host in incident.Hosts)
            {
                Host(host.Name);
            }

            foreach (IncidentName account in incident.Accounts)
            {
                Account(account.Name);
            }

            foreach (IncidentName address in incident.Addresses)
            {
                Outside(address.Name);
            }

            foreach (IncidentEvent happened in incident.Events)
            {
                Event(happened);
            }
        }

        foreach (WeighedObservation one in input.Incidents.SelectMany(static of => of.Assessment?.Observations ?? []))
        {
            Observed(one.Observation);
        }

        foreach (string host in input.Sources.SelectMany(static source => source.Hosts))
        {
            Host(host);
        }
    }

    // Addresses are found wherever they stand; names of the intruder's hosts are known by this alone.
    private void Observed(Observation observation)
    {
        if (observation.Kind is ObservationKind.Indicator && observation.Indicators.Any(static claim => claim.Kind is IndicatorKind.Domain))
        {
            Outside(observation.Value);
        }
    }

    private void Story(IncidentStory? story)
    {
        if (story is null)
        {
            return;
        }

        foreach (HostFall fall in story.HostsFallen)
        {
            Host(fall.Host);
        }

        foreach (AccountUse use in story.AccountsUsed)
        {
            Account(use.Account);
        }

        foreach (Movement movement in story.Movements)
        {
            Host(movement.From);
            Host(movement.To);
            Account(movement.Account);
        }

        foreach (TakenData taken in story.Taken)
        {
            Host(taken.Host);
        }

        foreach (CommandChannel channel in story.Channels)
        {
            Outside(channel.Value);
        }

        foreach (IncidentIndicator indicator in story.Indicators)
        {
            switch (indicator.Kind)
            {
                case "account": Account(indicator.Value); break;
                case "ipv4" or "ipv6" or "domain": Outside(indicator.Value); break;
                default: break;
            }
        }

        var waiting = new Stack<ProcessTree>(story.Processes.Reverse());
        while (waiting.TryPop(out ProcessTree? process))
        {
            Host(process.Host);
            Account(process.Account);
            foreach (ProcessTree child in process.Children.Reverse())
            {
                waiting.Push(child);
            }
        }
    }

    private void Event(IncidentEvent happened)
    {
        Host(happened.Host);
        Host(happened.Machine);
        Account(happened.Account);
        foreach (EventField field in happened.Fields)
        {
            string value = field.Value ?? "";
            if (AccountFields.Contains(field.Name))
            {
                Account(value);
            }
            else if (HostFields.Contains(field.Name))
            {
                Host(value);
            }
            else if (DomainFields.Contains(field.Name))
            {
                Domain(value);
            }

            foreach (Match match in Profile().Matches(value))
            {
                Account(match.Groups["name"].Value);
            }
        }
    }

    private void Account(string text)
    {
        string name = text.Trim();
        int slash = name.LastIndexOf('\\');
        if (slash >= 0)
        {
            if (Names.IsBuiltIn(name[..slash]))
            {
                return;
            }

            Domain(name[..slash]);
            name = name[(slash + 1)..];
        }

        int at = name.IndexOf('@', StringComparison.Ordinal);
        if (at > 0)
        {
            Domain(name[(at + 1)..]);
            name = name[..at];
        }

        if (name.EndsWith('$'))
        {
            Host(name[..^1]);
        }
        else if (_kinds.HasFlag(RedactionKinds.Accounts) && !Names.IsBuiltIn(name))
        {
            _book.Add("account", name);
        }
    }

    private void Host(string text)
    {
        string name = text.Trim().TrimStart('\\').TrimEnd('.', '$');
        if (_unnamed.Contains(text) || IPAddress.TryParse(name, out _))
        {
            return; // Addresses are found wherever they stand.
        }

        int dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0)
        {
            Domain(name[(dot + 1)..]);
            name = name[..dot];
        }

        if (_kinds.HasFlag(RedactionKinds.Hosts) && !Names.IsBuiltIn(name) && !name.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            _book.Add("host", name);
        }
    }

    private void Domain(string text)
    {
        string name = text.Trim().Trim('.', '\\');
        if (_kinds.HasFlag(RedactionKinds.Hosts) && !Names.IsBuiltIn(name) && !IPAddress.TryParse(name, out _))
        {
            _book.Add("domain", name);
        }
    }

    private void Outside(string name)
    {
        if (_kinds.HasFlag(RedactionKinds.Addresses) && name.Length > 0)
        {
            _book.Add("address", name);
        }
    }

    [GeneratedRegex(@"(?:\\Users\\|\\Documents and Settings\\|/home/|/Users/)(?<name>[^\\/:*?""<>|\r\n]{1,64})(?=[\\/])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Profile();
}
