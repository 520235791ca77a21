using KeyAccountBot.Dialogs;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Channels.Terminal;

/// <summary>A line that was typed in a terminal.</summary>
/// <param name="Speaker">Who the terminal speaks as.</param>
/// <param name="What">What is said or done.</param>
internal sealed record TerminalArrival(Person Speaker, Incoming What)
    : Arrival(TerminalChannel.ChannelId, TerminalChannel.ChannelId, KeyOf(Speaker), Speaker.Id.Value, What)
{
    /// <summary>The arrival of what was typed just now.</summary>
    public static TerminalArrival Of(Person speaker, Incoming what) =>
        new(speaker, what) { Turn = $"{TerminalChannel.ChannelId}~{speaker.Id}~{Guid.NewGuid():N}", Locale = speaker.Locale };

    private static string KeyOf(Person speaker) => $"{TerminalChannel.ChannelId}|{RowKeys.Escape(speaker.Id.Value)}";
}
