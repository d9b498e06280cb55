using Culprit.Attribution;

namespace Culprit.Tests.Attribution;

public sealed class GivenObservationsTests
{
    [Theory]
    [InlineData("+08:00", "+08:00")]
    [InlineData("8", "+08:00")]
    [InlineData("-3", "-03:00")]
    [InlineData("UTC+5:30", "+05:30")]
    [InlineData("+15", null)]
    [InlineData("noon", null)]
    [InlineData("+08:10", null)]
    [InlineData("\u0663", null)]
    [InlineData("+0\u0668:00", null)]
    public void Hours_are_read(string text, string? value) => Assert.Equal(value, GivenObservations.Hours(text)?.Value);

    [Theory]
    [InlineData("gb", "GB")]
    [InlineData("United Kingdom", "GB")]
    [InlineData("ZZ", null)]
    public void Countries_are_read(string text, string? value) => Assert.Equal(value, GivenObservations.VictimCountry(text)?.Value);

    [Theory]
    [InlineData("cve-2021-44228", "CVE-2021-44228")]
    [InlineData("2021-44228", null)]
    [InlineData("CVE-20\u0662\u0661-44228", null)]
    [InlineData("CVE-2021-\uff14\uff14\uff12\uff12\uff18", null)]
    public void Vulnerabilities_are_read(string text, string? value) => Assert.Equal(value, GivenObservations.Vulnerability(text)?.Value);

    [Theory]
    [InlineData(" WINELOADER ", "WINELOADER")]
    [InlineData(" ", null)]
    [InlineData("two\nlines", null)]
    public void Names_of_new_malware_fit_on_a_line(string text, string? value) => Assert.Equal(value, GivenObservations.NewMalware(text)?.Value);

    [Theory]
    [InlineData("Hospital", "health")]
    [InlineData("universities", "education")]
    [InlineData("Hospitality", "hospitality")]
    [InlineData("Non-Governmental Organisations", "civil society")]
    [InlineData("Governmental", "government")]
    [InlineData("Beekeeping", "beekeeping")]
    public void Sectors_have_one_name_each(string text, string value) => Assert.Equal(value, GivenObservations.VictimSector(text).Value);
}
