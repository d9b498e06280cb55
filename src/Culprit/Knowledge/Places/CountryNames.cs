using System.Collections.Frozen;

namespace Culprit.Knowledge.Places;

/// <summary>Names of countries and of what is of them, and their ISO 3166-1 alpha-2 codes.</summary>
internal static partial class CountryNames
{
    private static readonly Lazy<Tables> Known = new(static () => new Tables());

    /// <summary>The code that a country's name or code means; null where it is none.</summary>
    public static string? Code(string name) => Known.Value.ByName.GetValueOrDefault(name.Trim());

    /// <summary>The short English name of a code; the code itself where it is unknown.</summary>
    public static string Name(string code) => Known.Value.ByCode.GetValueOrDefault(code) ?? code;

    /// <summary>Words that say of what country something is, such as <c>North Korean</c>, <c>China</c> or <c>PRC</c>, with the codes.</summary>
    public static IReadOnlyDictionary<string, string> Attributes => Known.Value.Attributes;

    private sealed class Tables
    {
        public Tables()
        {
            Dictionary<string, string> byName = new(StringComparer.OrdinalIgnoreCase);
            Dictionary<string, string> byCode = new(StringComparer.Ordinal);
            Dictionary<string, string> attributes = new(StringComparer.Ordinal);
            foreach (string line in Table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                string[] cells = line.Split('|');
                string code = cells[0];
                byCode.Add(code, cells[1].Split(';')[0]);
                byName.Add(code, code);
                foreach (string name in cells[1].Split(';'))
                {
                    byName.Add(name, code);
                    attributes.TryAdd(name, code);
                }

                foreach (string adjective in cells[2].Split(';', StringSplitOptions.RemoveEmptyEntries))
                {
                    attributes.TryAdd(adjective, code);
                }
            }

            ByName = byName.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
            ByCode = byCode.ToFrozenDictionary(StringComparer.Ordinal);
            Attributes = attributes.ToFrozenDictionary(StringComparer.Ordinal);
        }

        public FrozenDictionary<string, string> ByName { get; }

        public FrozenDictionary<string, string> ByCode { get; }

        public FrozenDictionary<string, string> Attributes { get; }
    }
}
