namespace Culprit.Attribution.Profiles;

/// <summary>
/// How rare something is among groups: the inverse document frequency of K. Spärck Jones, "A statistical interpretation of term specificity and its application
/// in retrieval" (1972), with groups for documents.
/// </summary>
internal static class Rarity
{
    /// <summary>
    /// The natural logarithm of how many groups there are for each that has it, more than 0. A half more and one group more keep what nobody has finite, and what everybody
    /// has above 0.
    /// </summary>
    /// <param name="groups">How many groups there are.</param>
    /// <param name="users">How many of them have it.</param>
    public static double Of(int groups, int users) => Math.Log((groups + 1) / (users + 0.5));
}
