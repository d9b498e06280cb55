using System.Globalization;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Attribution.Observing;

/// <summary>
/// Which events of an incident tell of one act. Windows writes several records of one thing: a directory is replicated in three parts, a service that is
/// installed stands in System, Security and Sysmon's log of the registry, and a process that is started in Security and in Sysmon's log. Signs are counted by acts, and cite events.
/// </summary>
internal sealed class EventActs
{
    private static readonly long SameRecords = TimeSpan.FromSeconds(5).Ticks, SameService = TimeSpan.FromMinutes(1).Ticks;

    // By the number of an event, that of an earlier one of the same act, or its own.
    private readonly int[] _before;

    /// <summary>
    /// Finds them: events of one host by one provider, of one identifier, that the same rules found within five seconds of the first of them, the start of one
    /// process of one host within as long, and what tells of one service of one host within a minute. An event without a time is an act of its own, and so is one
    /// that no rule found, unless it tells of a service or the start of a process.
    /// </summary>
    public EventActs(Incident incident)
    {
        _before = [.. Enumerable.Range(0, incident.Events.Length)];
        IncidentEvent[] timed = [.. incident.Events.Where(static e => e.Time.Certainty != TimeCertainty.Unknown).OrderBy(static e => e.Time.UtcTicks).ThenBy(static e => e.Number)];
        var first = new Dictionary<string, IncidentEvent>(StringComparer.Ordinal);
        foreach (IncidentEvent one in timed)
        {
            Join(one, RecordOf(one), SameRecords);
            Join(one, StartOf(one), SameRecords);
            Join(one, ServiceOf(one), SameService);
        }

        void Join(IncidentEvent one, string key, long within)
        {
            if (key.Length == 0)
            {
                return;
            }

            if (first.TryGetValue(key, out IncidentEvent? begun) && one.Time.UtcTicks - begun.Time.UtcTicks <= within)
            {
                int a = Of(begun.Number), b = Of(one.Number);
                _before[Math.Max(a, b)] = Math.Min(a, b);
            }
            else
            {
                first[key] = one;
            }
        }
    }

    /// <summary>The act of an event, by the least number of the events that tell of it.</summary>
    public int Of(int number)
    {
        while (_before[number] != number)
        {
            number = _before[number] = _before[_before[number]];
        }

        return number;
    }

    private static string RecordOf(IncidentEvent one) => one.Rules.IsEmpty || one.Kind != RecordKind.WindowsEvent ? ""
        : $"{one.Machine}\n{one.Provider}\n{one.Channel}\n{one.EventId}\n" + string.Join('\n', one.Rules.Order(StringComparer.Ordinal));

    // Numbers of processes are given out again, but not within seconds.
    private static string StartOf(IncidentEvent one)
    {
        uint process = ClueText.Number((EventWriters.Of(one), one.EventId) switch
        {
            (EventWriter.Security, 4688) => one.Value("NewProcessId"),
            (EventWriter.Sysmon, 1) => one.Value("ProcessId"),
            _ => "",
        });
        return process == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"process\n{one.Machine.ToUpperInvariant()}\n{process}");
    }

    private static string ServiceOf(IncidentEvent one)
    {
        string name = (EventWriters.Of(one), one.EventId) switch
        {
            (EventWriter.Services, 7045) or (EventWriter.Security, 4697) => one.Value("ServiceName"),
            (EventWriter.Sysmon, 12 or 13) => OfKey(one.Value("TargetObject")),
            _ => "",
        };
        return name.Length == 0 ? "" : $"service\n{one.Machine.ToUpperInvariant()}\n{name.ToUpperInvariant()}";
    }

    // HKLM\System\CurrentControlSet\Services\NAME\ImagePath
    private static string OfKey(string key)
    {
        const string services = @"\Services\";
        int at = key.StartsWith("HKLM", StringComparison.OrdinalIgnoreCase) ? key.IndexOf(services, StringComparison.OrdinalIgnoreCase) : -1;
        return at < 0 ? "" : key[(at + services.Length)..].Split('\\')[0];
    }
}
