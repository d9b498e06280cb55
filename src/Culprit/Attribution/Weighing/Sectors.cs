namespace Culprit.Attribution.Weighing;

/// <summary>Sectors under one name each, since origins spell them in many ways.</summary>
internal static class Sectors
{
    // The first that fits: hospitality stands before hospitals, and non-governmental organisations before governments.
    private static readonly (string Name, string[] Words)[] Known =
    [
        ("aerospace", ["aerospace", "aviation", "satellite", "space", "airline"]),
        ("defence", ["defense", "defence", "military", "army", "weapon"]),
        ("education", ["education", "universit", "academi", "school"]),
        ("energy", ["energy", "oil", "gas", "electric", "nuclear", "petro", "utilit"]),
        ("finance", ["financ", "bank", "insurance", "crypto", "payment"]),
        ("civil society", ["civil society", "ngo", "non-government", "non government", "nongovernment", "activis", "dissident", "human rights"]),
        ("government", ["government", "ministr", "diplom", "embass", "public sector", "administration", "election"]),
        ("hospitality", ["hospitality", "hotel", "travel", "tourism", "retail", "restaurant"]),
        ("health", ["health", "hospital", "pharma", "medic", "biotech", "vaccine"]),
        ("research", ["research", "laborator", "think tank", "scien"]),
        ("technology", ["technology", "software", "semiconductor", "high-tech", "hi-tech", "electronics", "it services", "gaming"]),
        ("telecommunications", ["telecom", "internet service"]),
        ("media", ["media", "journal", "news", "broadcast"]),
        ("transport", ["transport", "maritime", "shipping", "logistic", "automotive", "rail"]),
        ("manufacturing", ["manufactur", "industr", "engineering", "construction", "chemical"]),
    ];

    /// <summary>The names of sectors that are told apart.</summary>
    public static IEnumerable<string> Names => Known.Select(static k => k.Name);

    /// <summary>The sector's one name; the text itself, in lower case, where it is none of those.</summary>
    public static string Of(string text)
    {
        foreach ((string name, string[] words) in Known)
        {
            if (words.Any(w => text.Contains(w, StringComparison.OrdinalIgnoreCase)))
            {
                return name;
            }
        }

        return text.Trim().ToLowerInvariant();
    }
}
