using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Culprit.Knowledge.Indicators;

/// <summary>
/// Keys of values, 64 bits. Names and file paths are hashed from their end, so that one walk to the left knows the key of each of
/// their suffixes; paths of URLs are hashed from their beginning. A key decides where to look; what is found is compared.
/// </summary>
internal static class Keys
{
    public const ulong Name = 0xcbf29ce484222325;
    public const ulong UrlPath = 0x84222325cbf29ce4;
    public const ulong FilePath = 0x9e3779b97f4a7c15;

    private const ulong Prime = 0x100000001b3;
    private const ulong OfAddress = 0xd6e8feb86659fd93;
    private const ulong OfHash = 0xa0761d6478bd642f;

    /// <summary>The key of a value in its one form; of paths, as their characters are meant.</summary>
    public static ulong Of(IndicatorKind kind, ReadOnlySpan<char> value) => kind is IndicatorKind.Url or IndicatorKind.Path && value.Contains('%')
        ? OfMeant(kind, PercentText.MeantBy(value, new char[value.Length]))
        : OfMeant(kind, value);

    private static ulong OfMeant(IndicatorKind kind, ReadOnlySpan<char> value) => kind switch
    {
        IndicatorKind.Address => OfHost(value),
        IndicatorKind.Domain => Spread(Backward(Name, value)),
        IndicatorKind.Url => Spread(Url(OfHost(value[..PathOf(value)]), Forward(UrlPath, value[PathOf(value)..]))),
        IndicatorKind.Hash => Hash(value),
        _ => Spread(value[0] == '/' ? Forward(UrlPath, value) : Backward(FilePath, value)),
    };

    /// <summary>The key of a host in its one form, whatever its port.</summary>
    public static ulong OfHost(ReadOnlySpan<char> host)
    {
        if (IsSix(host))
        {
            int end = host.IndexOf(']');
            return Six(IPAddress.Parse(end < 0 ? host : host[1..end]));
        }

        ReadOnlySpan<char> name = WithoutPort(host);
        return AddressText.TryRead(name, out uint address) ? Address(address) : Spread(Backward(Name, name));
    }

    /// <summary>Whether a host in its one form is an address of IPv6.</summary>
    public static bool IsSix(ReadOnlySpan<char> host) => host[0] == '[' || host.Count(':') > 1;

    /// <summary>A host that is no address of IPv6, without its port.</summary>
    public static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> host) => host.IndexOf(':') is var colon and >= 0 ? host[..colon] : host;

    /// <summary>Where a URL's path begins: behind its host.</summary>
    public static int PathOf(ReadOnlySpan<char> url) => url[0] == '[' && url.IndexOf(']') is var end and > 0 ? end + 1 : url.IndexOf('/');

    /// <summary>The key of an address of IPv6.</summary>
    public static ulong Six(IPAddress address)
    {
        Span<char> text = stackalloc char[64];
        address.TryFormat(text, out int length);
        return Spread(Backward(Name, text[..length]));
    }

    /// <summary>The key of what was hashed before and one character more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add(ulong key, char c) => (key ^ c) * Prime;

    /// <summary>Spreads a key over all of its bits: the last characters hashed have touched few of the upper ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Spread(ulong key)
    {
        key ^= key >> 32;
        key *= 0xd6e8feb86659fd93;
        return key ^ (key >> 32);
    }

    /// <summary>The key of an address of IPv4.</summary>
    public static ulong Address(uint address) => Spread(address ^ OfAddress);

    /// <summary>The key of a host and a path, each by its own key.</summary>
    public static ulong Url(ulong host, ulong path) => Spread(host) ^ path;

    /// <summary>The key of a hash: of its first 64 bits, in letters of either case.</summary>
    public static ulong Hash(ReadOnlySpan<char> digits)
    {
        // Four characters at a time; the bit that tells the cases apart is set in digits anyway.
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<char, ulong>(digits[..16]);
        const ulong lower = 0x0020002000200020;
        ulong key = OfHash ^ (uint)digits.Length;
        foreach (ulong word in words)
        {
            key = ((key ^ (word | lower)) * 0x9e3779b97f4a7c15) ^ (key >> 29);
        }

        return Spread(key);
    }

    /// <summary>The key of a text from its end.</summary>
    public static ulong Backward(ulong seed, ReadOnlySpan<char> text)
    {
        ulong key = seed;
        for (int i = text.Length - 1; i >= 0; i--)
        {
            key = Add(key, text[i]);
        }

        return key;
    }

    /// <summary>The key of a text from its beginning.</summary>
    public static ulong Forward(ulong seed, ReadOnlySpan<char> text)
    {
        ulong key = seed;
        foreach (char c in text)
        {
            key = Add(key, c);
        }

        return key;
    }
}
