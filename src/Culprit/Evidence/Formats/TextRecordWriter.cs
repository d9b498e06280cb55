using System.Text.Json;
using System.Xml;

namespace Culprit.Evidence.Formats;

/// <summary>
/// Writes records that did not come from an event log's file in the same shapes as those that did: Windows events as
/// <c>{"Event":{"System":...,"EventData":...}}</c>, requests as one flat object.
/// </summary>
internal static class TextRecordWriter
{
    private static readonly string[] SystemFields =
    [
        "EventID", "Version", "Level", "Task", "Opcode", "Keywords", "EventRecordID", "Channel", "Computer",
    ];

    // Attributes of elements below System: flat name, element, attribute.
    private static readonly (string Field, string Element, string Attribute)[] SystemAttributes =
    [
        ("Provider_Name", "Provider", "Name"), ("Provider_Guid", "Provider", "Guid"), ("TimeCreated", "TimeCreated", "SystemTime"),
        ("Correlation_ActivityID", "Correlation", "ActivityID"), ("Correlation_RelatedActivityID", "Correlation", "RelatedActivityID"),
        ("Execution_ProcessID", "Execution", "ProcessID"), ("Execution_ThreadID", "Execution", "ThreadID"), ("Security_UserID", "Security", "UserID"),
    ];

    public static void WriteJson(scoped in RecordView record, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (record.Layout.Kind != RecordKind.WindowsEvent)
        {
            Fields(in record, json, static _ => true);
            json.WriteEndObject();
            return;
        }

        json.WriteStartObject("Event"u8);
        json.WriteStartObject("System"u8);
        string element = "";
        foreach ((string field, string of, string attribute) in SystemAttributes)
        {
            if (Value(in record, field, out ReadOnlySpan<char> text))
            {
                if (of != element)
                {
                    CloseElement(json, element);
                    json.WriteStartObject(of);
                    json.WriteStartObject("#attributes"u8);
                    element = of;
                }

                json.WriteString(attribute, text);
            }
        }

        CloseElement(json, element);
        foreach (string field in SystemFields)
        {
            if (Value(in record, field, out ReadOnlySpan<char> text))
            {
                json.WriteString(field, text);
            }
        }

        json.WriteEndObject();
        json.WriteStartObject("EventData"u8);
        Fields(in record, json, static name => !IsSystem(name));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void WriteXml(scoped in RecordView record, TextWriter output)
    {
        using var xml = XmlWriter.Create(output, new XmlWriterSettings { OmitXmlDeclaration = true, CheckCharacters = false, NewLineHandling = NewLineHandling.Entitize });
        bool windows = record.Layout.Kind == RecordKind.WindowsEvent;
        xml.WriteStartElement(windows ? "Event" : "Request");
        if (windows)
        {
            xml.WriteStartElement("System");
            string element = "";
            foreach ((string field, string of, string attribute) in SystemAttributes)
            {
                if (Value(in record, field, out ReadOnlySpan<char> text))
                {
                    if (of != element)
                    {
                        if (element.Length > 0)
                        {
                            xml.WriteEndElement();
                        }

                        xml.WriteStartElement(of);
                        element = of;
                    }

                    xml.WriteAttributeString(attribute, Clean(text));
                }
            }

            if (element.Length > 0)
            {
                xml.WriteEndElement();
            }

            foreach (string field in SystemFields)
            {
                if (Value(in record, field, out ReadOnlySpan<char> text))
                {
                    xml.WriteElementString(field, Clean(text));
                }
            }

            xml.WriteEndElement();
            xml.WriteStartElement("EventData");
        }

        for (int field = 0; field < record.Layout.FieldNames.Count; field++)
        {
            string name = record.Layout.FieldNames[field];
            for (int i = 0; (!windows || !IsSystem(name)) && record.TryGetText(field, i, out ReadOnlySpan<char> text); i++)
            {
                xml.WriteStartElement("Data");
                xml.WriteAttributeString("Name", Clean(name));
                xml.WriteString(Clean(text));
                xml.WriteEndElement();
            }
        }

        if (windows)
        {
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Fields(scoped in RecordView record, Utf8JsonWriter json, Func<string, bool> wanted)
    {
        for (int field = 0; field < record.Layout.FieldNames.Count; field++)
        {
            string name = record.Layout.FieldNames[field];
            if (!wanted(name))
            {
                continue;
            }

            if (record.PresenceOf(field) == FieldPresence.Null)
            {
                json.WriteNull(name);
            }
            else if (record.TryGetText(field, 1, out _))
            {
                json.WriteStartArray(name);
                for (int i = 0; record.TryGetText(field, i, out ReadOnlySpan<char> text); i++)
                {
                    json.WriteStringValue(text);
                }

                json.WriteEndArray();
            }
            else if (record.TryGetText(field, 0, out ReadOnlySpan<char> only))
            {
                json.WriteString(name, only);
            }
        }
    }

    private static void CloseElement(Utf8JsonWriter json, string element)
    {
        if (element.Length > 0)
        {
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private static bool IsSystem(string name) =>
        Array.IndexOf(SystemFields, name) >= 0 || Array.Exists(SystemAttributes, a => a.Field == name);

    private static bool Value(scoped in RecordView record, string field, out ReadOnlySpan<char> text)
    {
        int at = record.Layout.IndexOf(field);
        text = default;
        return at >= 0 && record.TryGetText(at, 0, out text);
    }

    // XML 1.0 has no way to write these; the replacement character stands for them.
    private static string Clean(ReadOnlySpan<char> text)
    {
        string clean = text.ToString();
        for (int i = 0; i < clean.Length; i++)
        {
            if (!XmlConvert.IsXmlChar(clean[i]) && !(char.IsHighSurrogate(clean[i]) && i + 1 < clean.Length && char.IsLowSurrogate(clean[++i])))
            {
                return Replaced(clean);
            }
        }

        return clean;
    }

    private static string Replaced(string text) => string.Concat(text.EnumerateRunes()
        .Select(static r => r.IsBmp && !XmlConvert.IsXmlChar((char)r.Value) ? "\ufffd" : r.ToString()));
}
