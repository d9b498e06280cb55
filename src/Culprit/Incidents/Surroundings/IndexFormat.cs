using System.Text;

namespace Culprit.Incidents.Surroundings;

/// <summary>
/// An index as a stream: a mark, the names of hosts and sources, what was said of addresses, the extents of logs, and then
/// blocks of events, each behind its length; a length of 0 ends it. Numbers are little-endian.
/// </summary>
internal static class IndexFormat
{
    private const int MaxBlock = 64 << 20;

    private static ReadOnlySpan<byte> Mark => "culprit-index-1\n"u8;

    /// <summary>Writes an index that is complete.</summary>
    public static void Write(EventIndex index, Stream output)
    {
        using var writer = new BinaryWriter(output, Encoding.UTF8, leaveOpen: true);
        writer.Write(Mark);
        Strings(writer, index.Names.Hosts);
        Strings(writer, index.Names.HostsInFull);
        Strings(writer, index.Names.Sources);
        (string Address, string Machine, int Weight)[] said =
            [.. index.Addresses.Said().OrderBy(static one => one.Address, StringComparer.Ordinal).ThenBy(static one => one.Machine, StringComparer.Ordinal)];
        writer.Write(said.Length);
        foreach ((string address, string machine, int weight) in said)
        {
            writer.Write(address);
            writer.Write(machine);
            writer.Write(weight);
        }

        writer.Write(index.Logs.All.Count);
        foreach (((int host, string channel), LogExtent extent) in index.Logs.All.OrderBy(static log => log.Key.Host).ThenBy(static log => log.Key.Channel, StringComparer.Ordinal))
        {
            writer.Write(host);
            writer.Write(channel);
            extent.WriteTo(writer);
        }

        foreach (ReadOnlyMemory<byte> block in index.Blocks.Read())
        {
            writer.Write(block.Length);
            writer.Write(block.Span);
        }

        writer.Write(0);
    }

    /// <summary>Adds what was written to another index. The events stay where they are.</summary>
    public static void Append(EventIndex index, Func<Stream> open)
    {
        using Stream input = open();
        using var reader = new BinaryReader(input, Encoding.UTF8, leaveOpen: true);
        try
        {
            int[] hosts, sources;
            (hosts, sources) = ReadHead(index, reader);
            long start = input.Position;
            index.Blocks.Add(() => Blocks(open, start, hosts, sources));
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("an index of events is cut off", e);
        }
    }

    private static (int[] Hosts, int[] Sources) ReadHead(EventIndex index, BinaryReader reader)
    {
        if (!reader.ReadBytes(Mark.Length).AsSpan().SequenceEqual(Mark))
        {
            throw new InvalidDataException("no index of events of this version");
        }

        List<string> machines = Strings(reader);
        List<string> inFull = Strings(reader);
        if (machines.Count != inFull.Count)
        {
            throw new InvalidDataException("an index of events is damaged");
        }

        int[] hosts = [.. machines.Zip(inFull, index.Names.HostNumber)];
        int[] sources = [.. Strings(reader).Select(index.Names.SourceNumber)];
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            index.Addresses.Add(reader.ReadString(), reader.ReadString(), reader.ReadInt32());
        }

        var logs = new Dictionary<(int Host, string Channel), LogExtent>();
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            int host = reader.ReadInt32();
            string channel = reader.ReadString();
            if ((uint)host >= hosts.Length)
            {
                throw new InvalidDataException("an index of events is damaged");
            }

            logs[(hosts[host], channel)] = LogExtent.Read(reader);
        }

        index.Logs.Add(logs);
        return (hosts, sources);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Blocks(Func<Stream> open, long start, int[] hosts, int[] sources)
    {
        using Stream input = open();
        input.Position = start;
        using var reader = new BinaryReader(input, Encoding.UTF8, leaveOpen: true);
        byte[] room = [];
        while (reader.ReadInt32() is var length and not 0)
        {
            if (length is < 0 or > MaxBlock)
            {
                throw new InvalidDataException("an index of events is damaged");
            }

            if (room.Length < length)
            {
                room = new byte[length];
            }

            input.ReadExactly(room.AsSpan(0, length));
            IndexedEvent.Renumber(room.AsSpan(0, length), hosts, sources);
            yield return room.AsMemory(0, length);
        }
    }

    private static void Strings(BinaryWriter writer, IReadOnlyList<string> strings)
    {
        writer.Write(strings.Count);
        foreach (string text in strings)
        {
            writer.Write(text);
        }
    }

    private static List<string> Strings(BinaryReader reader)
    {
        var strings = new List<string>();
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            strings.Add(reader.ReadString());
        }

        return strings;
    }
}
