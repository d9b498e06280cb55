using System.Globalization;
using Culprit.SampleMaker.Logs;
using Culprit.SampleMaker.Scenario;

namespace Culprit.SampleMaker.World;

/// <summary>The institute of a scenario: its hosts and accounts, and what its logs will hold.</summary>
internal sealed class Institute
{
    private readonly string _seed;
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _relativeIds = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _domainSid;

    public Institute(ScenarioFile file)
    {
        _seed = file.Seed;
        Domain = file.Domain;
        NetBios = file.Netbios;
        Start = DateTime.SpecifyKind(DateTime.ParseExact(file.From, "yyyy-MM-dd", CultureInfo.InvariantCulture), DateTimeKind.Utc);
        Days = file.Days;
        Dice dice = Dice("domain");
        _domainSid = string.Create(
            CultureInfo.InvariantCulture,
            $"S-1-5-21-{dice.Between(1_000_000_000, 2_000_000_000)}-{dice.Between(1_000_000_000, 2_000_000_000)}-{dice.Between(1_000_000_000, 2_000_000_000)}");
        foreach (AccountEntry entry in file.Accounts)
        {
            _accounts.Add(entry.Name, new Account(entry.Name, NetBios, SidOf(entry.Name), entry.Admin));
        }

        Hosts = [.. file.Hosts.Select(h => new Host(this, h.Name, h.Ip, h.Role, h.Sysmon))];
        Web = new WebLog(this, Host(file.Web.Host), file.Web.Portal);
    }

    public static Account SystemAccount { get; } = new("SYSTEM", "NT AUTHORITY", "S-1-5-18", IsAdmin: true);

    public string Domain { get; }

    public string NetBios { get; }

    public DateTime Start { get; }

    public int Days { get; }

    public IReadOnlyList<Host> Hosts { get; }

    public WebLog Web { get; }

    /// <summary>The time that is being written about; it decides which start of a machine a process belongs to.</summary>
    public DateTime Now { get; set; }

    /// <summary>The step of the intrusion that is being played; null while there is only ordinary life.</summary>
    public Truth? Current { get; set; }

    public IEnumerable<Account> Accounts => _accounts.Values;

    public Host DomainController => Hosts.First(h => h.Role == "dc");

    public Dice Dice(params string[] names) => new(_seed + "/" + string.Join('/', names));

    public Host Host(string name) =>
        Hosts.FirstOrDefault(h => string.Equals(h.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new InvalidOperationException("the scenario has no host " + name);

    public Account Account(string name) =>
        _accounts.TryGetValue(name, out Account? account)
            ? account
            : throw new InvalidOperationException("the scenario has no account " + name);

    public string SidOf(string name)
    {
        if (!_relativeIds.TryGetValue(name, out int id))
        {
            id = 1104 + _relativeIds.Count;
            _relativeIds.Add(name, id);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{_domainSid}-{id}");
    }
}
