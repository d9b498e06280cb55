namespace Culprit.Cases;

/// <summary>Why a case cannot be used.</summary>
public enum CaseFault
{
    /// <summary>The folder holds no case.</summary>
    NotACase,

    /// <summary>The folder holds other files, so that no case can begin in it.</summary>
    NotEmpty,

    /// <summary>Another program works on it.</summary>
    InUse,

    /// <summary>It was written in a format that this version does not know.</summary>
    UnknownFormat,

    /// <summary>A file of it is missing, or is not what was written.</summary>
    Damaged,

    /// <summary>It was judged by other rules, by another version, or with other options.</summary>
    OtherRules,

    /// <summary>Evidence that has to be read again is not there.</summary>
    EvidenceMissing,

    /// <summary>Its evidence was not read to its end, so that there is nothing to show yet.</summary>
    NotJudged,

    /// <summary>What was asked for is not in it.</summary>
    NoSuchThing,

    /// <summary>What was asked for belongs to one of several things in it, and does not say to which.</summary>
    Ambiguous,
}

/// <summary>A case cannot be used. The message says why and what to do, as a sentence without its full stop.</summary>
public sealed class CaseException : Exception
{
    /// <summary>Says why.</summary>
    public CaseException(CaseFault fault, string message)
        : base(message) => Fault = fault;

    /// <summary>Why.</summary>
    public CaseFault Fault { get; }
}
