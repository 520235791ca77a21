using KeyAccountBot.Sales.Calendar;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>For stories that run by the real clock.</summary>
internal static class BusinessDay
{
    /// <summary>A time zone where it is Monday to Friday now and for a while yet; on a weekend, for some hours, there is none.</summary>
    public static (string Zone, bool IsBusinessDay) Now()
    {
        var now = DateTimeOffset.UtcNow;
        string[] zones = ["Etc/UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"];
        var found = zones.FirstOrDefault(zone =>
        {
            var calendar = new WorkCalendar(zone, TimeOnly.MinValue, new TimeOnly(23, 59));
            return calendar.NextWorkingMoment(now) == now && calendar.NextWorkingMoment(now.AddMinutes(15)) == now.AddMinutes(15);
        });
        return (found ?? zones[0], found is not null);
    }
}
