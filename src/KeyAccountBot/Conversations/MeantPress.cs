using System.Text.Json;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;

namespace KeyAccountBot.Conversations;

/// <summary>A button that asks for something as if it had been said clearly: a reading that the bot was not sure of, or one opportunity of several.</summary>
internal static class MeantPress
{
    /// <summary>The verb of the button.</summary>
    public const string Verb = "meant";

    /// <summary>The button.</summary>
    /// <param name="title">The words on it.</param>
    /// <param name="asked">What it asks for.</param>
    /// <param name="place">Its place among the readings that the bot offers, from 1; 0 where it is no reading.</param>
    public static PressAction Of(string title, Asked asked, int place = 0) => new(title, Verb, DialogJson.ToElement(new Meant(asked, place)));

    /// <summary>What a button asks for; <c>null</c> where its data is none of ours.</summary>
    public static (Asked Asked, int Place)? Read(JsonElement data)
    {
        try
        {
            return data.ValueKind == JsonValueKind.Object && DialogJson.FromElement<Meant>(data) is { Asked: { Wish: not null, Words: not null } asked, Place: var place } ? (asked, place) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Meant(Asked Asked, int Place);
}
