using System.Text;

namespace Culprit.Cli.Completion;

/// <summary>Writes the completion script for PowerShell.</summary>
internal static class PowerShellCompletion
{
    public static string Script(CompletionNode root)
    {
        var script = new StringBuilder();
        script.Append("""
            # PowerShell completion for culprit: written by 'culprit completion powershell'
            Register-ArgumentCompleter -Native -CommandName culprit, culprit.exe -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                $words = @{

            """);
        foreach (CompletionNode node in root.All())
        {
            IEnumerable<(string Word, string Help)> words = node.Commands.Select(static c => (c.Name, c.Description))
                .Concat(node.Values.Select(static v => (v, v)))
                .Concat(node.Options.Select(static o => (o.Name, o.Description)));
            Entry(script, string.Join(' ', node.Path), words);
            foreach (CompletionOption option in node.Options.Where(static o => o.Values.Length > 0))
            {
                Entry(script, string.Join(' ', node.Path) + " " + option.Name, option.Values.Select(static v => (v, v)));
            }
        }

        script.Append("""
                }
                $path = ''
                $last = ''
                foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
                    if ($element.Extent.EndOffset -ge $cursorPosition) { break }
                    $word = $element.ToString()
                    $next = "$path $word".Trim()
                    if (-not $word.StartsWith('-') -and $words.ContainsKey($next)) { $path = $next }
                    $last = $word
                }
                $key = if ($last.StartsWith('--') -and $words.ContainsKey("$path $last")) { "$path $last" } else { $path }
                $words[$key] | Where-Object { $_[0].StartsWith($wordToComplete) } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterValue', $_[1])
                }
            }

            """);
        return script.ToString().ReplaceLineEndings("\n");
    }

    private static void Entry(StringBuilder script, string key, IEnumerable<(string Word, string Help)> words)
    {
        script.Append($"        '{key}' = @(");
        script.AppendJoin(", ", words.Select(static w => $"@('{Quote(w.Word)}', '{Quote(w.Help)}')"));
        script.Append(")\n");
    }

    private static string Quote(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
