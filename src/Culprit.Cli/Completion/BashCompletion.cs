using System.Text;

namespace Culprit.Cli.Completion;

/// <summary>Writes the completion script for bash.</summary>
internal static class BashCompletion
{
    public static string Script(CompletionNode root)
    {
        var script = new StringBuilder();
        script.Append("""
            # bash completion for culprit: written by 'culprit completion bash'
            _culprit() {
                local cur prev command word i
                cur="${COMP_WORDS[COMP_CWORD]}"
                prev="${COMP_WORDS[COMP_CWORD-1]}"
                command=""
                for ((i = 1; i < COMP_CWORD; i++)); do
                    word="${COMP_WORDS[i]}"
                    case "$command $word" in

            """);
        foreach (CompletionNode node in root.All().Skip(1))
        {
            string parent = string.Join(' ', node.Path.SkipLast(1));
            script.Append($"            \"{parent} {node.Name}\") command=\"{string.Join(' ', node.Path)}\" ;;\n");
        }

        script.Append("""
                    esac
                done
                COMPREPLY=()
                case "$command $prev" in

            """);
        foreach (CompletionNode node in root.All())
        {
            foreach (CompletionOption option in node.Options.Where(static o => o.TakesValue))
            {
                string reply = option.Values.Length > 0 ? $"COMPREPLY=($(compgen -W \"{string.Join(' ', option.Values)}\" -- \"$cur\"))"
                    : option.TakesFile ? "compopt -o filenames; COMPREPLY=($(compgen -f -- \"$cur\"))"
                    : ":";
                script.Append($"        \"{string.Join(' ', node.Path)} {option.Name}\") {reply}; return ;;\n");
            }
        }

        script.Append("""
                esac
                case "$command" in

            """);
        foreach (CompletionNode node in root.All())
        {
            string[] words = [.. node.Commands.Select(static c => c.Name), .. node.Values];
            string options = string.Join(' ', node.Options.Select(static o => o.Name));
            script.Append($"        \"{string.Join(' ', node.Path)}\")\n");
            script.Append($"            if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W \"{options}\" -- \"$cur\"))\n");
            script.Append(words.Length > 0 ? $"            else COMPREPLY=($(compgen -W \"{string.Join(' ', words)}\" -- \"$cur\"))\n"
                : node.TakesFiles ? "            else compopt -o filenames; COMPREPLY=($(compgen -f -- \"$cur\"))\n"
                : "");
            script.Append("            fi ;;\n");
        }

        script.Append("""
                esac
            }
            complete -F _culprit culprit

            """);
        return script.ToString().ReplaceLineEndings("\n");
    }
}
