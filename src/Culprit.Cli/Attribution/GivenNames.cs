using System.Collections.Immutable;
using System.Globalization;
using Culprit.Attribution;
using Culprit.Cli.Indicators;
using Culprit.Cli.Knowledge;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;

namespace Culprit.Cli.Attribution;

/// <summary>What a user typed, as observations and base rates. What is not understood is said, each with what it may have meant.</summary>
internal sealed class GivenNames(KnowledgeBase knowledge, CliHost host)
{
    private readonly MeantNames _meant = new(knowledge, host);
    private readonly ImmutableArray<Observation>.Builder _given = ImmutableArray.CreateBuilder<Observation>();

    /// <summary>Whether everything was understood so far.</summary>
    public bool Understood { get; private set; } = true;

    /// <summary>What was understood.</summary>
    public ImmutableArray<Observation> Observations => [.. _given];

    /// <summary>Takes techniques by identifier or name.</summary>
    public void Techniques(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (Find("--techniques", name, KnownKind.Technique) is { } id)
            {
                _given.Add(GivenObservations.Technique(knowledge.Technique(id)!, knowledge));
            }
        }
    }

    /// <summary>Takes software by identifier, name or alias.</summary>
    public void Software(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (Find("--software", name, KnownKind.Software) is { } id)
            {
                _given.Add(GivenObservations.Software(knowledge.SoftwareOf(id)!));
            }
            else if (!knowledge.Find(name).Any() && KnowledgeText.UnknownIdentifier(name, knowledge) is null)
            {
                Hint($"If it is malware, and not a tool that anybody may have: malware that the knowledge base does not hold is evidence too, --new-malware '{name}'.");
            }
        }
    }

    /// <summary>Takes names of malware that nobody is known for. One that is known is not taken for new.</summary>
    public void NewMalware(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            KnownName[] known = [.. knowledge.Find(name)];
            if (known.FirstOrDefault(static one => one.Kind == KnownKind.Software) is { } software)
            {
                Complain($"--new-malware: '{name}' is known: it is {software.Id} {software.Name}; give it with --software.");
            }
            else if (known.Length > 0)
            {
                Complain($"--new-malware: '{name}' is no malware: it is {known[0].Id} {known[0].Name}.");
            }
            else if (GivenObservations.SoftwareOfThreat(name, knowledge) is { } threat)
            {
                Complain($"--new-malware: '{name}' is known, as antivirus writes it: it is {threat.Id} {threat.Name}; give it with --software.");
            }
            else
            {
                Add(GivenObservations.NewMalware(name), $"--new-malware: '{name}' is no name; give one of at most 100 characters.");
            }
        }
    }

    /// <summary>Takes CVE identifiers.</summary>
    public void Vulnerabilities(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            Add(GivenObservations.Vulnerability(name), $"--vulnerabilities: '{name}' is no CVE identifier; write it as CVE-2021-44228.");
        }
    }

    /// <summary>Takes addresses, domains, URLs, hashes and paths that were met.</summary>
    /// <exception cref="IndicatorFileException">One of the lists cannot be read.</exception>
    public void Indicators(IReadOnlyCollection<string> values, IndicatorChoice lists)
    {
        if (values.Count == 0)
        {
            if (lists.Paths.Count > 0)
            {
                Complain("--lists: there is nothing to look for in them; name it with --indicators.");
            }

            return;
        }

        IndicatorSet set = lists.Load(host);
        int held = 0;
        foreach (string value in values)
        {
            if (GivenObservations.Indicators(value, set, knowledge) is { IsEmpty: false } observations)
            {
                held++;
                _given.AddRange(observations);
            }
            else
            {
                host.Error.WriteLine("culprit: " + host.Safe($"--indicators: no list of a group holds '{value}', so it says nothing of who did it."));
            }
        }

        // Of a whole list of what was met a few values may be known, and the others are told; where none is, there is nothing to weigh.
        Understood &= held > 0;
    }

    /// <summary>Takes the victim's sector, country and the intruder's hours; null where they were not given.</summary>
    public void Surroundings(string? sector, string? country, string? hours)
    {
        if (sector is not null)
        {
            string known = string.Join(", ", GivenObservations.Sectors);
            Observation? victim = sector.Trim().Length == 0 ? null : GivenObservations.VictimSector(sector);
            if (victim is null || !(GivenObservations.Attacked(victim, knowledge) || GivenObservations.Sectors.Contains(victim.Value, StringComparer.Ordinal)))
            {
                Complain(victim is null ? $"--sector: name one, such as {known}." : $"--sector: no group is known to have attacked the sector '{sector}', so it says nothing of who did it; name one of {known}, or none.");
            }
            else
            {
                _meant.TellSector("--sector", sector.Trim(), victim.Value);
                AddVictim("--sector", victim);
            }
        }

        if (country is not null)
        {
            if (GivenObservations.VictimCountry(country) is { } victim)
            {
                AddVictim("--country", victim);
            }
            else
            {
                Complain($"--country: '{country}' is no country; write its ISO 3166-1 code, such as GB, or its English name.");
            }
        }

        if (hours is not null)
        {
            Add(GivenObservations.Hours(hours), $"--hours: '{hours}' is no distance from UTC; write it as +08:00.");
        }
    }

    /// <summary>Reads factors on the odds of groups, as <c>G0016=2</c>.</summary>
    public ImmutableSortedDictionary<string, double> BaseRates(IEnumerable<string> texts)
    {
        ImmutableSortedDictionary<string, double>.Builder factors = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            int equals = text.LastIndexOf('=');
            if (equals < 1 || !double.TryParse(text.AsSpan(equals + 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double factor)
                || factor is not (>= 0.000001 and <= 1_000_000))
            {
                Complain($"--base-rate: '{text}' is no factor on a group's odds; write it as G0016=2, with a number from 0.000001 to 1000000.");
            }
            else if (Find("--base-rate", text[..equals], KnownKind.Group) is { } id && !factors.TryAdd(id, factor))
            {
                Complain($"--base-rate: {id} is given twice.");
            }
        }

        return factors.ToImmutable();
    }

    private string? Find(string option, string name, KnownKind kind)
    {
        string? id = _meant.IdOf(option, name, kind);
        Understood &= id is not null;
        return id;
    }

    // What no group is known for makes none likelier than the others, and would stand against all of whose victims something is known.
    private void AddVictim(string option, Observation victim)
    {
        if (GivenObservations.Attacked(victim, knowledge))
        {
            _given.Add(victim);
        }
        else
        {
            host.Error.WriteLine("culprit: " + host.Safe($"{option}: of no group is it known that it attacked anybody there ({victim.Name}), so it says nothing of who did it and is left out."));
        }
    }

    private void Add(Observation? observation, string otherwise)
    {
        if (observation is null)
        {
            Complain(otherwise);
        }
        else
        {
            _given.Add(observation);
        }
    }

    private void Complain(string problem)
    {
        Understood = false;
        host.Error.WriteLine("culprit: " + host.Safe(problem));
    }

    private void Hint(string hint) => host.Error.WriteLine("  " + host.Safe(hint));
}
