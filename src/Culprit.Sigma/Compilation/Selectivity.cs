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
        @"C:\Windows\SYSTEM32\ntdll.dll+9d4e4|C:\Windows\System32\KERNELBASE.dll+2c13e|C:\Windows\System32\KERNEL32.DLL+17034 ""C:\",
        "NT AUTHORITY\\SYSTEM NT AUTHORITY\\LOCAL SERVICE Microsoft Corporation true false High Medium System Low tcp udp GET POST 200 404 S-1-5-18 0x0 - %%",
        "Microsoft Windows Operating System C:\\Windows\\assembly\\NativeImages C:\\Windows\\Microsoft.NET\\Framework64 \\msiexec.exe \\wmiprvse.exe \\conhost.exe net",
    ]));

    // How often ordinary text has a character, and a stretch of so many of them (stretches by a hash, which is near enough).
    private static readonly int[] CharacterCounts = CountGrams(1);
    private static readonly int[] PairCounts = CountGrams(2);
    private static readonly int[] FourCounts = CountGrams(4);

    /// <summary>An estimate of the share of events in which the folded literal stands, more than 0 and at most 1.</summary>
    public static double OfLiteral(string folded, bool wholeText)
    {
        if (IsOrdinary(folded))
        {
            return 0.3;
        }

        // A short whole value is often one of few that the field takes, such as a flag or a number.
        double perCharacter = wholeText && folded.Length <= 8 ? 0.7 : 0.55;
        double share = 1;
        foreach (char c in folded.AsSpan(0, Math.Min(folded.Length, 16)))
        {
            bool isOdd = !char.IsAsciiLetterOrDigit(c) && (!char.IsAscii(c) || CharacterCounts[c] == 0);
            share *= isOdd ? 0.1 : perCharacter;
        }

        return Math.Max(1e-4, share);
    }

    /// <summary>Tests that need no literal: how often they hold is anybody's guess, but they hold often enough.</summary>
    public const double OfOther = 0.5;

    /// <summary>Where in a folded literal of ASCII its rarest stretch of so many characters begins; the first of equals.</summary>
    public static int RarestGram(string folded, int length)
    {
        int best = 0;
        int fewest = int.MaxValue;
        for (int at = 0; at + length <= folded.Length; at++)
        {
            int commonness = Commonness(folded.AsSpan(at, length));
            if (commonness < fewest)
            {
                (best, fewest) = (at, commonness);
            }
        }

        return best;
    }

    private static bool IsOrdinary(string folded) =>
        (folded.Length < 4 || FourCounts[Hash(folded.AsSpan(0, 4))] > 0) && OrdinaryText.Contains(folded, StringComparison.Ordinal);

    // What stands in ordinary text as a whole weighs most; otherwise its characters tell.
    private static int Commonness(ReadOnlySpan<char> gram)
    {
        int commonness = gram.Length switch
        {
            2 => 100 * PairCounts[Hash(gram)],
            4 => 100 * FourCounts[Hash(gram)],
            _ => 0,
        };
        foreach (char c in gram)
        {
            commonness += CharacterCounts[c];
        }

        return commonness;
    }

    private static int[] CountGrams(int length)
    {
        var counts = new int[length == 1 ? 128 : 4096];
        for (int at = 0; at + length <= OrdinaryText.Length; at++)
        {
            counts[Hash(OrdinaryText.AsSpan(at, length))]++;
        }

        return counts;
    }

    private static int Hash(ReadOnlySpan<char> gram)
    {
        if (gram.Length == 1)
        {
            return gram[0];
        }

        uint hash = 0;
        foreach (char c in gram)
        {
            hash = (hash * 31) + c;
        }

        return (int)((hash * 0x9E3779B1) >> 20);
    }
}
