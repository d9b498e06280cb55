using System.Runtime.CompilerServices;

namespace Culprit.Knowledge.Indicators;

/// <summary>What characters beyond ASCII mean beside a value that is written in ASCII.</summary>
internal static class Scripts
{
    /// <summary>
    /// Whether a character is of a script that puts no space between words, or puts its particles against them: Chinese, Japanese, Korean, Thai and
    /// their neighbours. Beside a name in ASCII it is another word; a letter with an accent or of Cyrillic is part of the name.
    /// </summary>
    public static bool IsUnspaced(char c) => c is (>= '\u0e00' and <= '\u0eff') or (>= '\u1000' and <= '\u109f') or (>= '\u1100' and <= '\u11ff') or (>= '\u1780' and <= '\u17ff')
        or (>= '\u2e80' and <= '\u9fff') or (>= '\uac00' and <= '\ud7ff') or (>= '\uf900' and <= '\ufaff') or (>= '\uff66' and <= '\uffdc');

    /// <summary>Whether a number or hexadecimal digits go on with a character: with a letter or digit of ASCII, a hyphen or an underscore, or any other digit. No address and no hash has other letters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool GoesOn(char c) => c < 128 ? HostText.Label(c) != '\0' : char.IsDigit(c);
}
