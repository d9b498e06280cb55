using System.Text;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Primitives;

namespace Culprit.Tests.Evidence;

public sealed class WindowsJsonTests : IDisposable
{
    private readonly EvidenceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("evtx_dump", """{"Event":{"#attributes":{"xmlns":"http://x"},"System":{"Provider":{"#attributes":{"Name":"P","Guid":"G"}},"EventID":{"#attributes":{"Qualifiers":7},"#text":4688},"EventRecordID":99,"Channel":"Security","Computer":"PC1","TimeCreated":{"#attributes":{"SystemTime":"2020-07-01T08:00:00.123456Z"}}},"EventData":{"NewProcessName":"C:\\a.exe","ProcessId":"0x10"}}}""")]
    [InlineData("evtx_dump, attributes apart", """{"Event":{"System":{"Provider_attributes":{"Name":"P","Guid":"G"},"EventID":4688,"EventID_attributes":{"Qualifiers":7},"EventRecordID":99,"Channel":"Security","Computer":"PC1","TimeCreated_attributes":{"SystemTime":"2020-07-01T08:00:00.123456Z"}},"EventData":{"NewProcessName":"C:\\a.exe","ProcessId":"0x10"}}}""")]
    [InlineData("pairs of name and text", """{"Event":{"System":{"Provider":{"@Name":"P","@Guid":"G"},"EventID":{"@Qualifiers":"7","#text":"4688"},"EventRecordID":"99","Channel":"Security","Computer":"PC1","TimeCreated":{"@SystemTime":"2020-07-01 08:00:00.123456"}},"EventData":{"Data":[{"@Name":"NewProcessName","#text":"C:\\a.exe"},{"@Name":"ProcessId","#text":"0x10"}]}}}""")]
    [InlineData("Winlogbeat 7", """{"@timestamp":"2020-07-01T08:00:00.123456Z","event":{"code":4688,"provider":"P"},"host":{"name":"collector"},"winlog":{"provider_name":"P","provider_guid":"G","event_id":4688,"record_id":99,"channel":"Security","computer_name":"PC1","event_data":{"NewProcessName":"C:\\a.exe","ProcessId":"0x10"}}}""")]
    [InlineData("Winlogbeat 7 from Elasticsearch", """{"_index":"w","_source":{"@timestamp":"2020-07-01T08:00:00.123456Z","winlog":{"provider_name":"P","provider_guid":"G","event_id":4688,"record_id":99,"channel":"Security","computer_name":"PC1","event_data":{"NewProcessName":"C:\\a.exe","ProcessId":"0x10"}}}}""")]
    [InlineData("Elasticsearch fields", """{"fields":{"@timestamp":["2020-07-01T08:00:00.123456Z"],"winlog.provider_name":["P"],"winlog.provider_guid":["G"],"winlog.event_id":["4688"],"winlog.record_id":["99"],"winlog.channel":["Security"],"winlog.computer_name":["PC1"],"winlog.event_data.NewProcessName":["C:\\a.exe"],"winlog.event_data.ProcessId":["0x10"]}}""")]
    [InlineData("Winlogbeat 6", """{"@timestamp":"2020-07-01T08:00:00.123456Z","source_name":"P","provider_guid":"G","event_id":4688,"record_number":"99","log_name":"Security","computer_name":"PC1","event_data":{"NewProcessName":"C:\\a.exe","ProcessId":"0x10"}}""")]
    [InlineData("flat", """{"@timestamp":"2020-07-01T08:00:01Z","TimeCreated":"2020-07-01T08:00:00.123456Z","SourceName":"P","ProviderGuid":"G","EventID":4688,"RecordNumber":99,"Channel":"Security","Hostname":"PC1","NewProcessName":"C:\\a.exe","ProcessId":"0x10"}""")]
    [InlineData("NXLog", """{"@timestamp":"2020-07-01T12:00:03.2Z","EventTime":"2020-07-01T08:00:00.123456Z","EventReceivedTime":"2020-07-01 08:00:03","SourceName":"P","ProviderGuid":"G","EventID":4688,"RecordNumber":99,"Channel":"Security","Hostname":"PC1","NewProcessName":"C:\\a.exe","ProcessId":"0x10"}""")]
    [InlineData("Velociraptor", """{"System":{"Provider":{"Name":"P","Guid":"G"},"EventID":{"Value":4688},"EventRecordID":99,"Channel":"Security","Computer":"PC1","TimeCreated":{"SystemTime":1593590400.123456}},"EventData":{"NewProcessName":"C:\\a.exe","ProcessId":"0x10"}}""")]
    [InlineData("EvtxECmd", """{"Computer":"PC1","Channel":"Security","Provider":"P","ProviderGuid":"G","EventId":4688,"EventRecordId":"99","RecordNumber":7,"TimeCreated":"2020-07-01T08:00:00.123456+00:00","Payload":"{\"EventData\":{\"Data\":[{\"@Name\":\"NewProcessName\",\"#text\":\"C:\\\\a.exe\"},{\"@Name\":\"ProcessId\",\"#text\":\"0x10\"}]}}"}""")]
    [InlineData("data as JSON in a text", """{"TimeCreated":"2020-07-01T08:00:00.123456Z","SourceName":"P","ProviderGuid":"G","EventID":4688,"RecordNumber":99,"Channel":"Security","Hostname":"PC1","EventData":"{\"NewProcessName\":\"C:\\\\a.exe\",\"ProcessId\":\"0x10\"}"}""")]
    [InlineData("data as XML in a text", """{"TimeCreated":"2020-07-01T08:00:00.123456Z","SourceName":"P","ProviderGuid":"G","EventID":4688,"RecordNumber":99,"Channel":"Security","Hostname":"PC1","EventData":"<EventData xmlns='http://x'>\n<Data Name='NewProcessName'>C:\\a.exe</Data><Data Name=\"ProcessId\">0x10</Data></EventData>"}""")]
    [InlineData("parts of XML in a text", """{"TimeCreated":"2020-07-01T08:00:00.123456Z","SourceName":"P","ProviderGuid":"G","EventID":4688,"RecordNumber":99,"Channel":"Security","Hostname":"PC1","EventData_Xml":"<Data Name='NewProcessName'>C:\\a.exe</Data><Data Name='ProcessId'>0x10</Data>"}""")]
    public void Every_shape_gives_the_same_event(string shape, string json)
    {
        (Coverage coverage, List<Event> events) = Collector.Read(_folder.Add("x", json + "\n"));

        Event e = Assert.Single(events);
        Assert.True(("windows", "Security", "P", 4688) == (e.Route.Product, e.Route.Channel, e.Route.Provider, e.Route.EventId), shape);
        Assert.Equal(("PC1", "G", "99"), (e.Host, e.Get("Provider_Guid"), e.Get("EventRecordID")));
        Assert.Equal((@"C:\a.exe", "0x10"), (e.Get("NewProcessName"), e.Get("ProcessId")));
        Assert.Equal(99, e.RecordId);
        Assert.Equal(new DateTime(2020, 7, 1, 8, 0, 0, DateTimeKind.Utc).AddTicks(1234560), e.Time.Utc);
        Assert.Equal(TimeCertainty.Exact, e.Time.Certainty);
        Assert.Equal("windows-json", Assert.Single(coverage.Sources).Format);
    }

    [Fact]
    public void Copies_of_one_record_in_several_shapes_have_one_identity()
    {
        string dump = """{"Event":{"System":{"Provider":{"#attributes":{"Name":"P"}},"EventID":1,"EventRecordID":99,"Channel":"Security","Computer":"PC1","TimeCreated":{"#attributes":{"SystemTime":"2020-07-01T08:00:00Z"}}},"EventData":{"A":"x","B":"y"}}}""";
        string flat = """{"TimeCreated":"2020-07-01T08:00:00Z","SourceName":"P","EventID":1,"RecordNumber":99,"Channel":"Security","Hostname":"pc1","Message":"text","A":"x","B":"y"}""";
        string other = flat.Replace("\"x\"", "\"z\"", StringComparison.Ordinal);
        List<Event> events = Collector.Read(_folder.Add("x", dump + "\n" + flat + "\n" + other)).Events;

        Assert.Equal(events[0].Identity, events[1].Identity);
        Assert.NotEqual(events[0].Identity, events[2].Identity);
    }

    [Fact]
    public void Local_times_of_NXLog_take_their_zone_from_the_receipt()
    {
        string json = """{"@timestamp":"2020-08-07T14:32:25.358Z","EventTime":"2020-08-07 10:32:22","EventReceivedTime":"2020-08-07 10:32:25","SourceName":"P","EventID":1,"Channel":"C","Hostname":"H"}""";
        (Coverage coverage, List<Event> events) = Collector.Read(_folder.Add("x", json));

        Assert.Equal(new EventTime(new DateTime(2020, 8, 7, 14, 32, 22, DateTimeKind.Utc).Ticks, TimeCertainty.ZoneAssumed), Assert.Single(events).Time);
        Assert.Contains("EventReceivedTime", coverage.Sources[0].TimeAssumption, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_keep_null_numbers_literals_lists_and_escapes()
    {
        string json = """{"EventID":1,"Channel":"C","A":null,"B":1.50,"C":true,"D":["x","y",{"e":"z"}],"E":"a\"\\\/\n\u00e9\ud83d\ude00\ud800","F":"","G":[]}""";
        Event e = Assert.Single(Collector.Read(_folder.Add("x", json)).Events);

        Assert.Contains(new EventField("A", null), e.Fields);
        Assert.Equal(("1.50", "true", ""), (e.Get("B"), e.Get("C"), e.Get("F")));
        Assert.Equal(["x", "y"], e.All("D"));
        Assert.Equal("z", e.Get("D.e"));
        Assert.Equal("a\"\\/\n\u00e9\U0001F600\ud800", e.Get("E"));
        Assert.DoesNotContain(e.Fields, static f => f.Name == "G");
    }

    [Fact]
    public void Data_without_names_is_one_field_with_several_values()
    {
        string json = """{"Event":{"System":{"EventID":1,"Channel":"C"},"EventData":{"Data":{"#text":["a","b"]},"Binary":"00FF"}}}""";
        string pairs = """{"Event":{"System":{"EventID":1,"Channel":"C"},"EventData":{"Data":[{"#text":"a"},{"#text":"b"}],"Binary":"00FF"}}}""";
        List<Event> events = Collector.Read(_folder.Add("x", json + "\n" + pairs)).Events;

        Assert.Equal(2, events.Count);
        Assert.All(events, static e => Assert.Equal(["a", "b"], e.All("Data")));
        Assert.All(events, static e => Assert.Equal("00FF", e.Get("Binary")));
    }

    [Fact]
    public void A_provider_beside_the_events_own_is_data()
    {
        Event e = Assert.Single(Collector.Read(_folder.Add("x", """{"EventID":7,"Channel":"C","SourceName":"P","Provider":"x"}""")).Events);

        Assert.Equal(("P", "x"), (e.Route.Provider, e.Get("Provider")));
    }

    [Fact]
    public void A_provider_of_anything_makes_no_Windows_event() =>
        Assert.Empty(Collector.Read(_folder.Add("x", """{"Id":7,"Provider":"aws","user":"anna"}""")).Events);

    // A text is unpacked once, and only where it is data: no program sets the header of its event by what it writes, and no text refers to a file.
    [Theory]
    [InlineData("Payload", """{\"EventID\":1,\"Channel\":\"Security\"}""")]
    [InlineData("Payload", "{not JSON")]
    [InlineData("EventData", "<Data Name='A'>")]
    [InlineData("EventData", "<!DOCTYPE x [<!ENTITY y 'z'>]><Data Name='A'>&y;</Data>")]
    public void What_is_no_data_stays_a_text(string field, string text)
    {
        Event e = Assert.Single(Collector.Read(_folder.Add("x", $$"""{"EventID":7,"Channel":"C","{{field}}":"{{text}}"}""")).Events);

        Assert.Equal(("C", 7), (e.Route.Channel, e.Route.EventId));
        Assert.Equal(text.Replace("\\\"", "\"", StringComparison.Ordinal), e.Get(field));
    }

    [Fact]
    public void Packed_data_of_other_kinds_is_unpacked_too()
    {
        string user = """{"EventID":7,"Channel":"C","UserData":"<UserData><EventXML xmlns='u'><Param1>a</Param1><Empty/></EventXML></UserData>"}""";
        string unnamed = """{"EventID":7,"Channel":"C","EventData":"<Data>a</Data><Data>b<![CDATA[c]]></Data>"}""";
        List<Event> events = Collector.Read(_folder.Add("x", user + "\n" + unnamed)).Events;

        Assert.Equal(("a", ""), (events[0].Get("Param1"), events[0].Get("Empty")));
        Assert.Equal(["a", "bc"], events[1].All("Data"));
    }

    // Get-WinEvent and Fluent Bit write values without names; those of well-known events stand in the order of their templates. A SID is an object.
    [Theory]
    [InlineData("""{"Id":7045,"ProviderName":"Service Control Manager","LogName":"System","MachineName":"h","RecordId":1,"TimeCreated":"2021-03-04T10:00:00Z","Properties":[{"Value":"svc"},{"Value":"C:\\a.exe"},{"Value":"user mode service"},{"Value":"demand start"},{"Value":null}]}""", "ServiceName=svc|ImagePath=C:\\a.exe", 0)]
    [InlineData("""{"EventID":7045,"ProviderName":"Service Control Manager","Channel":"System","Computer":"h","EventRecordID":1,"TimeCreated":"2021-03-04T10:00:00Z","StringInserts":["svc","C:\\a.exe","","","LocalSystem"]}""", "ServiceName=svc|AccountName=LocalSystem", 0)]
    [InlineData("""{"Id":4672,"ProviderName":"Microsoft-Windows-Security-Auditing","LogName":"Security","MachineName":"h","RecordId":1,"TimeCreated":"2021-03-04T10:00:00Z","Properties":[{"Value":{"BinaryLength":12,"AccountDomainSid":null,"Value":"S-1-5-18"}},{"Value":"anna"},{"Value":"CORP"},{"Value":999},{"Value":"SeDebugPrivilege"}]}""", "SubjectUserSid=S-1-5-18|SubjectUserName=anna|SubjectLogonId=999", 0)]
    [InlineData("""{"Id":7045,"ProviderName":"Service Control Manager","LogName":"System","MachineName":"h","RecordId":1,"TimeCreated":"2021-03-04T10:00:00Z","Properties":[{"Value":"svc"},{"Value":"C:\\a.exe"}]}""", "Properties.Value=svc", 1)]
    [InlineData("""{"Id":1,"ProviderName":"Other","LogName":"Application","MachineName":"h","RecordId":1,"TimeCreated":"2021-03-04T10:00:00Z","Properties":[{"Value":"a"}]}""", "Properties.Value=a", 1)]
    [InlineData("""{"Id":1,"ProviderName":"Other","LogName":"Application","MachineName":"h","RecordId":1,"TimeCreated":"2021-03-04T10:00:00Z","Properties":[]}""", "", 0)]
    [InlineData("""{"winlog":{"event_id":7045,"provider_name":"Service Control Manager","channel":"System","event_data":{"param1":"svc","param2":"C:\\a.exe"}}}""", "param1=svc", 1)]
    [InlineData("""{"winlog":{"event_id":7036,"provider_name":"Service Control Manager","channel":"System","event_data":{"param1":"svc","param2":"running"}}}""", "param1=svc", 0)]
    [InlineData("""{"EventID":4624,"SourceName":"Microsoft-Windows-Security-Auditing","Channel":"Security","Hostname":"h","Message":"An account was logged on"}""", "Message=An account was logged on", 1)]
    public void Values_by_position_get_their_names_or_are_counted(string json, string fields, int nameless)
    {
        (Coverage coverage, List<Event> events) = Collector.Read(_folder.Add("x", json));

        Event e = Assert.Single(events);
        Assert.All(fields.Split('|', StringSplitOptions.RemoveEmptyEntries), f => Assert.Equal(f[(f.IndexOf('=') + 1)..], e.Get(f[..f.IndexOf('=')])));
        Assert.Equal(nameless, Assert.Single(coverage.Sources).RecordsNameless);
    }

    [Fact]
    public void Bad_lines_are_counted_with_their_place_and_the_rest_is_read()
    {
        const string Good = """{"EventID":1,"Channel":"C","N":"1"}""";
        string path = _folder.Add("x", Good + "\n{\"EventID\":\n[1]\n\n{\"a\":1}\n" + Good + "\r\n");
        (Coverage coverage, List<Event> events) = Collector.Read(path);

        Assert.Equal(2, events.Count);
        Assert.Equal((2, 3), (coverage.RecordsGood, coverage.RecordsBad));
        Assert.Equal([36, 48, 53], coverage.Sources[0].Problems.Select(static p => p.Offset));
        Assert.Equal(Good.Length, events[1].Place.Length);
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-8", true)]
    public void Arrays_over_several_lines_are_read_in_every_encoding(string encoding, bool mark)
    {
        const string Json = "[\n  {\n    \"EventID\": 1,\n    \"Channel\": \"C{\\\"\",\n    \"N\": \"é\"\n  },\n  {\n    \"EventID\": 2,\n    \"Channel\": \"C\",\n    \"N\": {\"a\": \"}\"}\n  }\n]\n";
        Encoding how = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. mark ? how.GetPreamble() : [], .. how.GetBytes(Json)];
        List<Event> events = Collector.Read(_folder.Add("x", bytes)).Events;

        Assert.Equal([1, 2], events.Select(static e => e.Route.EventId));
        Assert.Equal("é", events[0].Get("N"));
        Assert.Equal("C{\"", events[0].Route.Channel);
        Assert.Equal("}", events[1].Get("N.a"));
        Assert.All(events, e => Assert.StartsWith("{\n    \"EventID\": " + e.Route.EventId, how.GetString(bytes, (int)e.Place.Offset, e.Place.Length), StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_in_UTF16_keep_their_places()
    {
        const string Lines = "{\"EventID\":1,\"Channel\":\"C\"}\r\n{\"EventID\":2,\"Channel\":\"C\"}\r\n";
        byte[] bytes = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Lines)];
        List<Event> events = Collector.Read(_folder.Add("x", bytes)).Events;

        Assert.Equal([1, 2], events.Select(static e => e.Route.EventId));
        Assert.Equal("{\"EventID\":2,\"Channel\":\"C\"}", Encoding.Unicode.GetString(bytes, (int)events[1].Place.Offset, events[1].Place.Length));
    }

    [Fact]
    public void A_layout_does_not_depend_on_the_order_of_the_keys()
    {
        List<Event> events = Collector.Read(_folder.Add("x", """
            {"EventID":1,"Channel":"C","A":"1","B":"2"}
            {"B":"2","A":"1","Channel":"C","EventID":1}
            """)).Events;

        Assert.Equal(events[0].Fields, events[1].Fields);
    }

    [Fact]
    public void Objects_and_lines_over_the_limit_are_bad_and_the_rest_is_read()
    {
        const string Good = """{"EventID":1,"Channel":"C"}""";
        string large = "{\"EventID\":1,\"Channel\":\"" + new string('x', 3_000_000) + "\"}";
        var options = new EvidenceOptions { Threads = 2, MaxRecordBytes = 2_000_000 };
        string lines = _folder.Add("lines", Good + "\n" + large + "\n" + Good + "\n");
        string objects = _folder.Add("objects", "[" + Good + ",\n" + large + ",\n" + Good + "]");
        Coverage coverage = Collector.Read(options, lines, objects).Coverage;

        Assert.All(coverage.Sources, static s => Assert.Equal((2, 1), (s.RecordsGood, s.RecordsBad)));
        Assert.All(coverage.Sources, static s => Assert.Equal(s.Source.Length, s.BytesRead));
    }

    [Fact]
    public void Problems_are_bounded_and_those_nearest_to_the_start_are_kept()
    {
        const string Good = """{"EventID":1,"Channel":"C"}""";
        string text = Good + "\n" + string.Concat(Enumerable.Repeat("x\n", 1_500_000)) + Good;
        var options = new EvidenceOptions { Threads = 3, MaxProblems = 7 };
        SourceCoverage source = Assert.Single(Collector.Read(options, _folder.Add("x", text)).Coverage.Sources);

        Assert.Equal((2, 1_500_000, 1_500_000 - 7), (source.RecordsGood, source.RecordsBad, source.MoreProblems));
        Assert.Equal(Enumerable.Range(0, 7).Select(static i => 28L + (2 * i)), source.Problems.Select(static p => p.Offset));
    }

    [Fact]
    public void JSON_that_holds_no_Windows_events_is_not_read()
    {
        SourceCoverage source = Assert.Single(Collector.Read(_folder.Add("x.json", """{"Records":[{"eventID":"a"}]}""")).Coverage.Sources);

        Assert.Equal("unknown", source.Format);
        Assert.Contains("JSON", source.NotReadReason, StringComparison.Ordinal);
        Assert.Equal(source.Source.Length, source.BytesNotRead);
    }
}
