using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Culprit.Events;

/// <summary>
/// Brings values to one form, so that equal things are equal texts. An empty text says that a value joins nothing. Results
/// stand in the room that is given, or in the value itself; what is longer than the room is cut.
/// </summary>
internal static class ClueText
{
    // Folders of which every Windows has the same files.
    private static readonly string[] SystemFolders =
        [@"c:\windows\", @"c:\program files\", @"c:\program files (x86)\", @"\device\harddiskvolume", @"\systemroot\"];

    // Folders below those to which anybody, or a service, may write.
    private static readonly string[] WritableFolders = [@"\temp\", @"\tasks\", @"\tracing\", @"\spool\", @"\debug\"];

    private static readonly string[] Starters =
        ["services.exe", "svchost.exe", "explorer.exe", "wininit.exe", "winlogon.exe", "userinit.exe", "smss.exe", "taskeng.exe", "taskhostw.exe", "lsass.exe"];

    // What every network asks for all day: Windows, browsers and those who vouch for certificates.
    private static readonly string[] CommonDomains =
    [
        "microsoft.com", "windowsupdate.com", "windows.com", "office.com", "office365.com", "office.net", "live.com", "msftncsi.com", "msftconnecttest.com",
        "msn.com", "bing.com", "azure.com", "azureedge.net", "windows.net", "skype.com", "google.com", "googleapis.com", "gstatic.com", "googleusercontent.com",
        "mozilla.org", "mozilla.com", "firefox.com", "digicert.com", "verisign.com", "globalsign.com", "letsencrypt.org", "akamaiedge.net", "akamai.net",
        "cloudfront.net", "apple.com", "adobe.com",
    ];

    // The programs that Windows itself keeps beside its folders; others there were put there.
    private static readonly string[] RootPrograms =
    [
        "explorer.exe", "regedit.exe", "notepad.exe", "hh.exe", "write.exe", "winhlp32.exe", "splwow64.exe", "bfsvc.exe", "helppane.exe",
        "sysmon.exe", "sysmon64.exe", "py.exe", "pyw.exe", "twunk_16.exe", "twunk_32.exe",
    ];

    private static readonly string[] SystemAccounts =
        ["system", "local service", "network service", "anonymous logon", "iusr", "local system", "localsystem"];

    private static readonly string[] SharedNames = ["administrator", "admin", "guest", "user", "root", "test"];

    private static readonly string[] WebExtensions =
    [
        ".asp", ".aspx", ".ashx", ".asmx", ".asax", ".php", ".jsp", ".jspx", ".war", ".cfm", ".cgi",
        ".jpg", ".jpeg", ".png", ".gif", ".zip", ".rar", ".7z", ".txt", ".html", ".js",
    ];

    private static readonly string[] WebFolders = [@"\inetpub\", @"\wwwroot\", @"\htdocs\", @"\webapps\", "/var/www/", "/htdocs/"];

    /// <summary>The text in lower case.</summary>
    public static ReadOnlySpan<char> Lower(ReadOnlySpan<char> text, Span<char> room)
    {
        int length = Math.Min(text.Length, room.Length);
        text[..length].ToLowerInvariant(room);
        return room[..length];
    }

    /// <summary>A machine's own name, without its domain, so that short and full names meet. Addresses stay whole.</summary>
    public static ReadOnlySpan<char> Machine(ReadOnlySpan<char> host, Span<char> room)
    {
        int point = host.IndexOf('.');
        bool isName = point > 0 && host[..point].ContainsAnyExceptInRange('0', '9') && !host.Contains(':');
        return Lower(isName ? host[..point] : host, room);
    }

    /// <summary>Whether a program is one that starts everybody's programs, so that having the same parent says nothing.</summary>
    public static bool StartsEverything(ReadOnlySpan<char> image) => Is(Starters, image[(image.LastIndexOf('\\') + 1)..], StringComparison.OrdinalIgnoreCase);

    /// <summary>A machine that a field names, such as <c>\\HOST</c>, <c>HOST.DOMAIN</c> or an address; empty where it names none.</summary>
    public static ReadOnlySpan<char> HostName(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> name = text.Trim('\\');
        int port = name.IndexOf(':');
        name = port > 0 && port == name.LastIndexOf(':') ? name[..port] : name;
        bool isName = name.Length > 1
            && !name.Equals("localhost", StringComparison.OrdinalIgnoreCase) && !name.Equals("unknown", StringComparison.OrdinalIgnoreCase)
            && !name.ContainsAny(" /\\\"'<>|*?%$=,;()&");
        return isName ? name : default;
    }

    /// <summary>Whether a number or GUID is nothing but zeros.</summary>
    public static bool IsNothing(ReadOnlySpan<char> text) => !text.ContainsAnyExcept("0x{}-");

    /// <summary>A process number, written in decimal or after 0x; 0 where it is none.</summary>
    public static uint Number(ReadOnlySpan<char> text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? uint.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value) ? value : 0
            : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) ? value : 0;

    /// <summary>Whether a session is that of Windows itself: SYSTEM, NETWORK SERVICE, LOCAL SERVICE, or the anonymous one.</summary>
    public static bool IsSystemSession(ReadOnlySpan<char> text) =>
        Is(["0x3e7", "0x3e4", "0x3e5", "0x3e6", "999", "996", "997", "998"], text, StringComparison.OrdinalIgnoreCase);

    /// <summary>An address in its shortest form; empty for loopback, link-local, multicast and unspecified ones.</summary>
    public static ReadOnlySpan<char> Address(ReadOnlySpan<char> text, Span<char> room)
    {
        int zone = text.IndexOf('%');
        if (!text.ContainsAny('.', ':') || !IPAddress.TryParse(zone < 0 ? text : text[..zone], out IPAddress? address))
        {
            return default;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6Multicast || address.Equals(IPAddress.IPv6Any))
        {
            return default;
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            Span<byte> bytes = stackalloc byte[4];
            address.TryWriteBytes(bytes, out _);
            if (bytes[0] is 0 or >= 224 || (bytes[0] == 169 && bytes[1] == 254))
            {
                return default;
            }
        }

        return address.TryFormat(room, out int length) ? room[..length] : default;
    }

    /// <summary>A name of the domain name system; empty for one of the own network, of an address, and for those that everybody asks for.</summary>
    public static ReadOnlySpan<char> Domain(ReadOnlySpan<char> text, Span<char> room)
    {
        ReadOnlySpan<char> name = Lower(text, room).TrimEnd('.');
        int point = name.IndexOf('.');
        if (point <= 0 || name.EndsWith(".local") || name.EndsWith(".lan") || name.EndsWith(".arpa") || name.EndsWith(".internal") || !Address(name, stackalloc char[64]).IsEmpty)
        {
            return default;
        }

        foreach (string common in CommonDomains)
        {
            if (name.EndsWith(common, StringComparison.Ordinal) && (name.Length == common.Length || name[^(common.Length + 1)] == '.'))
            {
                return default;
            }
        }

        return name;
    }

    /// <summary>An account's name without its domain, except where every machine has one of that name.</summary>
    public static ReadOnlySpan<char> Account(ReadOnlySpan<char> text, Span<char> room)
    {
        ReadOnlySpan<char> whole = Lower(text, room);
        int slash = whole.LastIndexOf('\\');
        int at = whole.IndexOf('@');
        ReadOnlySpan<char> name = slash >= 0 ? whole[(slash + 1)..] : at > 0 ? whole[..at] : whole;
        bool joinsNothing = name.Length < 2 || name[^1] == '$' || name.StartsWith("s-1-5-") || name.StartsWith("dwm-") || name.StartsWith("umfd-")
            || whole.StartsWith(@"nt service\") || whole.StartsWith(@"iis apppool\") || Is(SystemAccounts, name, StringComparison.Ordinal);
        return joinsNothing ? default : Is(SharedNames, name, StringComparison.Ordinal) ? whole : name;
    }

    /// <summary>A file's path; empty for one that every Windows has.</summary>
    public static ReadOnlySpan<char> File(ReadOnlySpan<char> text, Span<char> room)
    {
        ReadOnlySpan<char> path = WithRoot(text, room);
        const string windows = @"c:\windows\";
        if (path.StartsWith(windows) && !path[windows.Length..].Contains('\\'))
        {
            return path.EndsWith(".exe") && !Is(RootPrograms, path[windows.Length..], StringComparison.Ordinal) ? path : default;
        }

        bool isSystem = false;
        foreach (string folder in SystemFolders)
        {
            isSystem |= path.StartsWith(folder);
        }

        return (isSystem && !ContainsAnyOf(path, WritableFolders)) || !path.ContainsAny('\\', '/') ? default : path;
    }

    /// <summary>The program of a service's command: without quotes and arguments.</summary>
    public static ReadOnlySpan<char> Program(ReadOnlySpan<char> command)
    {
        ReadOnlySpan<char> rest = command.Trim();
        if (rest.Length > 1 && rest[0] == '"' && rest[1..].IndexOf('"') is var quote and > 0)
        {
            return rest[1..(quote + 1)];
        }

        int end = rest.IndexOf(".exe", StringComparison.OrdinalIgnoreCase);
        return end < 0 ? rest : rest[..(end + 4)];
    }

    /// <summary>The service whose key is changed; empty where it is another key.</summary>
    public static ReadOnlySpan<char> ServiceOfKey(ReadOnlySpan<char> key, Span<char> room)
    {
        const string services = @"\services\";
        ReadOnlySpan<char> lower = Lower(key, room);
        int at = lower.IndexOf(services);
        if (at < 0 || !(lower.EndsWith(@"\imagepath") || lower.EndsWith(@"\start")))
        {
            return default;
        }

        ReadOnlySpan<char> rest = lower[(at + services.Length)..];
        return rest[..rest.IndexOf('\\')];
    }

    // In lower case, and with the folder of Windows written out.
    private static ReadOnlySpan<char> WithRoot(ReadOnlySpan<char> text, Span<char> room)
    {
        const string windows = @"c:\windows\";
        foreach (string variable in (ReadOnlySpan<string>)[@"%systemroot%\", @"%windir%\", @"\systemroot\", @"\??\c:\windows\"])
        {
            if (text.StartsWith(variable, StringComparison.OrdinalIgnoreCase) && text.Length - variable.Length + windows.Length <= room.Length)
            {
                windows.CopyTo(room);
                int length = text.Length - variable.Length;
                text[variable.Length..].ToLowerInvariant(room[windows.Length..]);
                return room[..(windows.Length + length)];
            }
        }

        return Lower(text, room);
    }

    /// <summary>The SHA-256, or else the MD5, of Sysmon's list.</summary>
    public static ReadOnlySpan<char> Hash(ReadOnlySpan<char> text, Span<char> room)
    {
        ReadOnlySpan<char> md5 = default;
        foreach (Range part in text.Split(','))
        {
            ReadOnlySpan<char> hash = text[part].Trim();
            if (hash.StartsWith("SHA256=", StringComparison.OrdinalIgnoreCase))
            {
                return Lower(hash, room);
            }

            md5 = hash.StartsWith("MD5=", StringComparison.OrdinalIgnoreCase) ? hash : md5;
        }

        return md5.Contains("=0000000000", StringComparison.Ordinal) ? default : Lower(md5, room);
    }

    /// <summary>Whether a hash, as <see cref="Hash"/> writes it, is of the kind that most records have: two of one kind that differ are of two files.</summary>
    public static bool TellsContent(ReadOnlySpan<char> hash) => hash.StartsWith("sha256=");

    /// <summary>What a request asks for, by its last two names; empty where it is no file that an intruder would bring or fetch.</summary>
    public static ReadOnlySpan<char> WebFileOfUrl(ReadOnlySpan<char> text, Span<char> room) => WebFile(Lower(text, room));

    /// <summary>A file below a web server's root, by its last two names.</summary>
    public static ReadOnlySpan<char> WebFileOfPath(ReadOnlySpan<char> text, Span<char> room)
    {
        ReadOnlySpan<char> path = Lower(text, room);
        if (!ContainsAnyOf(path, WebFolders))
        {
            return default;
        }

        room[..path.Length].Replace('\\', '/');
        return WebFile(path);
    }

    private static ReadOnlySpan<char> WebFile(ReadOnlySpan<char> path)
    {
        foreach (string extension in WebExtensions)
        {
            if (path.EndsWith(extension))
            {
                int last = path.LastIndexOf('/');
                int before = last > 0 ? path[..last].LastIndexOf('/') : -1;
                return path[(before + 1)..].TrimStart('/');
            }
        }

        return default;
    }

    private static bool ContainsAnyOf(ReadOnlySpan<char> text, string[] parts)
    {
        foreach (string part in parts)
        {
            if (text.Contains(part, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(ReadOnlySpan<string> names, ReadOnlySpan<char> name, StringComparison comparison)
    {
        foreach (string one in names)
        {
            if (name.Equals(one, comparison))
            {
                return true;
            }
        }

        return false;
    }
}
