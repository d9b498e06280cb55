using System.Text.Json;
using System.Text.Json.Serialization;
using Culprit.Knowledge;

namespace Culprit.Cases.Storage;

/// <summary>A kind of indicator in the words that findings and assessments have too (<see cref="IndicatorWords"/>).</summary>
internal sealed class IndicatorKindConverter() : JsonStringEnumConverter<IndicatorKind>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
