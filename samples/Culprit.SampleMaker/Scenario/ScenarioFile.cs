using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Culprit.SampleMaker.Scenario;

/// <summary>A scenario as it is written down: who is there, what an ordinary day is like, and what the intruder does.</summary>
internal sealed class ScenarioFile
{
    public string Title { get; set; } = "";

    public string Seed { get; set; } = "";

    public string Domain { get; set; } = "";

    public string Netbios { get; set; } = "";

    public string From { get; set; } = "";

    public int Days { get; set; }

    public WebEntry Web { get; set; } = new();

    public List<HostEntry> Hosts { get; set; } = [];

    public List<AccountEntry> Accounts { get; set; } = [];

    public NoiseEntry Noise { get; set; } = new();

    public IntruderEntry Intruder { get; set; } = new();

    public List<StepEntry> Intrusion { get; set; } = [];

    /// <summary>Reads a scenario. Unknown keys are errors, so that a slip of the pen does not go unnoticed.</summary>
    public static ScenarioFile Read(string path)
    {
        using var reader = new StreamReader(path);
        return new DeserializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .Build()
            .Deserialize<ScenarioFile>(reader);
    }
}

internal sealed class WebEntry
{
    public string Host { get; set; } = "";

    public string Portal { get; set; } = "";
}

internal sealed class HostEntry
{
    public string Name { get; set; } = "";

    public string Ip { get; set; } = "";

    public string Role { get; set; } = "";

    public bool Sysmon { get; set; }

    public string User { get; set; } = "";
}

internal sealed class AccountEntry
{
    public string Name { get; set; } = "";

    public bool Admin { get; set; }
}

/// <summary>How much of each kind of ordinary life a working day brings; weekends bring a fifth.</summary>
internal sealed class NoiseEntry
{
    public int BackgroundTasks { get; set; }

    public int BrowserWindows { get; set; }

    public int Documents { get; set; }

    public int NetworkLogons { get; set; }

    public int KerberosTickets { get; set; }

    public int WebVisits { get; set; }

    public int WebProbes { get; set; }

    public int ScannerRequests { get; set; }
}

internal sealed class IntruderEntry
{
    public string Ip { get; set; } = "";

    public string Agent { get; set; } = "";
}

internal sealed class StepEntry
{
    public string At { get; set; } = "";

    public string Host { get; set; } = "";

    public string Phase { get; set; } = "";

    public string Technique { get; set; } = "";

    public string What { get; set; } = "";

    /// <summary>What happens, in order: each entry is one verb with its details.</summary>
    public List<Dictionary<string, Dictionary<string, string>>> Do { get; set; } = [];
}
