using KeyAccountBot.Slack;
using KeyAccountBot.Slack.WebApi;

namespace KeyAccountBot.Channels.Slack;

/// <summary>Registers the Slack side where it is configured: the bot token to send with, and the signing secret to know Slack's requests by.</summary>
internal static class SlackSettings
{
    /// <summary>Adds Slack's wire with the settings <c>Slack:*</c>.</summary>
    public static void AddSlack(this WebApplicationBuilder builder)
    {
        var slack = builder.Configuration.GetSection("Slack");
        if (slack["BotToken"] is not { Length: > 0 } token || slack["SigningSecret"] is not { Length: > 0 } secret)
        {
            builder.Services.AddOptions<SlackOptions>();
            return;
        }

        builder.Services.AddSlackWire(options =>
        {
            options.BotToken = token;
            options.SigningSecret = secret;
            options.TeamId = slack["TeamId"] ?? "";
            if (slack["ApiBaseUrl"] is { Length: > 0 } address)
            {
                options.ApiBaseUrl = new Uri(address, UriKind.Absolute);
            }
        });
    }
}
