namespace Culprit.Evtx.BinXml;

/// <summary>Why a record cannot be read. A code, so that bad records cost no allocation until they are reported.</summary>
internal enum Fault
{
    None,
    Truncated,
    UnknownToken,
    UnknownValueType,
    BadName,
    BadTemplate,
    TooDeep,
    TooLarge,
    TooMuchWork,
}
