using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KeyAccountBot.Slack.WebApi;

/// <summary>Puts the Slack wire into the service collection.</summary>
public static class SlackRegistration
{
    /// <summary>
    /// Registers <see cref="SlackOptions"/>, checked when the host starts, and <see cref="SlackWebApi"/> as a typed client
    /// (<see href="https://docs.slack.dev/apis/web-api/">Web API</see>). Call it only where Slack is configured.
    /// </summary>
    public static IServiceCollection AddSlackWire(this IServiceCollection services, Action<SlackOptions> configure)
    {
        services.AddOptions<SlackOptions>()
            .Configure(configure)
            .Validate(options => options.BotToken.Length > 0, "Slack needs a bot token (xoxb-…).")
            .Validate(options => options.SigningSecret.Length > 0, "Slack needs the app's signing secret.")
            .Validate(
                options => options.ApiBaseUrl is { IsAbsoluteUri: true } url && (url.Scheme is "https" || url is { Scheme: "http", IsLoopback: true }),
                "Slack's API base URL must be absolute and https; plain http is for a sandbox on this machine.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient<SlackWebApi>(client => client.Timeout = Timeout.InfiniteTimeSpan);
        return services;
    }
}
