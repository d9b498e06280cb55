using System.Globalization;
using System.Text;
using Culprit.SampleMaker.World;

namespace Culprit.SampleMaker.Logs;

/// <summary>A request to the web server.</summary>
internal sealed record WebRequest
{
    public required DateTime Time { get; init; }

    public string Method { get; init; } = "GET";

    public required string Path { get; init; }

    public string Query { get; init; } = "-";

    public required string ClientIp { get; init; }

    public required string Agent { get; init; }

    public string Referer { get; init; } = "-";

    public int Status { get; init; } = 200;

    public int Win32Status { get; init; }

    public long Sent { get; init; }

    public long Received { get; init; } = 412;

    public long Milliseconds { get; init; } = 15;
}

/// <summary>A line of a log file, with what it stands for.</summary>
internal sealed record WebLine(string File, int Line, WebRequest Request, Truth Truth);

/// <summary>
/// IIS's W3C log: one file a day, times in UTC, and a header that is repeated when the server restarts. Until the
/// restart of the patch night the host name is not logged; afterwards it is, so that fields change in mid-file.
/// </summary>
internal sealed class WebLog(Institute institute, Host host, string portal)
{
    private const string FieldsBefore =
        "date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken";

    private const string FieldsAfter =
        "date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) cs-host sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken";

    private readonly List<(WebRequest Request, Truth? Truth)> _requests = [];

    public Host Host => host;

    /// <summary>The public name of the site.</summary>
    public string Portal => portal;

    /// <summary>When the server restarted with more fields.</summary>
    public DateTime Restart { get; set; }

    public void Add(WebRequest request) => _requests.Add((request, institute.Current));

    /// <summary>Writes the files and returns the lines that belong to the intrusion.</summary>
    public IReadOnlyList<WebLine> Write(string folder, string relativeFolder)
    {
        Directory.CreateDirectory(folder);
        var lines = new List<WebLine>();
        foreach (IGrouping<DateTime, (WebRequest Request, Truth? Truth)> day in _requests.OrderBy(r => r.Request.Time).GroupBy(r => r.Request.Time.Date))
        {
            string name = "u_ex" + day.Key.ToString("yyMMdd", CultureInfo.InvariantCulture) + ".log";
            var text = new StringBuilder();
            int count = 0;
            bool? after = null;
            foreach ((WebRequest request, Truth? truth) in day)
            {
                bool isAfter = request.Time >= Restart;
                if (after != isAfter)
                {
                    after = isAfter;
                    AppendHeader(text, request.Time, isAfter);
                    count += 4;
                }

                AppendRequest(text, request, isAfter);
                count++;
                if (truth is not null)
                {
                    lines.Add(new WebLine(relativeFolder + "/" + name, count, request, truth));
                }
            }

            File.WriteAllText(System.IO.Path.Combine(folder, name), text.ToString());
        }

        return lines;
    }

    private static void AppendHeader(StringBuilder text, DateTime time, bool after) =>
        text.Append("#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: ")
            .Append(time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture))
            .Append("\r\n#Fields: ").Append(after ? FieldsAfter : FieldsBefore).Append("\r\n");

    private void AppendRequest(StringBuilder text, WebRequest r, bool after)
    {
        text.Append(r.Time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)).Append(' ')
            .Append(host.Ip).Append(' ').Append(r.Method).Append(' ').Append(r.Path).Append(' ').Append(r.Query)
            .Append(" 443 - ").Append(r.ClientIp).Append(' ').Append(r.Agent.Replace(' ', '+')).Append(' ').Append(r.Referer);
        if (after)
        {
            text.Append(' ').Append(portal);
        }

        text.Append(CultureInfo.InvariantCulture, $" {r.Status} 0 {r.Win32Status} {r.Sent} {r.Received} {r.Milliseconds}\r\n");
    }
}
