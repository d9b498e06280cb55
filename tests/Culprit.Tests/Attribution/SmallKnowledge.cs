using System.Text;
using Culprit.Knowledge;
using Culprit.TestSupport;

namespace Culprit.Tests.Attribution;

/// <summary>Knowledge as somebody makes it by hand: a few groups with a few reports each.</summary>
internal static class SmallKnowledge
{
    /// <summary>Groups with so many reports each, one a year from 2018 on.</summary>
    public static KnowledgeBase Of(params int[] reports) => Of(isDated: true, reports);

    /// <summary>The same, with or without dates.</summary>
    public static KnowledgeBase Of(bool isDated, params int[] reports) =>
        KnowledgeBase.Read(new MemoryStream(Encoding.UTF8.GetBytes(SmallFacts.Of(isDated, reports))));
}
