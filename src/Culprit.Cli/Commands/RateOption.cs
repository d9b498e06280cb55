using System.CommandLine.Parsing;
using System.Globalization;

namespace Culprit.Cli.Commands;

/// <summary>Rates that users give.</summary>
internal static class RateOption
{
    /// <summary>The rate that an option was given, more than 0 and less than 1; null where it is none, which is told.</summary>
    /// <param name="result">What was given.</param>
    /// <param name="option">The option.</param>
    /// <param name="example">A rate that makes sense there.</param>
    public static double? Parse(ArgumentResult result, string option, string example)
    {
        string text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double rate) && rate is > 0 and < 1)
        {
            return rate;
        }

        result.AddError($"{option}: '{text}' is no rate; give a number more than 0 and less than 1, such as {example}.");
        return null;
    }
}
