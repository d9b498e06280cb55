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
            else if (!knowledge.Find(name).Any())
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
            if (knowledge.Find(name).FirstOrDefault(static one => one.Kind == KnownKind.Software) is { } known)
            {
                Complain($"--new-malware: '{name}' is known: it is {known.Id} {known.Name}; give it with --software.");
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
            if (GivenObservations.Indicator(value, set, knowledge) is { } observation)
            {
                held++;
                _given.Add(observation);
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
            Add(sector.Trim().Length > 0 ? GivenObservations.VictimSector(sector) : null, $"--sector: name one, such as {string.Join(", ", GivenObservations.Sectors)}.");
        }

        if (country is not null)
        {
            Add(GivenObservations.VictimCountry(country), $"--country: '{country}' is no country; write its ISO 3166-1 code, such as GB, or its English name.");
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

    // Names go through the knowledge base, and what means several things is not guessed.
    private string? Find(string option, string name, KnownKind kind)
    {
        KnownName[] all = [.. knowledge.Find(name)], found = [.. all.Where(one => one.Kind == kind)];
        if (found.Length == 1)
        {
            return found[0].Id;
        }

        if (found.Length > 1)
        {
            Complain($"{option}: '{name}' has {found.Length} meanings; name one of them by its identifier.");
            foreach (KnownName one in found)
            {
                Hint($"{KnowledgeText.Kind(one.Kind)} {one.Id} {one.Name}");
            }

            return null;
        }

        Complain(all.Length > 0
            ? $"{option}: '{name}' is the {KnowledgeText.Kind(all[0].Kind)} {all[0].Id} {all[0].Name}, and no {KnowledgeText.Kind(kind)}."
            : $"{option}: no {KnowledgeText.Kind(kind)} is known under the name '{name}'.");
        const int most = 5;
        foreach (KnownName near in knowledge.Nearest(name, 4 * most).Where(one => one.Kind == kind).Take(most))
        {
            Hint($"Did you mean {near.Matched}? ({KnowledgeText.Kind(near.Kind)} {near.Id} {near.Name})");
        }

        return null;
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
