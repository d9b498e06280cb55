using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Culprit.Dossier.Redaction;

/// <summary>Names and what stands for them, and the replacing of the one by the other in any text.</summary>
internal sealed partial class PseudonymBook
{
    // A name as short as this, or one of digits alone, is replaced where it stands as a word; a longer one also inside of others.
    private const int LongestWord = 5;
    private readonly RedactionKinds _kinds;
    private readonly Dictionary<string, RedactedName> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<RedactedName> _order = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private Dictionary<string, RedactedName>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private int[] _lengths = [];

    public PseudonymBook(RedactionKinds kinds) => _kinds = kinds;

    public ImmutableArray<RedactedName> Names => [.. _order];

    /// <summary>Gives a name its pseudonym, once.</summary>
    public string Add(string kind, string name)
    {
        if (_names.TryGetValue(name, out RedactedName? known))
        {
            return known.Pseudonym;
        }

        string pseudonym;
        do
        {
            _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
            pseudonym = $"{kind}-{_counts[kind]}";
        }
        while (_names.ContainsKey(pseudonym));
        var added = new RedactedName(kind, name, pseudonym);
        _names.Add(name, added);
        _order.Add(added);
        return pseudonym;
    }

    /// <summary>To be called when all names are known, before the first text.</summary>
    public void Close()
    {
        // A name that looks like a pseudonym takes its place among the others before it could stand for somebody else.
        foreach (RedactedName name in _order.Where(name => _names.ContainsKey(name.Pseudonym)).ToArray())
        {
            string pseudonym = name.Pseudonym;
            while (_names.ContainsKey(pseudonym))
            {
                pseudonym += "x";
            }

            RedactedName other = name with { Pseudonym = pseudonym };
            _names[name.Name] = other;
            _order[_order.IndexOf(name)] = other;
        }

        _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        _lengths = [.. _names.Keys.Select(static name => name.Length).Distinct().OrderDescending()];
    }

    /// <summary>The text with every name in it replaced.</summary>
    public string Replace(string text) => Replace(text, []);

    /// <summary>The same, but for names that stay.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kept">
    /// The names that stay where they stand by themselves, the longest first. What is called as one of them is stays too; a name that only begins like one
    /// is replaced as a whole.
    /// </param>
    public string Replace(string text, string[] kept)
    {
        if (text.Length == 0)
        {
            return text;
        }

        string shown = Encoded().Replace(text, match => HidesName(match.Value) ? $"[encoded text of {match.Length} characters that holds a name]" : match.Value);
        if (_kinds.HasFlag(RedactionKinds.Accounts))
        {
            shown = Sid().Replace(shown, match => Add("sid", match.Value));
        }

        shown = Plain(shown, kept);
        return _kinds.HasFlag(RedactionKinds.Addresses) ? Address().Replace(shown, AddressOf) : shown;
    }

    private string Plain(string text, string[] kept)
    {
        StringBuilder? output = null;
        int copied = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int stays = Array.Find(kept, one => IsAlone(one, text, i))?.Length ?? 0, end = i + Math.Max(stays, 1);
            foreach (int length in _lengths)
            {
                if (length > stays && length <= text.Length - i && _lookup.TryGetValue(text.AsSpan(i, length), out RedactedName? name) && Stands(name, text, i))
                {
                    output ??= new StringBuilder(text.Length);
                    output.Append(text, copied, i - copied).Append(name.Pseudonym);
                    copied = end = i + length;
                    break;
                }
            }

            i = end - 1;
        }

        return output is null ? text : output.Append(text, copied, text.Length - copied).ToString();
    }

    // As sentences name a group or a technique: what goes on with a hyphen or a dot is another name.
    private static bool IsAlone(string name, string text, int at)
    {
        int end = at + name.Length;
        return string.CompareOrdinal(text, at, name, 0, name.Length) == 0
            && (at == 0 || text[at - 1] is ' ' or '(' or '"')
            && (end == text.Length || text[end] is ' ' or ',' or ';' or ')' or '"' || (text[end] is '.' or ':' && (end + 1 == text.Length || text[end + 1] == ' ')));
    }

    private static bool Stands(RedactedName name, string text, int at)
    {
        if (name.Kind is not "address" && name.Name.Length > LongestWord && name.Name.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return true;
        }

        int end = at + name.Name.Length;
        return (at == 0 || !char.IsLetterOrDigit(text[at - 1]) || !char.IsLetterOrDigit(text[at]))
            && (end == text.Length || !char.IsLetterOrDigit(text[end]) || !char.IsLetterOrDigit(text[end - 1]));
    }

    private string AddressOf(Match match)
    {
        if (!IPAddress.TryParse(match.Value, out IPAddress? address) || IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return match.Value;
        }

        return Add("address", address.ToString());
    }

    private bool HidesName(string encoded)
    {
        string padded = encoded.TrimEnd('=');
        padded = padded[..(padded.Length - (padded.Length % 4 == 1 ? 1 : 0))];
        padded += new string('=', (4 - (padded.Length % 4)) % 4);
        byte[] bytes = new byte[padded.Length];
        if (!Convert.TryFromBase64String(padded, bytes, out int written))
        {
            return false;
        }

        foreach (Encoding encoding in new[] { Encoding.UTF8, Encoding.Unicode })
        {
            string text = encoding.GetString(bytes, 0, written);
            if (!string.Equals(Plain(text, []), text, StringComparison.Ordinal)
                || (_kinds.HasFlag(RedactionKinds.Addresses) && Address().IsMatch(text)))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("[A-Za-z0-9+/]{16,}={0,2}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Encoded();

    [GeneratedRegex(@"S-1-5-21(?:-\d{1,10}){3,4}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sid();

    // IPv4 in its usual form; IPv6 as a run of hexadecimal groups, which IPAddress then judges.
    [GeneratedRegex(@"(?<![0-9.])(?:\d{1,3}\.){3}\d{1,3}(?![0-9]|\.[0-9])|(?<![0-9A-Za-z:.])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}(?:%\w+)?(?![0-9A-Za-z:]|\.[0-9])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();
}
