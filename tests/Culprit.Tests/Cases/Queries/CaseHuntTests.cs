using System.Collections.Immutable;
using Culprit.Cases;
using Culprit.Findings;

namespace Culprit.Tests.Cases.Queries;

public sealed class CaseHuntTests : IDisposable
{
    private readonly CaseFolder _folder = new();

    public CaseHuntTests() => _folder.Investigate().Dispose();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_select_gives_names_and_rows_as_text()
    {
        ImmutableArray<string?>[] rows = Ask("SELECT host, count(*) AS n, NULL AS nothing FROM findings GROUP BY host ORDER BY host;");

        Assert.Equal(["host", "n", "nothing"], rows[0]);
        Assert.True(rows.Length > 1);
        Assert.All(rows[1..], static row => Assert.Null(row[2]));
        Assert.Equal(rows, Ask("SELECT host, count(*) AS n, NULL AS nothing FROM findings GROUP BY host ORDER BY host"));
    }

    [Theory]
    [InlineData("COPY findings TO '{0}'")]
    [InlineData("COPY (SELECT 1) TO '{0}'")]
    [InlineData("ATTACH '{0}' AS other")]
    [InlineData("INSERT INTO notes VALUES (NULL, 'x', 'y')")]
    [InlineData("DELETE FROM findings")]
    [InlineData("DROP TABLE findings")]
    [InlineData("CREATE TABLE x AS SELECT 1")]
    [InlineData("EXPORT DATABASE '{0}'")]
    [InlineData("INSTALL httpfs")]
    [InlineData("LOAD json")]
    [InlineData("PRAGMA version")]
    [InlineData("SET threads = 4")]
    [InlineData("SELECT 1; DROP TABLE findings")]
    [InlineData("SELECT 1) ; COPY findings TO '{0}'; SELECT (1")]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')")]
    [InlineData("SELECT * FROM read_text('/etc/passwd')")]
    [InlineData("SELECT * FROM \"read_text\"('/etc/passwd')")]
    [InlineData("SELECT * FROM '/etc/passwd'")]
    [InlineData("SELECT * FROM 'https://example.org/x.csv'")]
    [InlineData("SELECT * FROM glob('/etc/*')")]
    [InlineData("SELECT (SELECT count(*) FROM read_blob('/etc/passwd'))")]
    [InlineData("SELECT * FROM query('SELECT 1')")]
    [InlineData("SELECT * FROM enable_logging('QueryLog', storage = 'file', storage_config = {{'path': '{0}'}})")]
    [InlineData("SELECT * FROM enable_profiling(save_location = '{0}')")]
    [InlineData("SELECT * FROM checkpoint()")]
    [InlineData("SELECT nosuch FROM findings")]
    [InlineData("SELEC")]
    [InlineData(";")]
    public void What_writes_or_leaves_the_case_is_refused(string sql)
    {
        string target = _folder.Of("stolen");
        string[] before = Contents();

        Assert.Throws<QueryException>(() => Ask(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, target)));

        Assert.False(Path.Exists(target));
        Assert.Equal(before, Contents());
    }

    [Fact]
    public void A_query_that_never_ends_can_be_stopped()
    {
        using CaseReader opened = CaseReader.Open(_folder.Case);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        Assert.ThrowsAny<OperationCanceledException>(() => CaseHunt.Sql(
            opened, "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT sum(n) FROM t", static _ => { }, stop.Token));
    }

    [Fact]
    public void Rules_find_among_kept_events_what_the_investigation_found_in_records()
    {
        using CaseReader opened = CaseReader.Open(_folder.Case);
        HuntResult result = CaseHunt.Sigma(opened, CaseFolder.Rules(), CancellationToken.None);

        long[] inIncidents = [.. opened.Incidents.SelectMany(static i => i.Findings).Select(static f => (long)f)];
        Finding[] findings = [.. opened.Findings().Where((f, i) => !f.IsCorrelation && inIncidents.Contains(i))];
        Assert.NotEmpty(findings);
        Assert.Equal(
            findings.Select(static f => (f.Rule.Id, f.Places[0].Source.Path, f.Places[0].Offset)).Order(),
            result.Hits.Where(static h => !h.Rule.IsCorrelation).Select(static h => (h.Rule.Id, h.Event.Places[0].Path, h.Event.Places[0].Offset)).Order());
        Assert.Equal(
            findings.SelectMany(static f => f.Matched).Order(Comparer<MatchedValue>.Create(static (a, b) => string.CompareOrdinal(a.ToString(), b.ToString()))).Select(static m => m.Value),
            result.Hits.Where(static h => !h.Rule.IsCorrelation).SelectMany(static h => h.Matched).Order(Comparer<MatchedValue>.Create(static (a, b) => string.CompareOrdinal(a.ToString(), b.ToString()))).Select(static m => m.Value));
        Assert.False(result.AllEvents);
    }

    private ImmutableArray<string?>[] Ask(string sql)
    {
        using CaseReader opened = CaseReader.Open(_folder.Case);
        List<ImmutableArray<string?>> rows = [];
        CaseHunt.Sql(opened, sql, rows.Add, CancellationToken.None);
        return [.. rows];
    }

    private string[] Contents() =>
    [
        .. Directory.GetFiles(_folder.Case, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(static f => f + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))),
    ];
}
