using Culprit.Attribution;
using Culprit.Cases.Database;
using Culprit.Cases.Storage;
using Culprit.Knowledge;

namespace Culprit.Cases.Verification;

/// <summary>Whether assessing the case's incidents again, by the same knowledge and weights, comes to what the case keeps, byte for byte.</summary>
internal sealed class AttributionCheck() : VerificationCheck(
    "attribution", "Assessing who did it again comes to the same",
    "Do not repeat who is named; assess again with 'culprit attribute', and find out who changed the old result.")
{
    private const string NothingAgain = "Nothing was assessed again.";
    private const string OtherVersion = "Verify with the version that assessed, or assess again with 'culprit attribute'.";

    public override bool Applies(VerificationContext context) => context.Log.Files.ContainsKey(CaseLayout.Attribution);

    protected override string Make(VerificationContext context, CheckFindings findings)
    {
        byte[] kept = context.ReadFile(CaseLayout.Attribution);
        AssessedIncidents assessed;
        try
        {
            assessed = AssessedIncidents.Read(kept);
        }
        catch (AssessmentFormatException e)
        {
            findings.Open(e.Message, OtherVersion);
            return NothingAgain;
        }

        KnowledgeBase knowledge = context.Request.Knowledge ?? KnowledgeBase.Embedded;
        AttributionModel model = AttributionModel.Embedded;
        if (assessed.KnowledgeSha256 != knowledge.Sha256)
        {
            findings.Open(
                $"it was assessed by the knowledge {assessed.KnowledgeSha256}; this is {knowledge.Sha256}",
                "Name the file of that knowledge with --knowledge, or assess again with 'culprit attribute'.");
            return NothingAgain;
        }

        if (assessed.ModelSha256 != model.Sha256)
        {
            findings.Open(
                $"it was assessed by the weights {assessed.ModelSha256}; this program has {model.Sha256}",
                OtherVersion);
            return NothingAgain;
        }

        if (assessed.IndicatorsSha256 != IndicatorSet.BuiltIn.ContentHash)
        {
            findings.Open(
                $"it was assessed by a version that brings the indicators {assessed.IndicatorsSha256}; this one brings {IndicatorSet.BuiltIn.ContentHash}",
                OtherVersion);
            return NothingAgain;
        }

        using var again = new MemoryStream();
        CaseAssessments.Of(context.Database, assessed.Request, knowledge, model, context.Stop).Write(again);
        if (!again.ToArray().AsSpan().SequenceEqual(kept))
        {
            findings.Fail($"{CaseLayout.Attribution} does not say what comes of its own request");
        }

        return assessed.Incidents.Length == 1 ? "One assessment was made again." : $"{assessed.Incidents.Length} assessments were made again.";
    }
}
