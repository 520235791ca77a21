using System.Text.Json;
using System.Text.Json.Serialization;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;

namespace KeyAccountBot.FollowUps;

/// <summary>A button that speaks for its reader in Teams.</summary>
/// <param name="Msteams">What Teams does with it.</param>
internal sealed record ImBackData(ImBack Msteams)
{
    /// <summary>The button: its title, and what its reader says by pressing it.</summary>
    public static AdaptiveAction Button(string title, string says, ActionStyle? style = ActionStyle.Positive) => new SubmitAction(
        title, JsonSerializer.SerializeToElement(new ImBackData(new ImBack("imBack", says)), FollowUpJson.Default.ImBackData), style);
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
[JsonSerializable(typeof(ReplyPress))]
[JsonSerializable(typeof(SlackPress))]
[JsonSerializable(typeof(SlackRow))]
[JsonSerializable(typeof(ImBackData))]
[JsonSerializable(typeof(ChainAnswered))]
internal sealed partial class FollowUpJson : JsonSerializerContext;
