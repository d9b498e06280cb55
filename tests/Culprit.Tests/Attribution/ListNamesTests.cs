using System.Text.Json;
using Culprit.Attribution;
using CsCheck;

namespace Culprit.Tests.Attribution;

/// <summary>What a list of indicators is called says nothing of what was there: lists are called after malware, tools and vulnerabilities too.</summary>
public sealed class ListNamesTests
{
    private const string Sysmon = "Microsoft-Windows-Sysmon";

    [Theory]
    [InlineData("apt_keyboy")]
    [InlineData("Emotet")]
    [InlineData("Mimikatz")]
    [InlineData("CVE-2021-44228")]
    [InlineData("T1059.001")]
    public void The_name_of_a_list_is_no_observation(string list)
    {
        Observation only = Assert.Single(Observe(list, "evil.example", "cs-referer", ""));

        Assert.Equal((ObservationKind.Indicator, "evil.example", IndicatorContact.Sent), (only.Kind, only.Value, only.Contact));
    }

    // Values of indicators are words as well.
    [Fact]
    public void The_value_of_an_indicator_names_no_software() =>
        Assert.All(Observe("mimikatz", @"C:\temp\mimikatz.exe", "CommandLine", Sysmon), static o => Assert.Equal(ObservationKind.Indicator, o.Kind));

    [Fact]
    public void Another_name_of_a_list_changes_the_name_of_the_list_alone()
    {
        Gen<string> names = Gen.OneOf(OneOf("apt_keyboy", "Emotet", "Cobalt Strike", "PlugX or ShadowPad", "CVE-2019-19781", "Potential PsExec"), Gen.String[Gen.Char.AlphaNumeric, 1, 12]);

        Gen.Select(names, names, OneOf("evil.example", "mimikatz.example", "plugx.example"), OneOf("QueryName", "CommandLine"), Gen.Bool).Sample((one, other, value, field, shell) =>
            Assert.Equal(Plain(Observe(one, value, field, Sysmon, shell), one), Plain(Observe(other, value, field, Sysmon, shell), other)), iter: 200);
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static string Plain(IEnumerable<Observation> observed, string list) => JsonSerializer.Serialize(observed.Select(o => o with
    {
        Bases = [.. o.Bases.Select(b => b with { Text = b.Text == $"list: {list}" ? "list" : b.Text })],
        Indicators = [.. o.Indicators.Select(c => c with { List = c.List == list ? "" : c.List })],
    }));

    private static Observation[] Observe(string list, string value, string field, string provider, bool shell = false)
    {
        var incident = new ObservedIncident();
        incident.Happen([incident.FindIndicator(value, "domain", field, provider, provider.Length > 0 ? 22 : 0, list: list)], provider, provider.Length > 0 ? 22 : 0, ObservedIncident.Monday, (field, value));
        if (shell)
        {
            int found = incident.Find("Web shell", "attack.t1505.003", "attack.s0002");
            incident.Matched(found, "mimikatz.exe").Happen([found], Sysmon, 1, ObservedIncident.Monday.AddMinutes(1));
        }

        return [.. incident.Observe()];
    }
}
