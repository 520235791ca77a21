using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations;
using KeyAccountBot.Conversations.Turns;

namespace KeyAccountBot.Channels.Teams;

/// <summary>Takes activities of the Bot Connector to their turns.</summary>
internal sealed class TeamsTurns(TurnEngine engine, PersonFinder people)
{
    private static readonly Texts Texts = new("Conversations.ConversationTexts");

    /// <summary>Answers an activity whose caller is authenticated; the response where it was an invoke.</summary>
    /// <exception cref="RecordsOutOfReachException">The records did not answer in time.</exception>
    public async Task<JsonElement?> RunAsync(Activity activity, CancellationToken cancellationToken) =>
        !people.CanTell(activity) ? await DeclineAsync(activity)
        : IsOfNoConcern(activity) ? null
        : await engine.RunAsync(TeamsArrival.Of(activity), cancellationToken);

    /// <summary>Says one sentence after a fault of ours; nothing is recorded, and the activity may come again.</summary>
    public Task ApologiseAsync(Activity activity, Exception fault, string trace) =>
        engine.SayAsync(TeamsArrival.Of(activity with { Type = ActivityTypes.Message, Value = null }), TurnEngine.SorryFor(activity.Locale, fault, trace));

    // members come and go; the bot greets once, when it is added itself
    private static bool IsOfNoConcern(Activity activity) => activity.Type switch
    {
        ActivityTypes.InstallationUpdate => activity.Action is not ("add" or "add-upgrade"),
        ActivityTypes.ConversationUpdate => activity.MembersAdded?.Any(m => m.Id == activity.Recipient?.Id) != true,
        _ => false,
    };

    // on a channel that cannot tell who somebody is: nothing is read, kept or looked up
    private async Task<JsonElement?> DeclineAsync(Activity activity)
    {
        var words = Texts["unknown-channel", Scene.CultureOf(activity.Locale)];
        switch (activity.Type)
        {
            case ActivityTypes.Message:
                await engine.SayAsync(TeamsArrival.Of(activity), words);
                return null;
            case ActivityTypes.Invoke:
                return JsonSerializer.SerializeToElement(TeamsChannel.Briefly(words), ActivityJson.Default.AdaptiveCardInvokeResponse);
            default:
                return null;
        }
    }
}
