using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Culprit.Knowledge.Indicators;

/// <summary>A value that was read: an indicator, or the reason why it is none.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Value">Its one form; empty where it was refused.</param>
/// <param name="Refusal">Why it was refused, completing "it ..."; empty where it was not.</param>
internal readonly record struct ReadValue(IndicatorKind Kind, string Value, string Refusal)
{
    public static ReadValue Refused(string why) => new(IndicatorKind.Domain, "", why);
}

/// <summary>Brings values to the one form that <see cref="IndicatorKind"/> describes, and refuses those that would match what everybody has.</summary>
internal static class ValueReader
{
    /// <summary>The longest value that is taken, in characters.</summary>
    public const int MaxLength = 2048;

    private const int MaxLabel = 63;
    private const int MaxFile = 260;
    private const int ShortestPath = 6;
    private const string CommonFile = "is a file name that many have";
    private const string Pattern = "is a pattern";
    private const string Template = "holds a part that stands for others, such as <user>";

    private static readonly SearchValues<char> VariableChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-()");

    // What placeholders are called.
    private static readonly SearchValues<char> WordChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_- ");

    /// <summary>Reads a value as it stands in a list.</summary>
    /// <param name="written">The value, perhaps defanged.</param>
    /// <param name="file">Whether it is the name or path of a file, which a name alone does not always tell from a domain.</param>
    public static ReadValue Read(string written, bool file = false)
    {
        string text = Defanged.Undo(WrittenText.Clean(written, file));
        if (text.Length == 0 || text.Length > MaxLength)
        {
            return ReadValue.Refused(text.Length == 0 ? "is empty" : $"is longer than {MaxLength} characters");
        }

        if (text.AsSpan().ContainsAnyInRange('\0', '\x1f') || (text.Contains(' ', StringComparison.Ordinal) && !file && !text.Contains('\\', StringComparison.Ordinal)))
        {
            return ReadValue.Refused("holds a space or a control character");
        }

        if (HashText.IsHash(text))
        {
            return OfHash(text.ToLowerInvariant());
        }

        if (file || FileEndings.IsName(text) || (text.Contains('\\', StringComparison.Ordinal) && !text.Contains("://", StringComparison.Ordinal)))
        {
            return OfFile(text);
        }

        // A URL may hold another in its query: only what stands before the first sign of a path is a scheme.
        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        scheme = scheme > 0 && text.AsSpan(0, scheme).ContainsAny('/', '?', '#') ? -1 : scheme;
        if (scheme >= 0)
        {
            return scheme > 0 ? OfHostAndPath(text[(scheme + 3)..]) : ReadValue.Refused("has no scheme before '://'");
        }

        return text[0] == '/' ? OfUrlPath(text) : OfHostAndPath(text);
    }

    /// <summary>Whether a value stands in its one form, as <see cref="Read"/> gives it.</summary>
    public static bool IsForm(IndicatorKind kind, string value)
    {
        // Punycode may have made a host longer than it was written.
        if (value.Length is 0 or > MaxLength + HostText.MaxName || value.AsSpan().ContainsAnyInRange('\0', '\x1f'))
        {
            return false;
        }

        ReadValue read = kind switch
        {
            IndicatorKind.Hash => HashText.IsHash(value) ? OfHash(value.ToLowerInvariant()) : default,
            IndicatorKind.Path => value[0] == '/' ? OfUrlPath(value) : OfFile(value),
            _ => OfHostAndPath(value, mayBeRange: kind != IndicatorKind.Url),
        };
        return read.Kind == kind && string.Equals(read.Value, value, StringComparison.Ordinal);
    }

    private static ReadValue OfHash(string hash) => WellKnown.IsHashOfNothing(hash)
        ? ReadValue.Refused("is the hash of an empty file")
        : new ReadValue(IndicatorKind.Hash, hash, "");

