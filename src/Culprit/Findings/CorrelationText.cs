using System.Globalization;
using Culprit.Sigma;
using Culprit.Sigma.Semantics;

namespace Culprit.Findings;

/// <summary>Says in words what a correlation asks for.</summary>
internal static class CorrelationText
{
    public static string Of(SigmaCorrelation correlation)
    {
        string rules = string.Join(", ", correlation.Rules.Select(static r => r.Name));
        string fields = string.Join(", ", correlation.ValueFields);
        string what = correlation.Type switch
        {
            CorrelationType.EventCount => $"number of events of {rules}",
            CorrelationType.ValueCount => $"number of different values of {fields} in events of {rules}",
            CorrelationType.Temporal => $"events of {rules}, in any order",
            CorrelationType.TemporalOrdered => $"events of {rules}, in this order",
            CorrelationType.ValueSum => $"sum of {fields} in events of {rules}",
            CorrelationType.ValueAverage => $"average of {fields} in events of {rules}",
            CorrelationType.ValuePercentile => string.Create(CultureInfo.InvariantCulture, $"percentile {correlation.Percentile} of {fields} in events of {rules}"),
            _ => rules,
        };
        string bounds = string.Join(" and ", correlation.Bounds.Select(static b => (b.Negated ? "not " : "") + Sign(b.Comparison) + " " + b.Operand.ToString(CultureInfo.InvariantCulture)));
        return what + (bounds.Length > 0 ? " " + bounds : "") + " within " + Span(correlation.Timespan);
    }

    private static string Sign(NumberComparison comparison) => comparison switch
    {
        NumberComparison.Less => "<",
        NumberComparison.LessOrEqual => "<=",
        NumberComparison.Greater => ">",
        NumberComparison.GreaterOrEqual => ">=",
        _ => "=",
    };

    private static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } when span.Ticks % TimeSpan.TicksPerDay == 0 => Unit(span.Days, "day"),
        { TotalHours: >= 1 } when span.Ticks % TimeSpan.TicksPerHour == 0 => Unit((long)span.TotalHours, "hour"),
        { TotalMinutes: >= 1 } when span.Ticks % TimeSpan.TicksPerMinute == 0 => Unit((long)span.TotalMinutes, "minute"),
        _ => Unit((long)span.TotalSeconds, "second"),
    };

    private static string Unit(long count, string unit) =>
        count.ToString(CultureInfo.InvariantCulture) + " " + unit + (count == 1 ? "" : "s");
}
