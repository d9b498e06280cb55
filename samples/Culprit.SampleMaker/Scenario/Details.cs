using System.Globalization;

namespace Culprit.SampleMaker.Scenario;

/// <summary>The details of one verb of a step. Asking for one that is missing, or leaving one unused, is an error.</summary>
internal sealed class Details(string verb, Dictionary<string, string> values)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public string Need(string name) => Get(name) ?? throw new InvalidDataException($"{verb}: needs '{name}'");

    public string? Get(string name)
    {
        _used.Add(name);
        return values.GetValueOrDefault(name);
    }

    public string Get(string name, string otherwise) => Get(name) ?? otherwise;

    public int Number(string name, int otherwise) =>
        Get(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public long Long(string name, long otherwise) =>
        Get(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public void AllUsed()
    {
        string? stranger = values.Keys.FirstOrDefault(k => !_used.Contains(k));
        if (stranger is not null)
        {
            throw new InvalidDataException($"{verb}: does not know '{stranger}'");
        }
    }
}
