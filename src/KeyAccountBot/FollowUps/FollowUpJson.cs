using System.Text.Json;
using System.Text.Json.Serialization;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;

namespace KeyAccountBot.FollowUps;

/// <summary>What a pressed button of a follow-up's card carries.</summary>
/// <param name="Opportunity">Which.</param>
/// <param name="Chain">Which of its chains.</param>
/// <param name="Answer">What was pressed.</param>
internal sealed record FollowUpPress(OpportunityId Opportunity, string Chain, FollowUpAnswer Answer)
{
    /// <summary>Reads a card's submitted data; <c>null</c> where it is no follow-up's.</summary>
    public static FollowUpPress? From(JsonElement data)
    {
        try
        {
            return data.ValueKind == JsonValueKind.Object && data.Deserialize(FollowUpJson.Default.FollowUpPress) is { Chain.Length: > 0, Opportunity.Value.Length: > 0 } press
                ? press
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What a pressed button of a follow-up carries in Slack.</summary>
/// <param name="O">The opportunity.</param>
/// <param name="C">The chain.</param>
/// <param name="A">The answer.</param>
/// <param name="T">The tenant.</param>
internal sealed record SlackPress(OpportunityId O, string C, FollowUpAnswer A, TenantId T)
{
    /// <summary>Reads a button's value; <c>null</c> where it is no follow-up's.</summary>
    public static SlackPress? From(string? value)
    {
        try
        {
            return value is { Length: > 0 } && JsonSerializer.Deserialize(value, FollowUpJson.Default.SlackPress) is { C.Length: > 0, O.Value.Length: > 0, T.Value.Length: > 0 } press
                ? press
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A button that speaks for its reader in Teams.</summary>
/// <param name="Msteams">What Teams does with it.</param>
internal sealed record ImBackData(ImBack Msteams)
{
    /// <summary>The button: its title, and what its reader says by pressing it.</summary>
    public static AdaptiveAction Button(string title, string says) => new SubmitAction(
        title, JsonSerializer.SerializeToElement(new ImBackData(new ImBack("imBack", says)), FollowUpJson.Default.ImBackData), ActionStyle.Positive);
}

/// <summary>Says a text in the reader's name.</summary>
/// <param name="Type"><c>imBack</c>.</param>
/// <param name="Value">The text.</param>
internal sealed record ImBack(string Type, string Value);

/// <summary>A chain whose sent messages are to show its answer.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Opportunity">Which.</param>
/// <param name="Chain">Which of its chains.</param>
internal sealed record ChainAnswered(TenantId Tenant, OpportunityId Opportunity, string Chain);

/// <summary>Serialization of what follow-ups send and keep, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(FollowUpPress))]
[JsonSerializable(typeof(SlackPress))]
[JsonSerializable(typeof(ImBackData))]
[JsonSerializable(typeof(ChainAnswered))]
internal sealed partial class FollowUpJson : JsonSerializerContext;
