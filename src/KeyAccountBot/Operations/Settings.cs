using KeyAccountBot.Deliveries;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage.Engines;

namespace KeyAccountBot.Operations;

/// <summary>Adds the settings, and refuses to start with those that are wrong or would leave a door open.</summary>
internal static class Settings
{
    /// <summary>
    /// How the host is created: quiet about itself, settings beside the program. They are read once, so their files are not
    /// watched: the watch would wake at every write to a store below the same folder.
    /// </summary>
    public static WebApplicationOptions Of(string[] args) => new() { Args = [.. args, "--hostBuilder:reloadConfigOnChange=false"], ContentRootPath = AppContext.BaseDirectory };

    /// <summary>Adds the settings that everything else reads; all of them are looked at before any is refused.</summary>
    /// <param name="builder">Of the service.</param>
    /// <param name="listens">Not a command of the command line, which listens to nobody and so needs no app id.</param>
    /// <param name="isAtPlay">The sandbox stands around it.</param>
    /// <exception cref="InvalidSettingsException">All that is wrong, each with its name and what to do.</exception>
    public static void AddSettings(this WebApplicationBuilder builder, bool listens, bool isAtPlay)
    {
        var settings = builder.Settings();
        List<string> faults = listens ? [.. settings.OpenDoors(builder.Environment.IsDevelopment())] : [];
        var holidays = Known(faults, () => HolidaySettings.Read(settings.Holidays, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)));
        var times = Known(faults, () => WorkTimes.From(settings.FollowUps.Lease, settings.FollowUps.ClaimHolds, settings.FollowUps.Gathering));
        Known(faults, settings.Teams.KnownCloud);
        faults.AddRange([.. settings.Renamed(), .. settings.Understanding.Faults(), .. settings.Operator.Faults()]);
        if (faults.Count > 0)
        {
            throw new InvalidSettingsException(faults);
        }

        if (settings.Urls.Length == 0)
        {
            builder.WebHost.UseUrls("http://localhost:3978");
        }

        var playbook = PlaybookFile.Load(settings.Playbook.Path is { Length: > 0 } own ? Path.GetFullPath(own) : PlaybookFile.Default);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(new BotOptions { HomeTenant = new TenantId(settings.HomeTenant), IsAtPlay = isAtPlay });
        builder.Services.AddSingleton<Playbook>(playbook with { FollowUps = playbook.FollowUps with { Holidays = holidays! } });
        builder.Services.AddSingleton(new StorageOptions
        {
            ConnectionString = settings.Storage.ConnectionString,
            AccountUrl = settings.Storage.AccountUrl,
            Path = settings.Storage.Path is { Length: > 0 } folder ? folder : "./data",
        });
        builder.Services.AddSingleton(times!);
        builder.Services.AddSingleton(TimeProvider.System);
    }

    // what is wrong joins the rest
    private static T? Known<T>(List<string> faults, Func<T> read) where T : class
    {
        try
        {
            return read();
        }
        catch (InvalidSettingsException e)
        {
            faults.AddRange(e.Faults);
            return null;
        }
    }
}
