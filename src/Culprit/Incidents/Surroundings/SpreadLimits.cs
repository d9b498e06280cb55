using Culprit.Incidents.Joining;

namespace Culprit.Incidents.Surroundings;

/// <summary>
/// How near in time, and how rare, something must be to carry an incident on to another event, besides what holds for findings too (<see cref="Nearness"/>).
/// </summary>
internal static class SpreadLimits
{
    /// <summary>Around a finding, for what a process does that serves others too.</summary>
    public static readonly TimeSpan NearProcess = TimeSpan.FromMinutes(10);

    /// <summary>After something happened on a host, for logons that come from it.</summary>
    public static readonly TimeSpan AfterActivity = TimeSpan.FromMinutes(10);

    /// <summary>The same for an account that the incident is known to use, and that does not usually come from that host.</summary>
    public static readonly TimeSpan AfterActivityOfAccount = Nearness.OfAccount;

    /// <summary>After a share was reached, for files that the kernel writes there.</summary>
    public static readonly TimeSpan AfterArrival = TimeSpan.FromSeconds(15);

    /// <summary>Before it: clocks and the order of writing differ.</summary>
    public static readonly TimeSpan BeforeActivity = TimeSpan.FromMinutes(2);

    /// <summary>Around a logon, for its connection.</summary>
    public static readonly TimeSpan AroundLink = TimeSpan.FromSeconds(10);

    /// <summary>Before a web server starts a process, for the request that made it do so.</summary>
    public static readonly TimeSpan BeforeWebStart = TimeSpan.FromSeconds(5);

    /// <summary>After it: a request is often written down with its end, and to the second.</summary>
    public static readonly TimeSpan AfterWebStart = TimeSpan.FromSeconds(2);

    /// <summary>A session of no more events than this, within an hour, is of one purpose.</summary>
    public const int SmallSession = 60;

    /// <summary>A session that the intruder opened from elsewhere is the intruder's up to this many events.</summary>
    public const int LargeSession = 20_000;

    /// <summary>A file in more events than this tells nobody apart.</summary>
    public const int RareFile = 50;

    /// <summary>An outside address in more events than this is a service that many use.</summary>
    public const int RareAddress = 20_000;

    /// <summary>How long a small session lasts at most.</summary>
    public static readonly TimeSpan ShortSession = TimeSpan.FromHours(1);
}
