using System.Globalization;
using Culprit.Evidence;

namespace Culprit.Events;

/// <summary>Reads the clues of events. Which fields hold some is found once for each layout. One thread.</summary>
internal sealed class ClueReader
{
    private const int MaxLayouts = 4096;

    private readonly Dictionary<RecordLayout, Plan> _layouts = new(ReferenceEqualityComparer.Instance);

    private enum FieldRole
    {
        Process,
        ParentProcess,
        ProcessNumber,
        ParentProcessNumber,
        HeaderProcess,
        Session,
        Address,
        Account,
        File,
        Hashes,
        Url,
        HostName,
        Command,
        Threat,
        Domain,
        Service,
        ServiceFile,
        RegistryKey,
        Task,
    }

    /// <summary>Adds the clues of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="host">The host that it names.</param>
    /// <param name="clues">Gets them.</param>
    public void Read(scoped in RecordView record, string host, ClueBuffer clues)
    {
        ReadOnlySpan<char> machine = ClueText.Machine(host, stackalloc char[ClueBuffer.MaxName]);
        Plan plan = PlanOf(record.Layout);
        foreach ((int field, FieldRole role) in plan.Fields)
        {
            if (IsOfEverybody(in record, plan, role) || (role == FieldRole.Hashes && !IsOwnFile(in record, plan.HashedFile)))
            {
                continue;
            }

            for (int i = 0; record.TryGetText(field, i, out ReadOnlySpan<char> text); i++)
            {
                if (text.Length > 0 && text is not "-")
                {
                    Add(role, text, machine, clues);
                }
            }
        }
    }

    // What starts everything on a machine, or serves all of it, joins nothing.
    private static bool IsOfEverybody(scoped in RecordView record, Plan plan, FieldRole role) => role switch
    {
        FieldRole.ParentProcess or FieldRole.ParentProcessNumber => IsStarter(in record, plan.ParentImage),
        FieldRole.Process or FieldRole.ProcessNumber when !plan.StartsProcess => IsStarter(in record, plan.Image),
        FieldRole.HeaderProcess => !IsOfPowerShell(in record),
        _ => false,
    };

    // The hash of a file that every machine has joins nothing.
    private static bool IsOwnFile(scoped in RecordView record, int file) =>
        file >= 0 && record.TryGetText(file, 0, out ReadOnlySpan<char> path) && !ClueText.File(path, stackalloc char[ClueBuffer.MaxName]).IsEmpty;

    private static bool IsOfPowerShell(scoped in RecordView record) =>
        record.Layout.ProviderField is var field and >= 0 && record.TryGetText(field, 0, out ReadOnlySpan<char> provider)
        && (provider.Equals("Microsoft-Windows-PowerShell", StringComparison.OrdinalIgnoreCase)
            || provider.Equals("PowerShellCore", StringComparison.OrdinalIgnoreCase));

    private static bool IsStarter(scoped in RecordView record, int image) =>
        image >= 0 && record.TryGetText(image, 0, out ReadOnlySpan<char> program) && ClueText.StartsEverything(program);

