using System.Text;

namespace Culprit.Cli.Completion;

/// <summary>Writes the completion script for zsh.</summary>
internal static class ZshCompletion
{
    public static string Script(CompletionNode root)
    {
        var script = new StringBuilder("#compdef culprit\n# zsh completion for culprit: written by 'culprit completion zsh'\n\n");
        foreach (CompletionNode node in root.All())
        {
            script.Append(Function(node)).Append("() {\n");
            if (node.Commands.Length > 0)
            {
                Dispatch(script, node);
            }
            else
            {
                script.Append("    _arguments -s");
                Options(script, node);
                script.Append(node.Values.Length > 0 ? $" \\\n        '1:value:({string.Join(' ', node.Values)})'"
                    : node.TakesFiles ? " \\\n        '*:file:_files'"
                    : "");
                script.Append('\n');
            }

            script.Append("}\n\n");
        }

        return script.Append("""
            if [ "$funcstack[1]" = "_culprit" ]; then
                _culprit "$@"
            else
                compdef _culprit culprit
            fi

            """).ToString().ReplaceLineEndings("\n");
    }

    private static void Dispatch(StringBuilder script, CompletionNode node)
    {
        script.Append("    local line state\n    _arguments -C");
        Options(script, node);
        script.Append(" \\\n        '1: :->command' \\\n        '*::argument:->rest'\n");
        script.Append("    case $state in\n    command)\n        local -a commands=(\n");
        foreach (CompletionNode below in node.Commands)
        {
            script.Append($"            '{below.Name}:{Quote(below.Description)}'\n");
        }

        script.Append("        )\n        _describe command commands ;;\n    rest)\n        case $line[1] in\n");
        foreach (CompletionNode below in node.Commands)
        {
            script.Append($"        {below.Name}) {Function(below)} ;;\n");
        }

        script.Append("        esac ;;\n    esac\n");
    }

    private static void Options(StringBuilder script, CompletionNode node)
    {
        foreach (CompletionOption option in node.Options)
        {
            string value = !option.TakesValue ? ""
                : option.Values.Length > 0 ? $":value:({string.Join(' ', option.Values)})"
                : option.TakesFile ? ":file:_files"
                : ":value:";
            string repeat = option.Name is "--rules" ? "*" : "";
            script.Append($" \\\n        '{repeat}{option.Name}[{Bracket(option.Description)}]{value}'");
        }
    }

    private static string Function(CompletionNode node) => "_culprit" + string.Concat(node.Path.Select(static p => "_" + p));

    private static string Quote(string text) => text.Replace("'", "'\\''", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);

    private static string Bracket(string text) =>
        Quote(text).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
}
