using Culprit.SampleMaker.World;

namespace Culprit.SampleMaker.Logs;

/// <summary>The start of a process, in whichever log the host keeps such things.</summary>
internal static class ProcessLog
{
    public static Proc Start(Host h, DateTime time, Proc parent, string image, string commandLine, Session? session = null, string folder = @"C:\Windows\system32\")
    {
        Proc process = h.NewProcess(time, image, commandLine, session ?? parent.Session);
        if (h.HasSysmon)
        {
            SysmonLog.ProcessCreate(h, time, process, parent, folder);
        }
        else
        {
            SecurityLog.ProcessCreate(h, time, process, parent);
        }

        return process;
    }
}