    private static void Add(FieldRole role, ReadOnlySpan<char> text, ReadOnlySpan<char> machine, ClueBuffer clues)
    {
        Span<char> room = stackalloc char[ClueBuffer.MaxName];
        switch (role)
        {
            case FieldRole.Process or FieldRole.ParentProcess when !ClueText.IsNothing(text):
                clues.AddOfMachine(role == FieldRole.Process ? ClueKind.Process : ClueKind.ParentProcess, machine, text);
                break;
            case FieldRole.ProcessNumber or FieldRole.ParentProcessNumber or FieldRole.HeaderProcess when ClueText.Number(text) is > 4 and var number:
                clues.AddOfMachine(
                    role == FieldRole.ParentProcessNumber ? ClueKind.ParentProcessNumber : ClueKind.ProcessNumber, machine, Decimal(number, room));
                break;
            case FieldRole.Session when !ClueText.IsNothing(text) && !ClueText.IsSystemSession(text):
                clues.AddOfMachine(ClueKind.Session, machine, text);
                break;
            case FieldRole.Address:
                clues.Add(ClueKind.Address, ClueText.Address(text, room));
                break;
            case FieldRole.Account:
                clues.Add(ClueKind.Account, ClueText.Account(text, room));
                break;
            case FieldRole.File:
                AddFile(text, clues);
                break;
            case FieldRole.Hashes:
                clues.Add(ClueKind.Hash, ClueText.Hash(text, room));
                break;
            case FieldRole.Url:
                clues.Add(ClueKind.WebFile, ClueText.WebFileOfUrl(text, room));
                break;
            case FieldRole.HostName:
                AddHost(ClueText.HostName(text), machine, clues);
                break;
            case FieldRole.Command:
                AddHostsOf(text, machine, clues);
                break;
            case FieldRole.Threat:
                AddFilesOfThreat(text, clues);
                break;
            case FieldRole.Domain:
                clues.Add(ClueKind.Domain, ClueText.Domain(text, room));
                break;
            case FieldRole.Service:
                clues.Add(ClueKind.Service, ClueText.Lower(text, room));
                break;
            case FieldRole.ServiceFile:
                clues.Add(ClueKind.File, ClueText.File(ClueText.Program(text), room));
                break;
            case FieldRole.RegistryKey:
                clues.Add(ClueKind.Service, ClueText.ServiceOfKey(text, room));
                break;
            case FieldRole.Task:
                clues.Add(ClueKind.Task, ClueText.Lower(text, room));
                break;
        }
    }

    private static ReadOnlySpan<char> Decimal(uint number, Span<char> room)
    {
        number.TryFormat(room, out int length, default, CultureInfo.InvariantCulture);
        return room[..length];
    }

    private static void AddFile(ReadOnlySpan<char> path, ClueBuffer clues)
    {
        Span<char> room = stackalloc char[ClueBuffer.MaxName];
        clues.Add(ClueKind.File, ClueText.File(path, room));
        clues.Add(ClueKind.WebFile, ClueText.WebFileOfPath(path, room));
    }

    private static void AddHost(ReadOnlySpan<char> name, ReadOnlySpan<char> machine, ClueBuffer clues)
    {
        if (name.IsEmpty)
        {
            return;
        }

        Span<char> room = stackalloc char[ClueBuffer.MaxName];
        ReadOnlySpan<char> address = ClueText.Address(name, room);
        if (!address.IsEmpty)
        {
            clues.Add(ClueKind.Address, address);
        }
        else if (ClueText.Machine(name, room) is var other && !other.SequenceEqual(machine))
        {
            clues.Add(ClueKind.Host, other);
        }
    }

    // The machines whose shares or addresses a command names.
    private static void AddHostsOf(ReadOnlySpan<char> command, ReadOnlySpan<char> machine, ClueBuffer clues)
    {
        for (ReadOnlySpan<char> rest = command; rest.IndexOf(@"\\") is var at and >= 0;)
        {
            rest = rest[(at + 2)..];
            int end = rest.IndexOfAny(@"\ ""',;");
            AddHost(ClueText.HostName(end < 0 ? rest : rest[..end]), machine, clues);
        }

        foreach (Range part in command.SplitAny(" \t\"',;=/:()[]{}<>|&\\"))
        {
            ReadOnlySpan<char> word = command[part];
            if (word.Length >= 7 && !word.ContainsAnyExcept("0123456789.") && word.Count('.') == 3)
            {
                AddHost(word, machine, clues);
            }
        }
    }

    // Defender's list of places, such as: file:_C:\a.exe; containerfile:_C:\b.zip
    private static void AddFilesOfThreat(ReadOnlySpan<char> text, ClueBuffer clues)
    {
        const string prefix = "file:_";
        foreach (Range part in text.Split(';'))
        {
            ReadOnlySpan<char> place = text[part].Trim();
            if (place.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                AddFile(place[prefix.Length..], clues);
            }
        }
    }

    private Plan PlanOf(RecordLayout layout)
    {
        if (_layouts.TryGetValue(layout, out Plan? plan))
        {
            return plan;
        }

        if (_layouts.Count >= MaxLayouts)
        {
            _layouts.Clear();
        }

        int hashed = FirstOf(layout, "ImageLoaded", "TargetFilename", "Image");
        plan = new Plan(
            WithHashesBehind(hashed, Find(layout)),
            FirstOf(layout, "Image", "ProcessName", "SourceImage"),
            FirstOf(layout, "ParentImage", "ParentProcessName"),
            hashed,
            layout.IndexOf("NewProcessId") >= 0 || (layout.IndexOf("ParentProcessGuid") >= 0 && layout.IndexOf("CommandLine") >= 0));
        _layouts.Add(layout, plan);
        return plan;
    }

