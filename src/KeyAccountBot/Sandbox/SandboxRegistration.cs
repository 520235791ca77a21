using System.Globalization;
using System.Text;
using KeyAccountBot.People;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Sandbox;

/// <summary>Puts the sandbox around the bot.</summary>
internal static class SandboxRegistration
{
    private const string Table = "sandbox";
    private const string Row = "clock";

    /// <summary>Has the bot live by the sandbox's clock.</summary>
    public static void AddSandbox(this WebApplicationBuilder builder, SandboxHost sandbox)
    {
        builder.Services.AddSingleton(sandbox);
        builder.Services.AddSingleton<TimeProvider>(sandbox.Clock);
        builder.Services.AddSingleton<SandboxUsers>();
        builder.Services.AddSingleton<WhoIsThere>();
    }

    /// <summary>Fills an empty store with the sample pipeline, sets the clock, and maps the page.</summary>
    public static async Task UseSandboxAsync(this WebApplication app, SandboxHost sandbox)
    {
        var directory = app.Services.GetRequiredService<CompanyDirectory>();
        var home = app.Services.GetRequiredService<BotOptions>().HomeTenant;
        sandbox.Teams.People = sandbox.Slack.People = () => directory.GetAsync(home, CancellationToken.None);
        await SetClockAsync(app.Services, sandbox.Clock, app.Lifetime.ApplicationStopping);
        app.MapSandbox();
    }

    /// <summary>Keeps how far the clock has been moved, so that a restart does not turn it back.</summary>
    public static async Task KeepClockAsync(ITableStore tables, SandboxClock clock, CancellationToken cancellationToken)
    {
        var ahead = Encoding.UTF8.GetBytes(clock.Ahead.Ticks.ToString(CultureInfo.InvariantCulture));
        await tables.SubmitAsync(Table, Row, [new TableOperation.Put(Row, ahead)], cancellationToken);
    }

    // a first start at night begins in the morning: otherwise nobody would be told anything for hours
    private static async Task SetClockAsync(IServiceProvider services, SandboxClock clock, CancellationToken cancellationToken)
    {
        var tables = services.GetRequiredService<ITableStore>();
        if (await tables.GetAsync(Table, Row, Row, cancellationToken) is { } kept)
        {
            var ahead = new TimeSpan(long.Parse(Encoding.UTF8.GetString(kept.Body.Span), CultureInfo.InvariantCulture));
            clock.MoveTo(clock.GetUtcNow() + ahead);
            return;
        }

        var calendar = FollowUpPolicy.CalendarOf(null, services.GetRequiredService<Playbook>().FollowUps);
        clock.MoveTo(calendar.NextWorkingMoment(clock.GetUtcNow()));
        await KeepClockAsync(tables, clock, cancellationToken);
    }
}
