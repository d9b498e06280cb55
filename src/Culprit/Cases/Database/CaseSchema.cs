namespace Culprit.Cases.Database;

/// <summary>The tables of a case's database, as <c>docs/custody.md</c> describes them.</summary>
internal static class CaseSchema
{
    public const string Tables = """
        CREATE TABLE about ("key" VARCHAR, "value" VARCHAR);
        CREATE TABLE evidence (
            path VARCHAR, container VARCHAR, sha256 VARCHAR, size BIGINT, format VARCHAR, bytes_read BIGINT, not_read_reason VARCHAR,
            records_good BIGINT, records_bad BIGINT, records_recovered BIGINT, first TIMESTAMP, last TIMESTAMP, hosts JSON, time_assumption VARCHAR);
        CREATE TABLE rules (rank INTEGER, id VARCHAR, title VARCHAR, level VARCHAR, body JSON);
        CREATE TABLE findings (
            number BIGINT, time TIMESTAMP, time_text VARCHAR, time_certainty VARCHAR, level VARCHAR, rule_id VARCHAR, rule_title VARCHAR,
            host VARCHAR, account VARCHAR, channel VARCHAR, provider VARCHAR, event_id INTEGER, record_id BIGINT, recovered BOOLEAN,
            tactics JSON, attack JSON, place_count BIGINT, body JSON);
        CREATE TABLE finding_places (
            finding BIGINT, place INTEGER, path VARCHAR, sha256 VARCHAR, "offset" BIGINT, "length" INTEGER, record_id BIGINT);
        CREATE TABLE incidents (
            number INTEGER, severity VARCHAR, score DOUBLE, first TIMESTAMP, last TIMESTAMP, hosts JSON, accounts JSON, tactics JSON,
            finding_count INTEGER, event_count INTEGER, body JSON);
        CREATE TABLE incident_findings (incident INTEGER, finding BIGINT);
        CREATE TABLE events (
            incident INTEGER, number INTEGER, time TIMESTAMP, time_text VARCHAR, time_certainty VARCHAR, kind VARCHAR, host VARCHAR,
            account VARCHAR, channel VARCHAR, provider VARCHAR, event_id INTEGER, record_id BIGINT, recovered BOOLEAN, path VARCHAR,
            sha256 VARCHAR, "offset" BIGINT, "length" INTEGER, identity VARCHAR, why VARCHAR, summary VARCHAR, fields JSON, findings JSON);
        """;

    public const string Marks = """
        DROP TABLE IF EXISTS notes;
        DROP TABLE IF EXISTS tags;
        CREATE TABLE notes (time TIMESTAMP, who VARCHAR, "text" VARCHAR);
        CREATE TABLE tags (time TIMESTAMP, who VARCHAR, tag VARCHAR, event VARCHAR, incident INTEGER);
        """;
}
