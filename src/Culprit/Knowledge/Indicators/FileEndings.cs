using System.Collections.Frozen;

namespace Culprit.Knowledge.Indicators;

/// <summary>Tells the name of a file from that of a host, where nothing but the name is written.</summary>
internal static class FileEndings
{
    // Endings of files that no name on the internet ends with. What is both (com, zip, sh, py, pl, rs, ps, so, md, do, mov, cab, cat, app, ink)
    // stays the end of a name, and so does inf, with which lists misspell info.
    private static readonly FrozenSet<string> Endings = (
        "exe dll sys scr pif cpl ocx drv efi msi msp msix appx appinstaller application manifest mui tmp temp dat bin bak old log etl evtx dmp dump ini cfg conf config reg lnk url "
        + "bat cmd vbs vbe vb js jse mjs wsf wsh wsc sct hta ps1 psm1 psd1 ps1xml jar war class pyc pyw pyd lua rb elf rpm deb apk dmg pkg hlp chm gadget "
        + "doc docx docm dotx dotm xls xlsx xlsm xlsb xlam xla xll xlt ppt pptx pptm pps ppsx ppsm ppam rtf odt ods odp pdf csv txt xml xsl xslt json yaml yml mdb accdb vsd vsdx mpp "
        + "eml msg pst ost wbk iqy slk htm html xhtml shtml mht mhtml css php php3 php4 php5 php7 phtml asp aspx ashx asmx ascx asa axd svc jsp jspx jspf cfm cgi swf "
        + "7z rar tar gz tgz bz2 xz lzh ace arj iso img vhd vhdx vmdk wim ova torrent crdownload part db sql sqlite pcap pem crt cer der pfx p12 kdbx "
        + "jpg jpeg png gif bmp ico svg webp tif tiff mp3 mp4 avi wav wmv wma mpg mpeg mkv flv ogg ttf otf woff woff2 eot cur ani nls pdb obj").Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Endings.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a name's last label, in letters of either case, is that of a file and of no host.</summary>
    public static bool Ends(ReadOnlySpan<char> name) => name.LastIndexOf('.') is var dot and >= 0 && Lookup.Contains(name[(dot + 1)..]);

    /// <summary>Whether a text is a file's name alone: no host, port, mail address or path.</summary>
    public static bool IsName(ReadOnlySpan<char> text) => !text.ContainsAny("/\\:?#@") && Ends(text);
}
