using Culprit.TestSupport;

namespace Culprit.Cli.Tests;

public sealed class RepositoryTests
{
    [Fact]
    public void The_repository_is_found_from_the_test_binaries() =>
        Assert.True(File.Exists(Path.Combine(RepositoryRoot.Path, "Culprit.slnx")));
}
