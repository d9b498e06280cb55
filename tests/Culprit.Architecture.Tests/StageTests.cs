namespace Culprit.Architecture.Tests;

/// <summary>Who may see whom. A stage that is not built yet is simply not there; its rule waits for it.</summary>
public sealed class StageTests
{
    [Fact]
    public void A_stage_sees_earlier_stages_primitives_and_where_named_knowledge() =>
        House.AssertNone(
            House.Uses.Where(use => use.From.Stage.Length > 0 && use.To.Stage.Length > 0 && !MaySee(use.From.Stage, use.To.Stage)),
            "A stage sees the stages before it on the line, Primitives and (Findings, Attribution, Cases, Sharing) Knowledge");

    [Fact]
    public void The_engine_holds_stages_primitives_and_knowledge_alone()
    {
        string[] strays = [.. House.AssemblyOf("Culprit").GetTypes()
            .Where(type => type.Namespace?.StartsWith("Culprit", StringComparison.Ordinal) is true)
            .Select(type => type.Namespace!.Split('.').ElementAtOrDefault(1) ?? "")
            .Distinct(StringComparer.Ordinal)
            .Except([.. House.Line, "Primitives", "Knowledge"], StringComparer.Ordinal)];
        Sources.AssertNone(strays);
    }

    [Fact]
    public void Event_logs_are_parsed_in_evidence_alone() =>
        House.AssertNone(
            House.Uses.Where(use => use.To.Assembly is "Culprit.Evtx" && use.From.Assembly is not "Culprit.Evtx" && use.From.Stage is not "Evidence"),
            "Culprit.Evtx is used in Evidence alone");

    [Fact]
    public void Rules_are_judged_in_findings_alone() =>
        House.AssertNone(
            House.Uses.Where(use => use.To.Assembly is "Culprit.Sigma" && use.From.Assembly is not "Culprit.Sigma" && use.From.Stage is not "Findings"),
            "Culprit.Sigma is used in Findings alone");

    [Theory]
    [InlineData("Culprit.Evtx")]
    [InlineData("Culprit.Sigma")]
    public void A_package_references_nothing_of_ours(string package)
    {
        string[] ours = [.. House.AssemblyOf(package).GetReferencedAssemblies()
            .Select(assembly => assembly.Name ?? "")
            .Where(name => name.StartsWith("Culprit", StringComparison.Ordinal))];
        Sources.AssertNone(ours);
    }

    [Fact]
    public void The_engine_does_not_know_its_hosts() =>
        Assert.DoesNotContain(House.AssemblyOf("Culprit").GetReferencedAssemblies(), assembly => assembly.Name is "Culprit.Cli" or "Culprit.Workbench" or "Culprit.Dossier");

    [Fact]
    public void The_dossier_uses_the_engine_and_nothing_else_of_ours()
    {
        string[] ours = [.. House.AssemblyOf("Culprit.Dossier").GetReferencedAssemblies()
            .Select(assembly => assembly.Name ?? "")
            .Where(name => name.StartsWith("Culprit", StringComparison.Ordinal) && name is not "Culprit")];
        Sources.AssertNone(ours);
    }

    [Fact]
    public void The_dossier_sees_what_the_engines_stages_show() =>
        House.AssertNone(
            House.Uses.Where(use => use.From.Assembly is "Culprit.Dossier" && use.To.Assembly is "Culprit"
                && use.To.Stage is not ("Primitives" or "Evidence" or "Events" or "Findings" or "Incidents" or "Attribution" or "Knowledge")),
            "The dossier tells what the stages up to Attribution say");

    [Fact]
    public void What_lies_below_a_stage_is_internal()
    {
        string[] visible = [.. House.AssemblyOf("Culprit").GetExportedTypes()
            .Where(type => type.Namespace?.Split('.') is ["Culprit", not "Primitives", _, ..])
            .Select(type => type.FullName ?? type.Name)];
        Sources.AssertNone(visible);
    }

    [Fact]
    public void Files_are_opened_in_evidence_cases_and_hosts() =>
        House.AssertNone(
            House.Uses.Where(use => use.From.Assembly is not "Culprit.Cli" && use.From.Stage is not ("Evidence" or "Cases") && OpensFiles(use.To.Type)),
            "Files are reached in Evidence, Cases and the hosts alone");

    [Fact]
    public void Sockets_are_opened_in_sharing_and_hosts() =>
        House.AssertNone(
            House.Uses.Where(use => use.From.Assembly is not "Culprit.Cli" && use.From.Stage is not "Sharing" && OpensSockets(use.To.Namespace)),
            "Sockets are reached in Sharing and the hosts alone");

    [Fact]
    public void The_clock_is_read_through_a_time_provider()
    {
        // The banned-symbol analyser fails the build on DateTime.Now and its kin; this holds the ban itself in place.
        string banned = File.ReadAllText(Path.Combine(TestSupport.RepositoryRoot.Path, "BannedSymbols.txt"));
        foreach (string member in new[] { "DateTime.Now", "DateTime.UtcNow", "DateTime.Today", "DateTimeOffset.Now", "DateTimeOffset.UtcNow" })
        {
            Assert.Contains("P:System." + member + ";", banned, StringComparison.Ordinal);
        }

        Sources.AssertNone([.. Sources.Product.Where(source => source.Text.Contains("RS0030", StringComparison.Ordinal)).Select(source => source.Path)]);
    }

    [Fact]
    public void The_model_sees_uses_at_all()
    {
        // Guards the tests above against a model that is empty and so never objects.
        Assert.Contains(House.Uses, use => use.From.Stage is "Evidence");
        Assert.Contains(House.Uses, use => use.From.Assembly is "Culprit.Evtx" && use.To.Type.StartsWith("System.", StringComparison.Ordinal));
    }

    private static bool MaySee(string from, string to) =>
        string.Equals(from, to, StringComparison.Ordinal)
        || to is "Primitives"
        || (to is "Knowledge" && House.ReadersOfKnowledge.Contains(from, StringComparer.Ordinal))
        || (Array.IndexOf(House.Line, to) is var earlier and >= 0 && earlier < Array.IndexOf(House.Line, from));

    private static bool OpensFiles(string type) => type is
        "System.IO.File" or "System.IO.FileStream" or "System.IO.FileInfo" or "System.IO.Directory" or "System.IO.DirectoryInfo"
        or "System.IO.RandomAccess" or "System.IO.FileSystemInfo" or "System.IO.Enumeration.FileSystemEnumerable`1"
        or "System.IO.MemoryMappedFiles.MemoryMappedFile";

    private static bool OpensSockets(string space) =>
        space is "System.Net.Sockets" or "System.Net.Http" or "System.Net.WebSockets" or "System.Net.Security" or "System.Net.Mail";
}
