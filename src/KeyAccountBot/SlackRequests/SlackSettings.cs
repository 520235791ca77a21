using KeyAccountBot.Slack;

namespace KeyAccountBot.SlackRequests;

/// <summary>Registers the Slack side where it is configured; without a token nothing is sent, without a secret nothing is taken.</summary>
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
            if (slack["ApiBaseUrl"] is { Length: > 0 } address)
            {
                options.ApiBaseUrl = new Uri(address, UriKind.Absolute);
            }
        });
    }
}