    private static ReadValue OfFile(string text)
    {
        string path = FileText.Plain(text).ToLowerInvariant();

        // \\?\C:\a.exe is C:\a.exe, and %TEMP%\a.exe stands in each user's own folder.
        path = path.TrimStart('\\');
        path = path.StartsWith("?\\", StringComparison.Ordinal) ? path[2..].TrimStart('\\') : path;

        // So does what PowerShell and shells call by a name.
        for (int variable = 0; (variable = LengthOfVariable(path)) > 0;)
        {
            path = path[variable..].TrimStart('\\');
        }

        string name = path[(path.LastIndexOf('\\') + 1)..];
        int dot = name.LastIndexOf('.');
        if (path.Length > MaxFile)
        {
            return ReadValue.Refused($"is a file path longer than {MaxFile} characters");
        }

        if (path.AsSpan().ContainsAny('*', '?'))
        {
            return ReadValue.Refused(Pattern);
        }

        if (IsTemplate(path))
        {
            return ReadValue.Refused(Template);
        }

        if (PercentText.MeantBy(path, new char[path.Length]).Contains('/'))
        {
            return ReadValue.Refused("is a file path in which a slash is written otherwise (%2F)");
        }

        if (dot <= 0 || dot == name.Length - 1 || name.AsSpan(dot + 1).ContainsAnyExcept(HostText.LabelChars))
        {
            return ReadValue.Refused("is a file without a name and an ending to know it by");
        }

        if (!name.AsSpan(dot + 1).ContainsAnyExceptInRange('0', '9'))
        {
            return ReadValue.Refused("is a file with a number for its ending, which is looked at as an address");
        }

        return name == path && (name.Length < ShortestPath || WellKnown.IsFile(name))
            ? ReadValue.Refused(CommonFile)
            : new ReadValue(IndicatorKind.Path, path, "");
    }

    // %NAME%, $env:NAME or ~ at the beginning of a path.
    private static int LengthOfVariable(string path)
    {
        const string shell = "$env:";
        int end = path.StartsWith('%') ? path.IndexOf('%', 1) : -1;
        return end > 0 && IsVariable(path.AsSpan(1, end - 1)) ? end + 1
            : path.StartsWith(shell, StringComparison.Ordinal) ? path.IndexOf('\\', StringComparison.Ordinal) + 1
            : path.StartsWith("~\\", StringComparison.Ordinal) ? 2
            : 0;
    }

    // Whoever writes down what varies from machine to machine writes what no machine has.
    private static bool IsTemplate(string path) =>
        path.AsSpan().ContainsAny('<', '>') || path.Contains("$env:", StringComparison.Ordinal) || HasVariable(path)
        || Array.Exists(path.Split('\\'), static part => part is "..." or "\u2026" || (part.Length >= 4 && !part.AsSpan().ContainsAnyExcept('x'))
            || ((part is ['[', .., ']'] or ['{', .., '}']) && !part.AsSpan(1, part.Length - 2).ContainsAnyExcept(WordChars)));

    private static bool HasVariable(string path)
    {
        string[] between = path.Split('%');
        return Array.Exists(between.Length < 3 ? [] : between[1..^1], static name => IsVariable(name));
    }

    // Not what stands between two signs of %XX.
    private static bool IsVariable(ReadOnlySpan<char> name)
    {
        const int shortest = 3;
        return name.Length >= shortest && char.IsAsciiLetter(name[0]) && !name.ContainsAnyExcept(VariableChars);
    }

    private static ReadValue OfUrlPath(string text)
    {
        string path = WithoutEnd(WithoutFragment(text).ToLowerInvariant());
        return path.Trim('/').Length < ShortestPath ? ReadValue.Refused($"is a path of fewer than {ShortestPath} characters, which many web sites may have")
            : WellKnown.IsUrlPath(path) ? ReadValue.Refused("is a path that many web sites have")
            : WhyNoPath(path) is { } why ? ReadValue.Refused(why)
            : new ReadValue(IndicatorKind.Path, path, "");
    }

    // What lies below a path is meant anyway: /a/ is as good as /a/*.
    private static string WithoutEnd(string path) => path.EndsWith("/*", StringComparison.Ordinal) ? path[..^1] : path;

    // Why no text holds a path of a URL.
    private static string? WhyNoPath(string path) =>
        path.Contains('*', StringComparison.Ordinal) ? Pattern
        : path.Any(UrlText.IsEnd) ? "has a path with a character that ends URLs in texts, such as a quote or a bracket"
        : Encoding.UTF8.GetByteCount(path) > MaxLength ? $"has a path of more than {MaxLength} bytes"
        : null;

    // What stands behind # stays in the browser: no log of requests has it.
    private static string WithoutFragment(string url) => url.IndexOf('#', StringComparison.Ordinal) is var at and >= 0 ? url[..at] : url;

