namespace Culprit.Cases;

/// <summary>Who does something to a case, by what, and when: what the custody log records.</summary>
public sealed record CaseActor
{
    /// <summary>The person and the machine, as <c>user@machine</c>.</summary>
    public required string Who { get; init; }

    /// <summary>The program and its version, such as <c>culprit 0.1.0</c>.</summary>
    public required string Tool { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>The key that signs; null leaves the case without a signature.</summary>
    public CaseSigner? Signer { get; init; }

    /// <summary>Told what this person should know of a case that they change, as a sentence without its full stop; null tells nobody.</summary>
    public Action<string>? Notice { get; init; }
}
