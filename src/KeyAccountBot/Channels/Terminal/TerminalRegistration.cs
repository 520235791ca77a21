namespace KeyAccountBot.Channels.Terminal;

/// <summary>Registers the terminal.</summary>
internal static class TerminalRegistration
{
    /// <summary>Adds the terminal as a channel of conversations.</summary>
    public static IServiceCollection AddTerminal(this IServiceCollection services) => services
        .AddSingleton<TerminalScreen>()
        .AddSingleton<IChannel, TerminalChannel>();
}
