using System.CommandLine;

namespace Culprit.Cli.Commands;

/// <summary>What help says below a command's options: examples first, for people who have never used it.</summary>
internal static class HelpTopics
{
    /// <summary>The text for <paramref name="command"/>; empty where its options say all.</summary>
    public static string Of(Command command) => Key(command) switch
    {
        "investigate" => """
            Examples:
              culprit investigate C:\Windows\System32\winevt\Logs
              culprit investigate evidence/ --out report
              culprit investigate triage.zip --rules my-rules/ --min-level high
              culprit investigate evidence/ --indicators our-list.txt
              culprit investigate evidence/ --since 2024-03-01 --until 2024-03-07T12:00:00Z
              culprit investigate evidence/ --case case-17
              culprit investigate more-evidence/ --case case-17

            What it reads: Windows event logs (.evtx, also damaged ones), Windows events as JSON or JSON
            Lines, web server access logs (IIS, Apache, nginx), and archives of these. Files are recognised
            by content, not by name, and are opened for reading only.

            What it writes with --out: findings.jsonl (one finding a line, for programs), findings.csv (for
            a spreadsheet), incidents.json (which findings belong together, and why), coverage.json (what
            was read and what was not, and why).

            A case (--case) keeps what was found, what it rests on and who did what to it, signed. New
            evidence adds to it; what it has is not read again; a run that was ended goes on where it was.
            """,
        "report" => """
            Examples:
              culprit report case-17
              culprit report case-17 --out to-the-board --no-pdf
              culprit report case-17 --redact accounts,hosts --out to-allies --key ours-alone/key.json

            Writes one HTML file that needs no network and runs nothing, and the same as a PDF, which an
            installed Chromium, Chrome or Edge prints. In the case they are signed with it, and verify
            holds each sentence against the case. A dossier without names goes to a folder of its own.
            """,
        "verify" => """
            Examples:
              culprit verify case-17
              culprit verify case-17 --evidence /mnt/copy-of-evidence
              culprit verify case-17 --replay --key their-key.pub

            Says for each check whether it holds. Exit code 0: all hold; 1: one fails; 3: evidence is
            missing, so that not all could be made.
            """,
        "note" => """
            Examples:
              culprit note case-17 "WEB-01 was rebuilt on 16 February; its logs end there."
            """,
        "tag" => """
            Examples:
              culprit tag case-17 reviewed --incident 1
              culprit tag case-17 patient-zero --event 0a1b2c3d4e5f60718293a4b5c6d7e8f9
            """,
        "attribute" => """
            Examples:
              culprit attribute CASE
              culprit attribute CASE --incident 1 --software S0029 --sector health --country GB
              culprit attribute --techniques T1505.003,T1560.001,T1003.003 --software "China Chopper",S0029
              culprit attribute CASE --unknown-rate 0.6 --base-rate G0016=2 --format json --out who.json

            It weighs the groups that the knowledge base holds, and one that it does not hold, against what was
            observed. How likely a judgement is and how sound its basis is are two things: they stand in two
            sentences. "Not enough evidence" is an answer.

            Of a case it takes the incidents of medium severity and above, and keeps the assessment and what
            was asked for; `culprit verify` makes it again. Techniques, software, vulnerabilities, indicators and
            hours that you give belong to one incident: where there are several, name it with --incident.
            """,
        "timeline" => """
            Examples:
              culprit timeline CASE
              culprit timeline CASE --incident 1 --phase lateral-movement --min-level high
              culprit timeline CASE --host web-01 --since 2024-03-01 --until 2024-03-02 --format csv
              culprit timeline CASE --all --format timesketch --out timeline.jsonl

            It shows the events of incidents; --all adds findings that are in no incident. Times are UTC.
            Behind a time, ~ says that the log does not give its zone or date. #1 is incident 1.
            For Timesketch it writes JSON Lines, or CSV where the file's name ends in .csv.
            """,
        "hunt" => """
            Examples:
              culprit hunt CASE --sql "SELECT host, count(*) FROM findings GROUP BY host"
              culprit hunt CASE --sql "SELECT * FROM events WHERE account LIKE '%admin%'" --format csv
              culprit hunt CASE --sql "SELECT table_name, column_name FROM duckdb_columns()"
              culprit hunt CASE --sigma new-rule.yml --format jsonl

            SQL is DuckDB's. A query is one SELECT over the tables of the case: findings, finding_places,
            incidents, incident_findings, events, evidence, rules, notes, tags. It can change nothing, and
            reach neither files nor the network.

            Sigma rules judge the events that the case keeps: those of incidents, and all events where it was
            told to keep them; SQL then has these as all_events.
            """,
        "link" => """
            Examples:
              culprit link CASE-A CASE-B CASE-C
              culprit link cases/* --min high
              culprit link cases/* --base-rate 0.3 --format json --out links.json

            Each pair of incidents is weighed by what both show: addresses, domains, files, tools, user
            agents, accounts, techniques. What many unrelated people share weighs little, and the names of
            an institution nothing. A campaign is said where each incident is likely linked to more than
            half of the others. Cases are opened for reading only.
            """,
        "export" => """
            Examples:
              culprit export CASE --format case-uco --out case.jsonld
              culprit export CASE --format timesketch --out timeline.jsonl
              culprit export CASE --format attack-navigator --out layer.json
              culprit export CASE --format parquet --out tables/

            The custody log of the case records who exported what and when, with the hash of each file.
            The same case gives the same bytes.
            """,
        "dump" => """
            Examples:
              culprit dump Security.evtx > Security.jsonl
              culprit dump Security.evtx --xml | less
              culprit dump triage.zip | jq 'select(.Event.System.EventID == 4624)'
            """,
        "indicators" => """
            An indicator is an address, a domain, a URL, a hash or a path that somebody saw when a group was at
            work. Culprit brings those that published lists name; 'investigate' holds every record against them.

            Examples:
              culprit indicators match 198.51.100.7
              culprit indicators check our-list.txt
              culprit investigate evidence/ --indicators our-list.txt --indicators misp-event.json
            """,
        "indicators match" => """
            Examples:
              culprit indicators match evil[.]example
              culprit indicators match hxxps://evil[.]example/a.php --indicators our-list.txt
            """,
        "indicators check" => """
            Examples:
              culprit indicators check our-list.txt
              culprit indicators check misp-event.json feeds/

            Reads one value a line (comments begin with #; '# Reference: URL' says where the values below it
            are from, '# Aliases: a, b' and '# MITRE: URL' name the group), STIX bundles, MISP events as
            JSON, tables (CSV) with a column called value, indicator or ioc, and packed lists (.facts.br).
            Defanged values are read. What everybody has is refused.
            """,
        "indicators build" => """
            Examples:
              culprit indicators build --from lists/ --out ours.facts.br
              culprit investigate evidence/ --indicators ours.facts.br
            """,
        "rules" => """
            A Sigma rule is a small text file that says which log records are suspicious, and why. Culprit
            brings rules of its own; thousands more are published by SigmaHQ.

            Examples:
              culprit rules list --level high
              culprit rules check my-rules/
              culprit rules explain "Security Log Cleared" Security.evtx
              culprit rules update --from sigma_all_rules.zip
            """,
        "rules check" => """
            Examples:
              culprit rules check my-rules/
              culprit rules check new-rule.yml
            """,
        "rules explain" => """
            Examples:
              culprit rules explain my-rule.yml Security.evtx
              culprit rules explain my-rule.yml Security.evtx#4711
              culprit rules explain d7a95147-145f-4678-b85d-d1ff4a3bb3f6 Security.evtx

            Without #RECORD, it explains the first record that the rule matches; where it matches none, the
            first record of a log that the rule speaks of.
            """,
        "rules update" => """
            Examples:
              culprit rules update --from sigma_all_rules.zip
              culprit rules update --from ~/src/sigma/rules
              culprit rules update --from https://example.org/rules.zip

            The rules are checked and then installed whole, or nothing changes. `culprit investigate` uses
            installed rules from then on, unless --no-default-rules is given.
            """,
        "evaluate attribution" => """
            Each published report that ATT&CK cites for at least five techniques of a group is hidden in turn, with everything that
            cites it, that is of its year or later; the groups are then ranked by what remains. docs/attribution.md says what the
            figures mean and how they compare.

            Examples:
              culprit evaluate attribution
              culprit evaluate attribution --cases
              culprit evaluate attribution --knowledge new.facts --fit new.model
            """,
        "knowledge" => """
            What is publicly known of groups, their software, techniques and campaigns, the vulnerabilities
            they exploit and who has accused whom: facts of MITRE ATT&CK and the MISP galaxy, each with its
            sources and their dates. Claims are what somebody published; none is a finding of Culprit's.

            Examples:
              culprit knowledge show APT29
              culprit knowledge diff old.facts
              culprit knowledge update --from enterprise-attack.json
            """,
        "knowledge show" => """
            Examples:
              culprit knowledge show "Cozy Bear"
              culprit knowledge show G0016
              culprit knowledge show T1505.003
              culprit knowledge show CVE-2019-19781 --format json

            Case, spaces, hyphens and dots of a name do not matter. Where a name means several things, all
            are shown. Names that publishers use for different groups stay open questions.
            """,
        "knowledge diff" => """
            Examples:
              culprit knowledge diff last-year.facts
              culprit knowledge diff attack-17.1.json attack-18.1.json --format jsonl

            + is new, - is gone, ~ says something else or rests on other sources.
            """,
        "knowledge update" => """
            Examples:
              culprit knowledge update --from enterprise-attack-18.1.json
              culprit knowledge update --from folder-of-published-files/
              culprit knowledge update --from https://example.org/attack.facts

            It takes STIX bundles of ATT&CK, MISP's threat-actor cluster and files of facts. What is not
            given is kept of what is in use. It is checked and installed whole, or nothing changes.
            """,
        "knowledge build" => """
            Examples:
              culprit knowledge build --from folder-of-published-files/ --out attack.facts

            Files are recognised by content. The same files give the same bytes.
            """,
        "completion" => """
            Examples:
              bash:        culprit completion bash > ~/.local/share/bash-completion/completions/culprit
              zsh:         culprit completion zsh > "${fpath[1]}/_culprit"
              PowerShell:  culprit completion powershell >> $PROFILE
            """,
        CommandTree.Program => """
            Start here:
              culprit investigate PATH            judge the logs below PATH and print what was found
              culprit investigate PATH --out DIR  the same, and write all findings to DIR
              culprit investigate PATH --case DIR keep a case that can be verified
              culprit COMMAND --help              more about one command

            """,
        _ => "",
    };

    // What stands behind the program's name: commands below different ones may share theirs.
    private static string Key(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent && parent.Name != CommandTree.Program ? $"{parent.Name} {command.Name}" : command.Name;
}
