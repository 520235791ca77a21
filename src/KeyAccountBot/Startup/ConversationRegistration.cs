using KeyAccountBot.Conversations.Turns;

namespace KeyAccountBot.Startup;

/// <summary>Registers conversations: what the bot talks about, and the turns that carry it. The channels are registered each for itself.</summary>
internal static class ConversationRegistration
{
    /// <summary>Adds the conversation and its turns.</summary>
    public static IServiceCollection AddConversations(this IServiceCollection services) => services
        .AddFeatures()
        .AddSingleton(TurnPatience.Usual)
        .AddSingleton<TurnGates>()
        .AddSingleton<RememberedRows>()
        .AddSingleton<TurnEngine>()
        .AddSingleton<ConversationReplies>()
        .AddHostedService(s => s.GetRequiredService<ConversationReplies>());
}
