using System.Globalization;
using KeyAccountBot.Conversations;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Channels.Teams;

/// <summary>
/// At play, somebody who matches no id and no e-mail address on record may say <c>I am</c> and a name, and say it again to become
/// somebody else. Nothing of this counts where a real Teams app is configured.
/// </summary>
internal static class LocalClaims
{
    private const string IAm = "I am ";
    private static readonly Texts Texts = new("Conversations.ConversationTexts");

    /// <summary>Whom this user said to be, while that person is on record.</summary>
    public static Person? ClaimedBy(string user, ConversationRecord record, Company company) =>
        record.Claims.TryGetValue(user, out var claimed) ? company.Find(claimed) : null;

    /// <summary>Takes an <c>I am</c> and answers it; <c>false</c> where something else was said.</summary>
    public static bool Hear(TeamsArrival arrival, TurnContext turn, ConversationRecord record, Company company)
    {
        if (arrival.What is not Incoming.Said { Words: var text } || !text.StartsWith(IAm, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var name = text[IAm.Length..].Trim().TrimEnd('.');
        if (company.People.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase)) is not { } named)
        {
            turn.Send(Texts["no-such-person", Scene.CultureOf(arrival.Locale), name]);
            return true;
        }

        record.Claims[arrival.User] = named.Id;
        record.BelongsTo(named.Id);
        record.Greeted = true;
        turn.Send(Texts["now-you-are", Scene.CultureOf(named.Locale), named.Name]);
        return true;
    }

    /// <summary>A rep whose name the reader can type, where there is one.</summary>
    public static Person? ExampleFor(CultureInfo culture, Company company) =>
        company.People
            .OrderByDescending(p => p.Role == Role.Rep)
            .ThenByDescending(p => Scene.CultureOf(p.Locale).TwoLetterISOLanguageName == culture.TwoLetterISOLanguageName)
            .FirstOrDefault();
}