    // Right behind the file that they are of, so that whoever joins files knows what each holds.
    private static (int Field, FieldRole Role)[] WithHashesBehind(int file, (int Field, FieldRole Role)[] fields) =>
        Array.FindIndex(fields, one => one.Field == file) < 0 ? fields
        : [.. fields.Where(static one => one.Role != FieldRole.Hashes).SelectMany(one => one.Field == file ? [one, .. fields.Where(static one => one.Role == FieldRole.Hashes)] : (IEnumerable<(int, FieldRole)>)[one])];

    private static int FirstOf(RecordLayout layout, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (layout.IndexOf(name) is var at and >= 0)
            {
                return at;
            }
        }

        return -1;
    }

    private static (int Field, FieldRole Role)[] Find(RecordLayout layout)
    {
        // Security's event 4688 calls the new process NewProcessId and the one that started it ProcessId; its other
        // events call the acting process ProcessId, as Sysmon's do. PowerShell's events have it in their header alone,
        // where others have the process that writes the log.
        bool isSecurity = layout.IndexOf("SubjectLogonId") >= 0;
        bool isSysmon = layout.IndexOf("UtcTime") >= 0;
        bool startsProcess = layout.IndexOf("NewProcessId") >= 0;
        bool isThreat = layout.IndexOf("Threat Name") >= 0;
        bool isTicket = layout.IndexOf("TicketOptions") >= 0;
        var found = new List<(int Field, FieldRole Role)>();
        for (int field = 0; field < layout.FieldNames.Count; field++)
        {
            FieldRole? role = layout.FieldNames[field] switch
            {
                "ProcessGuid" or "SourceProcessGUID" or "SourceProcessGuid" => FieldRole.Process,
                "ParentProcessGuid" => FieldRole.ParentProcess,
                "NewProcessId" or "SourceProcessId" => FieldRole.ProcessNumber,
                "ProcessId" when startsProcess => FieldRole.ParentProcessNumber,
                "ProcessId" when isSecurity || isSysmon => FieldRole.ProcessNumber,
                "Execution_ProcessID" => FieldRole.HeaderProcess,
                "ProcessID" when layout.IndexOf("TaskName") >= 0 => FieldRole.ProcessNumber,
                "ParentProcessId" => FieldRole.ParentProcessNumber,
                "LogonId" or "SubjectLogonId" or "TargetLogonId" => FieldRole.Session,
                "IpAddress" or "SourceIp" or "DestinationIp" or "ClientAddress" or "SourceAddress" or "DestAddress" or "Address" or "c-ip" => FieldRole.Address,
                "TargetUserName" or "SubjectUserName" or "User" or "SourceUser" or "TargetUser" or "AccountName" or "cs-username" => FieldRole.Account,
                "Image" or "NewProcessName" or "ImageLoaded" or "TargetFilename" or "SourceImage" or "ProcessName" => FieldRole.File,
                "Hashes" => FieldRole.Hashes,
                "cs-uri-stem" => FieldRole.Url,
                "WorkstationName" or "Workstation" or "ClientName" or "TargetServerName" or "SourceHostname" or "DestinationHostname" or "RemoteName" => FieldRole.HostName,
                "CommandLine" => FieldRole.Command,
                "Path" when isThreat => FieldRole.Threat,
                "ServiceName" when layout.Kind == RecordKind.WindowsEvent && !isTicket => FieldRole.Service,
                "QueryName" => FieldRole.Domain,
                "ImagePath" or "ServiceFileName" => FieldRole.ServiceFile,
                "TargetObject" => FieldRole.RegistryKey,
                "TaskName" => FieldRole.Task,
                _ => null,
            };
            if (role is { } known)
            {
                found.Add((field, known));
            }
        }

        return [.. found];
    }

    private sealed record Plan((int Field, FieldRole Role)[] Fields, int Image, int ParentImage, int HashedFile, bool StartsProcess);
}
