using Culprit.Sigma.Compilation;

namespace Culprit.Sigma.Matching;

/// <summary>Reads fields of an event by name, for the slow paths that a person asks for.</summary>
internal static class FieldReader
{
    /// <summary>Where a search for a field of this name begins: past the header's, where the event's own data hides it.</summary>
    public static int FirstOrdinal<TEvent>(ref TEvent e, string? name)
        where TEvent : ISigmaEvent, allows ref struct
    {
        if (name is null || !RouteFields.HidesHeader(name))
        {
            return 0;
        }

        int last = 0;
        for (int ordinal = 0; ordinal < e.FieldCount; ordinal++)
        {
            last = string.Equals(e.FieldName(ordinal), name, StringComparison.Ordinal) ? ordinal : last;
        }

        return last;
    }

    /// <summary>The first value of the first field of this name; null where there is none.</summary>
    public static string? FirstText<TEvent>(ref TEvent e, string name)
        where TEvent : ISigmaEvent, allows ref struct
    {
        for (int ordinal = FirstOrdinal(ref e, name); ordinal < e.FieldCount; ordinal++)
        {
            if (string.Equals(e.FieldName(ordinal), name, StringComparison.Ordinal) && e.TryGetText(ordinal, 0, out ReadOnlySpan<char> text))
            {
                return text.ToString();
            }
        }

        return null;
    }

    /// <summary>All values of all fields of this name, or of every field where it is null, each with its field's name.</summary>
    public static List<(string Field, string Value)> AllTexts<TEvent>(ref TEvent e, string? name)
        where TEvent : ISigmaEvent, allows ref struct
    {
        var values = new List<(string Field, string Value)>();
        for (int ordinal = FirstOrdinal(ref e, name); ordinal < e.FieldCount; ordinal++)
        {
            string field = e.FieldName(ordinal);
            if (name is not null && !string.Equals(field, name, StringComparison.Ordinal))
            {
                continue;
            }

            for (int i = 0; e.TryGetText(ordinal, i, out ReadOnlySpan<char> text); i++)
            {
                values.Add((field, text.ToString()));
            }
        }

        return values;
    }

    /// <summary>The best that any field of this name has to offer: a value, a null, or nothing.</summary>
    public static FieldState StateOf<TEvent>(ref TEvent e, string name)
        where TEvent : ISigmaEvent, allows ref struct
    {
        FieldState best = FieldState.Absent;
        for (int ordinal = FirstOrdinal(ref e, name); ordinal < e.FieldCount; ordinal++)
        {
            if (string.Equals(e.FieldName(ordinal), name, StringComparison.Ordinal) && e.StateOf(ordinal) > best)
            {
                best = e.StateOf(ordinal);
            }
        }

        return best;
    }
}
