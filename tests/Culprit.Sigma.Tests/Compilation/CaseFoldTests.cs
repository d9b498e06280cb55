using Culprit.Sigma.Compilation;

namespace Culprit.Sigma.Tests.Compilation;

public sealed class CaseFoldTests
{
    [Fact]
    public void Folding_is_what_the_framework_means_by_ordinal_and_without_case()
    {
        for (int i = 0; i <= char.MaxValue; i++)
        {
            string folded = CaseFold.Fold(((char)i).ToString());
            Assert.True(string.Equals(((char)i).ToString(), folded, StringComparison.OrdinalIgnoreCase), $"U+{i:X4}");
        }
    }

    [Fact]
    public void No_character_beyond_ascii_folds_to_ascii()
    {
        for (int i = 0x80; i <= char.MaxValue; i++)
        {
            Assert.True(CaseFold.Fold((char)i) >= 0x80, $"U+{i:X4}");
        }
    }
}
