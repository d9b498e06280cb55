using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Culprit.Evidence;

namespace Culprit.Events;

/// <summary>
/// Makes the identity of a record. A cryptographic hash, because who writes evidence must not be able to make a record
/// pass for a copy of another.
/// </summary>
internal sealed class EventIdentity
{
    // All that is hashed, gathered first: the hash is then computed in one step rather than in a hundred small ones.
    private byte[] _bytes = new byte[4096];
    private int _length;

    /// <summary>The identity of a record.</summary>
    public UInt128 Of(scoped in RecordView record, EventRoute route, string host)
    {
        bool isWindows = record.Layout.Kind == RecordKind.WindowsEvent;
        int idField = record.Layout.RecordIdField;
        ulong recordId = 0;
        bool isNumbered = isWindows && idField >= 0 && record.TryGetUInt64(idField, out recordId);
        _length = 0;
        AddNumber(isWindows ? 1 : 2);
        AddName(host);
        AddName(route.Channel);
        AddName(route.Provider);
        AddNumber(route.EventId);
        AddNumber(record.Time.UtcTicks);
        AddNumber(isNumbered ? (long)recordId : record.Offset);
        AddNumber(isNumbered ? 1 : 0);
        foreach (int field in record.Layout.ContentByName)
        {
            for (int i = 0; record.TryGetText(field, i, out ReadOnlySpan<char> text); i++)
            {
                // An empty element is an empty value here and null or nothing there.
                if (!text.IsEmpty)
                {
                    AddText(record.Layout.FieldNames[field]);
                    AddText(text);
                }
            }
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_bytes.AsSpan(0, _length), digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    // Names of hosts, channels and providers have no case.
    private void AddName(string name)
    {
        AddNumber(name.Length);
        name.AsSpan().ToUpperInvariant(MemoryMarshal.Cast<byte, char>(Take(name.Length * sizeof(char))));
    }

    private void AddText(ReadOnlySpan<char> text)
    {
        AddNumber(text.Length);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(text);
        bytes.CopyTo(Take(bytes.Length));
    }

    private void AddNumber(long number) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), number);

    private Span<byte> Take(int length)
    {
        if (_bytes.Length - _length < length)
        {
            Array.Resize(ref _bytes, checked((int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length * 2L, (long)_length + length))));
        }

        Span<byte> taken = _bytes.AsSpan(_length, length);
        _length += length;
        return taken;
    }
}
