using Culprit.SampleMaker.Scenario;
using Culprit.SampleMaker.World;

namespace Culprit.SampleMaker.Noise;

/// <summary>
/// Everything that happens without an intruder, day by day. What an institute does at night or only now and then
/// (backups, scans, deployments, patches) resembles an attack, and a rule that is worth its name tells them apart.
/// </summary>
internal sealed class OrdinaryLife(Institute institute, ScenarioFile scenario)
{
    public void Live()
    {
        DateTime patchNight = PatchNight();
        institute.Web.Restart = patchNight.AddHours(2).AddMinutes(21);
        var desk = new DeskWork(institute, scenario.Noise);
        var servers = new ServerRoom(institute, scenario.Noise);
        var admins = new Administration(institute);
        var visitors = new WebVisitors(institute, scenario.Noise);
        var nights = new NightWork(institute);
        for (int i = 0; i < institute.Days; i++)
        {
            DateTime day = institute.Start.AddDays(i);
            institute.Now = day.AddHours(12);
            if (day == patchNight)
            {
                nights.Patch(day);
            }

            bool isWorkday = day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
            foreach (HostEntry entry in scenario.Hosts)
            {
                Host host = institute.Host(entry.Name);
                servers.Background(host, day, isWorkday);
                if (isWorkday && entry.User.Length > 0)
                {
                    desk.Day(host, institute.Account(entry.User), day);
                }
            }

            servers.Logons(day, isWorkday);
            visitors.Day(day, isWorkday);
            nights.Night(day);
            if (isWorkday)
            {
                admins.Day(day);
            }
        }
    }

    // The second Tuesday of the month, at night.
    private DateTime PatchNight()
    {
        for (int i = 0; i < institute.Days; i++)
        {
            DateTime day = institute.Start.AddDays(i);
            if (day.DayOfWeek == DayOfWeek.Tuesday && day.Day is >= 8 and <= 14)
            {
                return day;
            }
        }

        return institute.Start.AddDays(institute.Days);
    }
}
