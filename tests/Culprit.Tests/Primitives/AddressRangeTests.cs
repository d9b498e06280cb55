using System.Net;
using Culprit.Primitives;

namespace Culprit.Tests.Primitives;

/// <summary>Which addresses are given out inside of networks alone.</summary>
public sealed class AddressRangeTests
{
    [Theory]
    [InlineData("10.0.0.1", true)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.3.4", true)]
    [InlineData("192.169.3.4", false)]
    [InlineData("100.64.0.1", true)]
    [InlineData("100.128.0.1", false)]
    [InlineData("fc00::1", true)]
    [InlineData("fdff:1::2", true)]
    [InlineData("fc::1", false)]
    [InlineData("2001:db8::1", false)]
    public void Text_and_address_are_told_alike(string address, bool isPrivate)
    {
        Assert.Equal(isPrivate, AddressRange.IsPrivate(address));
        Assert.Equal(isPrivate, AddressRange.IsPrivate(IPAddress.Parse(address)));
    }
}
