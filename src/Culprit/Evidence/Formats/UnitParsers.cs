using Culprit.Evidence.Formats.Evtx;
using Culprit.Evidence.Formats.WebLogs;
using Culprit.Evidence.Formats.WindowsJson;
using Culprit.Evidence.Reading;
using Culprit.Evtx;

namespace Culprit.Evidence.Formats;

/// <summary>The parsers of one worker, each with the buffers that it reuses.</summary>
internal sealed class UnitParsers(EvtxLayoutCache layouts, EvidenceOptions options)
{
    private readonly EvtxParser _evtx = new(layouts, options);
    private readonly WindowsJsonParser _json = new(options);
    private readonly W3cParser _w3c = new();
    private readonly NcsaParser _ncsa = new();

    /// <summary>Parses a unit.</summary>
    public void Parse(WorkUnit unit, UnitOutput output)
    {
        switch (unit.Kind)
        {
            case UnitKind.Evtx:
                _evtx.Parse(unit, output);
                break;
            case UnitKind.JsonLines:
                _json.ParseLines(unit, output);
                break;
            case UnitKind.JsonObjects:
                _json.ParseObjects(unit, output);
                break;
            case UnitKind.W3c:
                _w3c.Parse(unit, output);
                break;
            case UnitKind.Ncsa:
                _ncsa.Parse(unit, output);
                break;
            default:
                throw new InvalidOperationException("No parser for " + unit.Kind);
        }
    }
}
