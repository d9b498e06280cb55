using System.Text.Json;

namespace Culprit.Attribution.Keeping;

/// <summary>What the serializer does not check of assessments that are read, and what would otherwise be met as late as they are shown or made again.</summary>
internal static class AssessmentChecks
{
    private const string NoBasis = "an observation rests on at least one thing that says so";

    /// <summary>Refuses null within arrays; the types of their items do not keep it out.</summary>
    /// <exception cref="JsonException">An array holds null, or it is no JSON.</exception>
    public static void RefuseNullItems(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = AssessmentJson.MaxDepth });

        // One bit for each depth: whether what is open there is an array.
        ulong arrays = 0;
        while (reader.Read())
        {
            ulong here = 1UL << reader.CurrentDepth;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray:
                    arrays |= here;
                    break;
                case JsonTokenType.StartObject:
                    arrays &= ~here;
                    break;
                case JsonTokenType.Null when (arrays & (here >> 1)) != 0:
                    throw new JsonException("an array holds null");
                default:
                    break;
            }
        }
    }

    /// <summary>Refuses base rates that are none, positions at which nothing is, observations that nothing says, and verdicts without the judgements that belong to them.</summary>
    /// <exception cref="JsonException">There are such.</exception>
    public static void Check(AssessedIncidents assessed)
    {
        Require(assessed.Request.UnknownBaseRate is null or (> 0 and < 1), "a base rate is more than 0 and less than 1");
        Require(assessed.Request.GroupFactors.Values.All(static f => f > 0), "a factor on odds is more than 0");
        Require(assessed.Request.Given.All(static o => !o.Bases.IsDefaultOrEmpty), NoBasis);
        foreach (IncidentAssessment one in assessed.Incidents)
        {
            Check(one.Assessment);
        }
    }

    private static void Check(Assessment assessment)
    {
        int count = assessment.Observations.Length;
        Require(assessment.Observations.All(static o => !o.Observation.Bases.IsDefaultOrEmpty), NoBasis);
        bool isNamed = assessment.Verdict == Verdict.NamedGroup;
        Require(
            (assessment.Cluster is not null) == (isNamed || assessment.Verdict == Verdict.NamedCluster) && (assessment.Group is not null) == isNamed
                && (isNamed || assessment.Sponsor is null),
            "a group is judged where it is named, and nowhere else, and so is a cluster");
        Require(
            assessment.Unknown.Weights.Length == count && assessment.Groups.All(g => g.Weights.Length == count),
            "every explanation has one weight for each observation");
        Require(
            assessment.TooThin.SelectMany(static g => g.Known).All(k => IsObservation(k.Observation))
                && (assessment.WithoutStrongest is not { } without || (!without.Dropped.IsEmpty && without.Dropped.All(IsObservation)))
                && (assessment.ByRecordsAlone?.Dropped.All(IsObservation) ?? true)
                && assessment.Hypotheses.Rows.All(r => IsObservation(r.Observation)),
            $"there is no such observation among {count}");
        Require(
            assessment.Hypotheses.Rows.All(r => r.Cells.Length == assessment.Hypotheses.Columns.Length),
            "a row of the hypotheses has one cell for each column");

        bool IsObservation(int position) => position >= 0 && position < count;
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new JsonException(what);
        }
    }
}
