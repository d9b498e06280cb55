using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace Culprit.Architecture.Tests;

/// <summary>The product's assemblies as ArchUnitNET sees them: every type, and every use that one type makes of another.</summary>
internal static class House
{
    /// <summary>The line of docs/code-structure.md, in its order. A stage sees those before it.</summary>
    public static readonly string[] Line =
        ["Evidence", "Events", "Findings", "Incidents", "Attribution", "Cases", "Sharing"];

    /// <summary>The stages that read the knowledge base.</summary>
    public static readonly string[] ReadersOfKnowledge = ["Findings", "Attribution", "Cases", "Sharing"];

    private static readonly Assembly[] Assemblies =
        [.. new[] { "Culprit.Evtx", "Culprit.Sigma", "Culprit", "Culprit.Dossier", "Culprit.Cli" }.Select(Assembly.Load)];

    private static readonly Lazy<ArchUnitNET.Domain.Architecture> Model =
        new(() => new ArchLoader().LoadAssemblies(Assemblies).Build());

    /// <summary>The assembly of one project of src/, by its name.</summary>
    public static Assembly AssemblyOf(string project) =>
        Assemblies.Single(assembly => string.Equals(assembly.GetName().Name, project, StringComparison.Ordinal));

    /// <summary>Every use of a type by another, of all assemblies, once each.</summary>
    public static IReadOnlyList<Use> Uses { get; } = [.. Model.Value.Types
        .SelectMany(type => type.Dependencies)

        // A type parameter is nobody's room, and those of methods that a generator writes alike into several types are taken for one another.
        .Where(use => use.Target is not ArchUnitNET.Domain.GenericParameter)
        .Select(use => new Use(Place.Of(use.Origin), Place.Of(use.Target)))
        .Where(use => use.From != use.To)
        .Distinct()
        .OrderBy(use => use.ToString(), StringComparer.Ordinal)];

    /// <summary>Fails with one line for each use that a rule forbids.</summary>
    public static void AssertNone(IEnumerable<Use> forbidden, string rule)
    {
        string[] lines = [.. forbidden.Select(use => use.ToString()).Distinct(StringComparer.Ordinal)];
        Assert.True(lines.Length == 0, $"{rule}, but:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
    }
}

/// <summary>A type, and the room that it lies in.</summary>
/// <param name="Assembly">The simple name of the assembly; empty for a type that is only referred to.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Type">Its full name.</param>
internal sealed record Place(string Assembly, string Namespace, string Type)
{
    /// <summary>The stage (or Primitives, Knowledge) of the engine; empty outside the engine.</summary>
    public string Stage =>
        Assembly is "Culprit" && Namespace.Split('.') is ["Culprit", var stage, ..] ? stage : "";

    /// <remarks>A type parameter has neither an assembly nor a namespace of its own.</remarks>
    public static Place Of(IType type) =>
        new(type.Assembly?.Name.Split(',')[0] ?? "", type.Namespace?.FullName ?? "", type.FullName);
}

/// <summary>One type uses another.</summary>
internal sealed record Use(Place From, Place To)
{
    public override string ToString() => $"  {From.Type} uses {To.Type}";
}
