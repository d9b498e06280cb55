using Culprit.TestSupport;

namespace Culprit.Sigma.Tests.Corpus;

/// <summary>The public rule set beside the repository.</summary>
internal static class PublicRules
{
    private static readonly Lazy<IReadOnlyList<SigmaSource>> LazySources = new(ReadSources);
    private static readonly Lazy<SigmaRuleSet> LazyLoaded = new(() => SigmaRuleSet.Load(Sources));

    public static string Folder => Path.Combine(RepositoryRoot.Shared, "rules", "sigma");

    public static IReadOnlyList<SigmaSource> Sources => LazySources.Value;

    public static SigmaRuleSet Loaded => LazyLoaded.Value;

    public static void SkipUnlessThere() => Assert.SkipUnless(RepositoryRoot.HasShared, "The public rules are not beside the repository");

    private static SigmaSource[] ReadSources() =>
    [
        .. Directory.EnumerateDirectories(Folder, "rules*")
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.yml", SearchOption.AllDirectories))
            .Select(file => new SigmaSource(Path.GetRelativePath(Folder, file).Replace('\\', '/'), File.ReadAllBytes(file))),
    ];
}
