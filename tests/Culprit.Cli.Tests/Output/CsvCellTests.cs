using Culprit.Cli.Output;

namespace Culprit.Cli.Tests.Output;

public sealed class CsvCellTests
{
    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\\x09=1")]
    [InlineData("\r=1", "'\\x0d=1")]
    [InlineData("=1,\"2\"", "\"'=1,\"\"2\"\"\"")]
    public void No_cell_is_taken_for_a_formula(string value, string cell) => Assert.Equal(cell, FindingsCsvWriter.Cell(value));

    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\nb", "a\\x0ab")]
    [InlineData(" a", "\" a\"")]
    public void Cells_stay_on_one_line_and_are_quoted_where_they_must_be(string value, string cell) =>
        Assert.Equal(cell, FindingsCsvWriter.Cell(value));
}
