using Culprit.Attribution;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>Linking judged by the history that ships, once for all tests: it takes a while.</summary>
internal static class WholeHistory
{
    private static readonly Lazy<LinkingHistoryResult> Judged = new(static () => LinkingHistory.Evaluate(KnowledgeBase.Embedded)!);

    public static LinkingHistoryResult OfLinking => Judged.Value;
}
