namespace Culprit.Dossier.Redaction;

/// <summary>Which names are replaced.</summary>
[Flags]
public enum RedactionKinds
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Accounts of people and services, and their security identifiers.</summary>
    Accounts = 1,

    /// <summary>Hosts and the domains that they belong to.</summary>
    Hosts = 2,

    /// <summary>Network addresses, and the names outside through which the intruder came.</summary>
    Addresses = 4,
}
