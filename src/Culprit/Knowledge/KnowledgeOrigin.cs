namespace Culprit.Knowledge;

/// <summary>What a knowledge base was built from.</summary>
/// <param name="Origin">Which collection.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version as it names it; empty where it names none.</param>
/// <param name="Date">The day of its newest fact; null where it gives no dates.</param>
/// <param name="Licence">Under which terms it is given.</param>
/// <param name="Notice">The notice that those terms ask to be kept; empty where they ask for none.</param>
public sealed record KnowledgeOrigin(ClaimOrigin Origin, string Name, string Version, DateOnly? Date, string Licence, string Notice);
