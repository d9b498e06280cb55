using System.Globalization;
using System.Text;

namespace Culprit.Knowledge.Facts;

/// <summary>A knowledge base as text, a fact a line (<see cref="FactKinds"/>). The same knowledge gives the same bytes.</summary>
internal static class FactsWriter
{
    private const int UsualLength = 2 << 20;

    /// <summary>The bytes.</summary>
    public static byte[] Write(KnowledgeParts parts)
    {
        var text = new StringBuilder(UsualLength);
        text.Append(FactKinds.Header).Append('\t').Append(FactKinds.Version).Append('\n');
        foreach (Fact fact in Fact.All(parts))
        {
            text.Append(fact.Kind);
            foreach (string? field in fact.Fields)
            {
                text.Append('\t').Append(field);
            }

            if (fact.Sources is { } sources)
            {
                text.Append('\t').AppendJoin(',', sources.Select(static s => s.Number.ToString(CultureInfo.InvariantCulture)));
            }

            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
