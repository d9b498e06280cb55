namespace Culprit.Incidents.Surroundings;

/// <summary>Tactics of ATT&amp;CK for which the kind of an event speaks, as tags of rules name them.</summary>
internal static class TacticNames
{
    public const string CommandAndControl = "command-and-control";
    public const string LateralMovement = "lateral-movement";
    public const string Execution = "execution";
    public const string Persistence = "persistence";
    public const string DefenseEvasion = "defense-evasion";
    public const string CredentialAccess = "credential-access";
    public const string Discovery = "discovery";
    public const string Collection = "collection";
    public const string Impact = "impact";
}
