using System.CommandLine;
using Culprit.Cases;

namespace Culprit.Cli.Terminal;

/// <summary>Options that name what is written.</summary>
internal static class OutputOption
{
    /// <summary>Refuses a place within a case before anything is done: the case would no longer be what was signed.</summary>
    public static Option<T> OutsideCases<T>(this Option<T> option)
    {
        option.Validators.Add(result =>
        {
            foreach (string path in result.Tokens.Select(static token => token.Value))
            {
                if (CasePlace.Around(path) is { } folder)
                {
                    result.AddError($"{option.Name}: '{path}' lies within the case '{folder}', whose own files would be overwritten or mixed with others; give it a place of its own. Nothing was written.");
                }
            }
        });
        return option;
    }
}
