using Culprit.Findings;

namespace Culprit.Tests.Findings;

public sealed class AttackReferencesTests
{
    [Fact]
    public void Tags_are_read_by_kind_and_others_left_out()
    {
        AttackReferences attack = AttackReferences.Parse(
            ["attack.t1059.001", "attack.T1003", "attack.credential_access", "attack.execution", "attack.g0096", "attack.s0020", "cve.2021-1234", "detection.emerging-threats"]);

        Assert.Equal(["credential-access", "execution"], attack.Tactics);
        Assert.Equal(["T1003", "T1059.001"], attack.Techniques);
        Assert.Equal(["G0096"], attack.Groups);
        Assert.Equal(["S0020"], attack.Software);
        Assert.Equal(["TA0006", "TA0002", "T1003", "T1059.001", "G0096", "S0020"], attack.Ids);
    }

    [Theory]
    [InlineData("attack.ta0006", "credential-access")]
    [InlineData("attack.TA0005", "stealth")]
    [InlineData("attack.defense-impairment", "defense-impairment")]
    [InlineData("attack.ta9999", "TA9999")]
    public void Tactics_are_known_by_name_and_by_id(string tag, string tactic) =>
        Assert.Equal([tactic], AttackReferences.Parse([tag]).Tactics);

    [Theory]
    [InlineData("attack.")]
    [InlineData("t1059")]
    [InlineData("attackt1059")]
    public void What_is_no_reference_is_none(string tag) => Assert.Same(AttackReferences.None, AttackReferences.Parse([tag]));

    [Fact]
    public void Tactics_follow_the_course_of_an_intrusion() =>
        Assert.Equal(
            ["initial-access", "execution", "credential-access", "exfiltration", "impact", "something-new"],
            new[] { "impact", "something-new", "exfiltration", "execution", "credential-access", "initial-access" }.OrderBy(AttackReferences.TacticOrder));

    [Fact]
    public void Titles_are_as_people_write_them() =>
        Assert.Equal("Command and Control", AttackReferences.TacticTitle("command-and-control"));
}
