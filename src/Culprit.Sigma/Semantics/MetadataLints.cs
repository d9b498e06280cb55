using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>Checks what a document says of itself against the specification's rules for its attributes.</summary>
internal static class MetadataLints
{
    private const int MaxTitle = 256;

    private static readonly string[] Keys =
    [
        "title", "id", "related", "name", "taxonomy", "status", "description", "license", "references", "author", "date", "modified",
        "logsource", "detection", "fields", "falsepositives", "level", "tags", "scope", "correlation", "filter", "generate", "action",
    ];

    private static readonly string[] Statuses = ["stable", "test", "experimental", "deprecated", "unsupported"];

    private static readonly string[] Namespaces = ["attack", "car", "cve", "d3fend", "detection", "stp", "tlp"];

    public static void Check(YamlMapping document, DiagnosticSink sink)
    {
        foreach ((YamlScalar key, _) in document.Entries)
        {
            CheckKey(key, sink);
        }

        CheckTitle(document, sink);
        if (document["id"] is YamlScalar { IsNull: false } id && !Guid.TryParseExact(id.Value.Trim(), "D", out _))
        {
            sink.Report(DiagnosticKinds.InvalidId, id, $"The id '{id.Value}' is no UUID", "A random UUID keeps the rule apart from every other");
        }

        if (document["status"] is YamlScalar { IsNull: false } status && !Statuses.Contains(status.Value.Trim(), StringComparer.OrdinalIgnoreCase))
        {
            sink.Report(
                DiagnosticKinds.UnknownStatus, status, $"The status '{status.Value}' is unknown", NearestName.Help(status.Value, Statuses, $"Statuses are {string.Join(", ", Statuses)}"));
        }

        if (document["taxonomy"] is YamlScalar { IsNull: false } taxonomy && !string.Equals(taxonomy.Value, "sigma", StringComparison.OrdinalIgnoreCase))
        {
            sink.Report(DiagnosticKinds.ForeignTaxonomy, taxonomy, $"The taxonomy '{taxonomy.Value}' is not translated: fields are looked up as the rule names them");
        }

        CheckDate(document, "date", sink);
        CheckDate(document, "modified", sink);
        if (document["tags"] is YamlSequence tags)
        {
            foreach (YamlScalar tag in tags.Items.OfType<YamlScalar>())
            {
                CheckTag(tag, sink);
            }
        }
    }

    private static void CheckKey(YamlScalar key, DiagnosticSink sink)
    {
        if (Keys.Contains(key.Value, StringComparer.Ordinal))
        {
            return;
        }

        string? same = Array.Find(Keys, k => string.Equals(k, key.Value, StringComparison.OrdinalIgnoreCase));
        if (same is not null)
        {
            sink.Report(DiagnosticKinds.KeyCase, key, $"The attribute '{key.Value}' is passed over: attributes are written in lower case", $"Did you mean '{same}'?");
        }
        else if (key.Value.Length > 4 && NearestName.Find(key.Value, Keys) is { } near)
        {
            // Custom attributes are allowed; one that nearly has a known name is most likely a slip.
            sink.Report(DiagnosticKinds.UnknownKey, key, $"The attribute '{key.Value}' is not one of Sigma's", $"Did you mean '{near}'?");
        }
    }

    private static void CheckTitle(YamlMapping document, DiagnosticSink sink)
    {
        if (document["title"] is not YamlScalar { IsNull: false } title || string.IsNullOrWhiteSpace(title.Value))
        {
            sink.Report(DiagnosticKinds.MissingTitle, document, "The document has no title");
        }
        else if (title.Value.Length > MaxTitle)
        {
            sink.Report(DiagnosticKinds.LongTitle, title, $"The title has {title.Value.Length} characters; {MaxTitle} are allowed");
        }
    }

    private static void CheckDate(YamlMapping document, string key, DiagnosticSink sink)
    {
        if (document[key] is YamlScalar { IsNull: false } date
            && !DateOnly.TryParseExact(date.Value, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out _))
        {
            sink.Report(DiagnosticKinds.InvalidDate, date, $"'{date.Value}' is no date of the form YYYY-MM-DD");
        }
    }

    private static void CheckTag(YamlScalar tag, DiagnosticSink sink)
    {
        string text = tag.Value;
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        string space = dot < 0 ? "" : text[..dot];
        if (dot <= 0 || dot == text.Length - 1)
        {
            sink.Report(DiagnosticKinds.InvalidTag, tag, $"The tag '{text}' has no namespace", "Tags are written as 'namespace.value'");
        }
        else if (!Namespaces.Contains(space, StringComparer.Ordinal))
        {
            sink.Report(
                DiagnosticKinds.InvalidTag, tag, $"The namespace '{space}' of the tag '{text}' is unknown", NearestName.Help(space, Namespaces, $"Namespaces are {string.Join(", ", Namespaces)}"));
        }
        else if (!IsWellFormed(space, text.AsSpan(dot + 1)))
        {
            sink.Report(DiagnosticKinds.InvalidTag, tag, $"The tag '{text}' is not well formed for its namespace");
        }
    }

    private static bool IsWellFormed(string space, ReadOnlySpan<char> value)
    {
        if (space == "attack")
        {
            return IsAttack(value);
        }

        // The specification's own example of a D3FEND artefact is in mixed case.
        foreach (char c in value)
        {
            if (!(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.' || (space == "d3fend" && char.IsAsciiLetterUpper(c))))
            {
                return false;
            }
        }

        return space switch
        {
            "tlp" => value is "red" or "amber" or "amber-strict" or "green" or "clear",
            "stp" => value.Length is 1 or 2 && value[0] is >= '1' and <= '5' && (value.Length == 1 || value[1] is 'a' or 'u' or 'k'),
            "detection" => value is "dfir" or "emerging-threats" or "threat-hunting",
            _ => true,
        };
    }

    // A technique, group, software, data source, mitigation or asset by number, or a tactic by name.
    private static bool IsAttack(ReadOnlySpan<char> value)
    {
        int letters = value.StartsWith("ds") ? 2 : 1;
        ReadOnlySpan<char> number = value[Math.Min(letters, value.Length)..];
        if (number.Length >= 4 && char.IsAsciiDigit(number[0]))
        {
            bool sub = value[0] == 't' && number.Length == 8 && number[4] == '.';
            return value[0] is 't' or 'g' or 's' or 'd' or 'm' or 'a'
                && (sub || number.Length == 4)
                && !number[..4].ContainsAnyExceptInRange('0', '9')
                && (!sub || !number[5..].ContainsAnyExceptInRange('0', '9'));
        }

        foreach (char c in value)
        {
            if (!char.IsAsciiLetterLower(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }
}