    private static ReadValue OfHostAndPath(string written, bool mayBeRange = true)
    {
        string text = WithoutFragment(written);
        int slash = text.AsSpan().IndexOfAny('/', '?');
        string host = slash < 0 ? text : text[..slash];
        string path = slash < 0 ? "" : text[slash..].ToLowerInvariant();
        if (host.LastIndexOf('@') is var at and >= 0)
        {
            if (path.Length == 0)
            {
                return ReadValue.Refused("is a mail address");
            }

            host = host[(at + 1)..];
        }

        if (mayBeRange && path.Length > 0 && path[1..].Length > 0 && !path.AsSpan(1).ContainsAnyExceptInRange('0', '9') && path.Length <= 4 && IPAddress.TryParse(host, out IPAddress? address))
        {
            // All bits fixed, it is one address.
            if (path != (address.AddressFamily == AddressFamily.InterNetwork ? "/32" : "/128"))
            {
                return ReadValue.Refused("is a range of addresses");
            }

            path = "";
        }

        if (path.Length > 0 && path[0] != '/')
        {
            path = "/" + path;
        }

        path = WithoutEnd(path).TrimEnd('/');

        // A domain means every name below it anyway.
        host = path.Length == 0 && host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host;
        ReadValue read = OfHost(host, path);
        return read.Value.Length == 0 || path.Length == 0 ? read
            : WhyNoPath(path) is { } why ? ReadValue.Refused(why)
            : new ReadValue(IndicatorKind.Url, read.Value + path, "");
    }

    private static ReadValue OfHost(string text, string path)
    {
        if (!HostText.TrySplit(text, out string host, out int port))
        {
            return ReadValue.Refused("is no address, domain, URL, hash or path");
        }

        if (IsAddress(host, out IPAddress? address))
        {
            string? inside = WellKnown.SpecialAddress(address!);
            string form = address!.ToString();
            bool six = form.Contains(':', StringComparison.Ordinal), keepPort = path.Length == 0;
            return inside is not null
                ? ReadValue.Refused(inside)
                : new ReadValue(
                    IndicatorKind.Address,
                    port < 0 || !keepPort ? (six && !keepPort ? "[" + form + "]" : form)
                        : string.Create(CultureInfo.InvariantCulture, $"{(six ? "[" + form + "]" : form)}:{port}"),
                    "");
        }

        return OfDomain(host, path);
    }

    private static bool IsAddress(string host, out IPAddress? address)
    {
        address = null;
        if (host.Contains(':', StringComparison.Ordinal))
        {
            if (host.Contains('%', StringComparison.Ordinal) || !IPAddress.TryParse(host, out address))
            {
                return false;
            }

            address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            return true;
        }

        if (!AddressText.TryRead(host, out uint number))
        {
            return false;
        }

        address = new IPAddress([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
        return true;
    }

    private static ReadValue OfDomain(string host, string path)
    {
        string written = HostText.Name(host);
        if ((!Ascii.IsValid(written) && !HostText.HasLabelsOnly(written)) || !Punycode.TryRead(written, out string name))
        {
            return ReadValue.Refused("is no domain name");
        }

        string[] labels = name.Split('.');
        if (name.Length > HostText.MaxName || Array.Exists(labels, static l => l.Length is 0 or > MaxLabel || l.AsSpan().ContainsAnyExcept(HostText.LabelChars))
            || FileEndings.Ends(name) || (!labels[^1].StartsWith("xn--", StringComparison.Ordinal) && (labels[^1].Length < 2 || labels[^1].AsSpan().ContainsAnyExceptInRange('a', 'z'))))
        {
            return ReadValue.Refused("is no address, domain, URL, hash or path");
        }

        if (!Ascii.IsValid(written) && !NameEndings.MayEndInOtherLetters(labels[^1]))
        {
            return ReadValue.Refused("is a name in other letters that does not end as names on the internet do, but as a file might");
        }

        // Of what many use as a whole, one page or file may be somebody's.
        CommonName owner = WellKnown.OwnerOf(name, labels);
        bool isOnes = owner is CommonName.Shared or CommonName.Registry or CommonName.Everybodys
            && path.Length >= ShortestPath && !WellKnown.IsUrlPath(path);

        // What many have is no host either where its ending could be that of one.
        return WellKnown.IsFile(name) ? ReadValue.Refused(CommonFile)
            : owner == CommonName.None || isOnes ? new ReadValue(IndicatorKind.Domain, name, "")
            : ReadValue.Refused(WellKnown.WhyNoDomain(owner));
    }
}
