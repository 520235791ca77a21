using KeyAccountBot.Deliveries;
using KeyAccountBot.People;
using KeyAccountBot.Slack;
using KeyAccountBot.Slack.WebApi;

namespace KeyAccountBot.Channels.Slack;

/// <summary>Registers Slack, and its wire where it is configured: the bot token to send with, and the signing secret to know Slack's requests by.</summary>
internal static class SlackSettings
{
    /// <summary>Adds Slack with the settings <c>Slack:*</c>.</summary>
    public static void AddSlack(this WebApplicationBuilder builder)
    {
        builder.Services.AddSlackChannel();
        var slack = builder.Settings().Slack;
        if (!slack.IsOn)
        {
            builder.Services.AddOptions<SlackOptions>();
            return;
        }

        builder.Services.AddSlackWire(options =>
        {
            options.BotToken = slack.BotToken;
            options.SigningSecret = slack.SigningSecret;
            options.TeamId = slack.TeamId;
            if (slack.ApiBaseUrl is { Length: > 0 } address)
            {
                options.ApiBaseUrl = new Uri(address, UriKind.Absolute);
            }
        });
    }

    /// <summary>Adds the channel and its inbox, whether or not there is a wire.</summary>
    public static IServiceCollection AddSlackChannel(this IServiceCollection services) => services
        .AddSingleton<SlackInbox>()
        .AddSingleton<SlackMembers>()
        .AddSingleton<ISlackWorkspace>(s => new SlackWorkspace(s.GetService<SlackWebApi>, s.GetRequiredService<SlackMembers>()))
        .AddSingleton<IChannel>(s => new SlackChannel(
            s.GetService<SlackWebApi>, s.GetRequiredService<ISlackWorkspace>(), s.GetRequiredService<SlackMembers>(), s.GetRequiredService<PersonAddresses>(),
            s.GetRequiredService<CompanyDirectory>(), s.GetRequiredService<BotOptions>(), s.GetRequiredService<ILogger<SlackChannel>>()))
        .AddWorker<SlackInboxWorker>();
}
