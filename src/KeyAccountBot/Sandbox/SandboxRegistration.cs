using KeyAccountBot.People;

namespace KeyAccountBot.Sandbox;

/// <summary>Puts the sandbox around the bot.</summary>
internal static class SandboxRegistration
{
    /// <summary>Has the bot live by the sandbox's clock.</summary>
    public static void AddSandbox(this WebApplicationBuilder builder, SandboxHost sandbox)
    {
        builder.Services.AddSingleton(sandbox);
        builder.Services.AddSingleton<TimeProvider>(sandbox.Clock);
        builder.Services.AddSingleton<SandboxUsers>();
        builder.Services.AddSingleton<WhoIsThere>();
        builder.Services.AddSingleton<SandboxRows>();
        builder.Services.AddSingleton<KeptChats>();

        // what is registered first stops last: what the workers still send while they stop is kept too
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(services => services.GetRequiredService<KeptChats>()));
        builder.Services.AddSingleton<Opening>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Opening>());
    }

    /// <summary>Puts back the chats and the clock of an earlier run, or begins with the sample, and maps the page.</summary>
    public static async Task UseSandboxAsync(this WebApplication app, SandboxHost sandbox)
    {
        var directory = app.Services.GetRequiredService<CompanyDirectory>();
        var home = app.Services.GetRequiredService<BotOptions>().HomeTenant;
        sandbox.Teams.People = sandbox.Slack.People = () => directory.GetAsync(home, CancellationToken.None);
        await app.Services.GetRequiredService<KeptChats>().PutBackAsync(app.Lifetime.ApplicationStopping);
        await app.Services.GetRequiredService<Opening>().BeginAsync(app.Lifetime.ApplicationStopping);
        app.MapSandbox();
    }
}
