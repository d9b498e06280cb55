using System.Buffers;
using System.Xml;

namespace Culprit.Evtx.Tree;

/// <summary>Makes names that come from evidence fit for XML.</summary>
internal static class XmlNames
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>
    /// The name, with '_' for each character that cannot stand in an XML name. A colon stays where <paramref name="mayHavePrefix"/>
    /// says that the prefix is declared.
    /// </summary>
    public static string Clean(string name, bool mayHavePrefix)
    {
        if (name.Length == 0)
        {
            return "_";
        }

        if (!name.AsSpan().ContainsAnyExcept(Plain) && !char.IsAsciiDigit(name[0]))
        {
            return name;
        }

        int colon = mayHavePrefix ? name.IndexOf(':', StringComparison.Ordinal) : -1;
        return string.Create(name.Length, (name, colon), static (room, source) =>
        {
            for (int i = 0; i < room.Length; i++)
            {
                char c = source.name[i];
                bool starts = i == 0 || i == source.colon + 1;
                bool fits = starts ? XmlConvert.IsStartNCNameChar(c) : XmlConvert.IsNCNameChar(c);
                bool splits = i == source.colon && i > 0 && i < room.Length - 1;
                room[i] = fits || splits ? c : '_';
            }
        });
    }
}
