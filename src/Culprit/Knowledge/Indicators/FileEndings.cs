using System.Collections.Frozen;

namespace Culprit.Knowledge.Indicators;

/// <summary>Tells the name of a file from that of a host, where nothing but the name is written.</summary>
internal static class FileEndings
{
    // Endings of files that no name on the internet ends with. What is both (com, zip, sh, py, pl, rs, ps, so, md, do, mov, cab, cat, app, ink)
    // stays the end of a name, and so do inf and prg, with which lists misspell info and org.
    private static readonly FrozenSet<string> Endings = (
        "exe dll sys scr pif cpl ocx drv efi msi msp msix appx appinstaller application manifest mui tmp temp dat bin bak old log etl evtx dmp dump ini cfg conf config reg lnk url "
        + "bat cmd vbs vbe vb js jse mjs wsf wsh wsc sct hta ps1 psm1 psd1 ps1xml jar war class pyc pyw pyd lua rb elf rpm deb apk dmg pkg hlp chm gadget "
        + "doc docx docm dotx dotm xls xlsx xlsm xlsb xlam xla xll xlt ppt pptx pptm pps ppsx ppsm ppam rtf odt ods odp pdf csv txt xml xsl xslt json yaml yml mdb accdb vsd vsdx mpp "
        + "eml msg pst ost wbk iqy slk htm html xhtml shtml mht mhtml css php php3 php4 php5 php7 phtml asp aspx ashx asmx ascx asa axd svc jsp jspx jspf cfm cgi swf "
        + "7z rar tar gz tgz bz2 xz lzh ace arj iso img vhd vhdx vmdk wim ova torrent crdownload part db sql sqlite pcap pem crt cer der pfx p12 kdbx "
        + "jpg jpeg png gif bmp ico svg webp tif tiff mp3 mp4 avi wav wmv wma mpg mpeg mkv flv ogg ttf otf woff woff2 eot cur ani nls pdb obj "
        + "hwp hwpx hwt hml cell gul jtd jtdc msc lib tlb olb res exp ilk msu msh msh1 msh2 mst psc1 pssc cdxml ps2 ps2xml jnlp mof mfl settingcontent-ms library-ms search-ms "
        + "searchconnector-ms appref-ms appxbundle msixbundle msixupload theme themepack deskthemepack diagcab diagpkg diagcfg ade adp mde mdw mda accda accde accdr xps oxps wps wpt "
        + "wpd wri wiz dic odg odb odf ots sxw sxc xlw xlc xlm xltm xltx potm potx sldm sldx thmx vst vss vsdm vsix vsto onepkg onetoc2 nst dbx oft ics vcf mbox msf nsf evt job "
        + "blf regtrans-ms hve pol adm adml admx sdb ppd swp jsx tsx ts phps phar tpl cshtml vbhtml shtm stm jhtml soap htc xbap htx xht cpp hpp cxx vbproj csproj vcxproj "
        + "fsproj sln proj targets suo resx nupkg whl egg gem crx xpi wasm dex ipa xapk aab ko dylib out axf mpkg plist scpt scptd applescript command tbz tbz2 txz tlz lz lz4 zst "
        + "zoo cpio lha uue b64 esd swm alz zipx ear aar udf nrg mdf mds cue ccd vfd vdi vmx vmem vmsn vmss qcow2 ovf dd e01 ex01 l01 ad1 aff4 raw mem lime mdmp hdmp pcapng db3 "
        + "sqlite3 ldf ndf dbf frm key keystore jks p7b p7c p7s spc crl csr ppk asc gpg pgp kdb ovpn rdp rdg pbk yar yara ioc rules jsonl ndjson toml adoc tex rst epub djvu lst nfo "
        + "heic heif jfif jpe jp2 tga psd emf wmf svgz m4a m4v 3gp aac mid midi ogv webm vob rmvb asf m3u m3u8 srt fon pfb pfm ttc scf shb shs isp ins its mad maf mag mam maq mas "
        + "mat mcl pcd xnk wll lock lck crypt locked encrypted enc").Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Endings.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a name's last label, in letters of either case, is that of a file and of no host.</summary>
    public static bool Ends(ReadOnlySpan<char> name) => name.LastIndexOf('.') is var dot and >= 0 && Lookup.Contains(name[(dot + 1)..]);

    /// <summary>Whether a text is a file's name alone: no host, port, mail address or path.</summary>
    public static bool IsName(ReadOnlySpan<char> text) => !text.ContainsAny("/\\:?#@") && Ends(text);
}
