namespace Culprit.Sigma.Compilation;

/// <summary>
/// Guesses how often a literal stands in ordinary events. Only speed depends on it: it decides by which of its literals
/// a rule is found, and in which order conditions are tried.
/// </summary>
internal static class Selectivity
{
    /// <summary>What ordinary Windows events and web requests are full of. A literal that stands here is a poor witness.</summary>
    private static readonly string OrdinaryText = CaseFold.Fold(string.Join('\n',
    [
        @"C:\Windows\System32\svchost.exe -k netsvcs -p -s Schedule", @"C:\Windows\System32\cmd.exe /c start /b",
        @"C:\Windows\SysWOW64\WindowsPowerShell\v1.0\powershell.exe -NoProfile -ExecutionPolicy Bypass -Command pwsh.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe --type=renderer http:// https:// .com .dll .tmp .log .txt .ps1",
        @"C:\Users\user\AppData\Local\Temp\ C:\Users\Public\ C:\ProgramData\ \explorer.exe \services.exe \lsass.exe \rundll32.exe",
        @"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\ HKLM\System\CurrentControlSet\Services\ HKU\ \Registry\Machine\ SetValue CreateKey",
        "NT AUTHORITY\\SYSTEM NT AUTHORITY\\LOCAL SERVICE Microsoft Corporation true false High Medium System Low tcp udp GET POST 200 404 S-1-5-18 0x0 - %%",
        "Microsoft Windows Operating System C:\\Windows\\assembly\\NativeImages C:\\Windows\\Microsoft.NET\\Framework64 \\msiexec.exe \\wmiprvse.exe \\conhost.exe net",
    ]));

    /// <summary>An estimate of the share of events in which the folded literal stands, more than 0 and at most 1.</summary>
    public static double OfLiteral(string folded, bool wholeText)
    {
        if (OrdinaryText.Contains(folded, StringComparison.Ordinal))
        {
            return 0.3;
        }

        // A short whole value is often one of few that the field takes, such as a flag or a number.
        double perCharacter = wholeText && folded.Length <= 8 ? 0.7 : 0.55;
        return Math.Max(1e-4, Math.Pow(perCharacter, Math.Min(folded.Length, 16)));
    }

    /// <summary>Tests that need no literal: how often they hold is anybody's guess, but they hold often enough.</summary>
    public const double OfOther = 0.5;
}
