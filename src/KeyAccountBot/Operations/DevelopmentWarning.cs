namespace KeyAccountBot.Operations;

/// <summary>Says at the start that a real Teams app and Development do not belong together.</summary>
internal static partial class DevelopmentWarning
{
    /// <summary>Warns where this Development service is not at play: somebody has set an app id and expects either a sandbox or a service.</summary>
    public static void WarnOfRealTeamsApp(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<BotOptions>().IsAtPlay)
        {
            LogRealApp(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("KeyAccountBot.Start"));
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Teams:AppId is set, so this is no sandbox: its page, its clock, 'I am ...', clients without a token and one company for every tenant are off. "
            + "But the environment is Development, which allows plain http on this machine and puts sample people into an empty store. "
            + "For a company, publish the service and start it in Production.")]
    private static partial void LogRealApp(ILogger logger);
}
