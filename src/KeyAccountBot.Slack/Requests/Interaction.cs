using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace KeyAccountBot.Slack.Requests;

/// <summary>
/// Someone pressed a button or chose from a list in one of our messages
/// (<see href="https://docs.slack.dev/reference/interaction-payloads/block_actions-payload">block_actions payload</see>).
/// </summary>
/// <param name="UserId">Who acted, <c>U…</c>.</param>
/// <param name="UserName">Their handle, when Slack sends one.</param>
/// <param name="TeamId">The workspace, <c>T…</c>.</param>
/// <param name="ChannelId">The channel of the message, <c>D…</c> in a direct message.</param>
/// <param name="MessageTs">The message acted upon; its key for an update.</param>
/// <param name="Actions">What was pressed; never empty.</param>
/// <param name="TriggerId">Opens a modal within three seconds.</param>
/// <param name="ResponseUrl">Answers without a token.</param>
/// <param name="RepeatKey">The same for every delivery of this one act, and different for any other.</param>
public sealed record Interaction(
    string UserId,
    string? UserName,
    string? TeamId,
    string? ChannelId,
    string? MessageTs,
    IReadOnlyList<InteractionAction> Actions,
    string? TriggerId,
    string? ResponseUrl,
    string RepeatKey)
{
    /// <summary>Which workspace it names (<see href="https://docs.slack.dev/reference/interaction-payloads/block_actions-payload">block_actions payload</see>).</summary>
    public SlackOrigin Origin { get; init; } = new(TeamId);

    /// <summary>The thread that the message stands in; <c>null</c> where it stands in none, or a thread stands under it.</summary>
    public string? ThreadTs { get; init; }

    /// <summary>
    /// Reads the form body of an interaction, <c>payload=</c> and JSON
    /// (<see href="https://docs.slack.dev/interactivity/handling-user-interaction">handling user interaction</see>).
    /// Never throws: what cannot be read is told in <paramref name="failure"/>.
    /// </summary>
    public static bool TryParse(
        ReadOnlySpan<byte> formBody, [NotNullWhen(true)] out Interaction? interaction, [NotNullWhen(false)] out string? failure)
    {
        interaction = null;
        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(formBody));
        if (!form.TryGetValue("payload", out var payloads) || payloads is not [{ Length: > 0 } payload])
        {
            failure = "The form has no single field 'payload'.";
            return false;
        }

        InteractionPayload? wire;
        try
        {
            wire = JsonSerializer.Deserialize(payload, RequestJson.Default.InteractionPayload);
        }
        catch (JsonException exception)
        {
            failure = $"The payload is not the JSON of an interaction: {exception.Message}";
            return false;
        }

        return TryRead(wire, out interaction, out failure);
    }

    // 1990-04-28; a calendar that was emptied comes without
    private static DateOnly? DayOf(string? selected) =>
        DateOnly.TryParseExact(selected, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static bool TryRead(
        InteractionPayload? wire, [NotNullWhen(true)] out Interaction? interaction, [NotNullWhen(false)] out string? failure)
    {
        interaction = null;
        failure = wire switch
        {
            null => "The payload is null.",
            { Type: not "block_actions" } => $"The payload's type is '{wire.Type}', not 'block_actions'.",
            { User.Id: null or "" } or { User: null } => "The payload names no user.",
            { Actions: null or [] } => "The payload has no actions.",
            _ when wire.Actions.Any(action => action is not { ActionId.Length: > 0 }) => "An action has no action_id.",
            { TriggerId: null or "" } when wire.Actions[0].ActionTs is null or "" => "The payload has neither trigger_id nor action_ts.",
            _ => null,
        };
        if (failure is not null)
        {
            return false;
        }

        var actions = wire!.Actions!
            .Select(action => new InteractionAction(
                action.ActionId!, action.BlockId, action.Value, action.ActionTs, action.SelectedOption?.Value, DayOf(action.SelectedDate)))
            .ToArray();
        var messageTs = wire.Container?.MessageTs ?? wire.Message?.Ts;
        interaction = new Interaction(
            wire.User!.Id!,
            wire.User.Username ?? wire.User.Name,
            wire.Team?.Id ?? wire.User.TeamId,
            wire.Channel?.Id ?? wire.Container?.ChannelId,
            messageTs,
            actions,
            wire.TriggerId,
            wire.ResponseUrl,
            wire.TriggerId is { Length: > 0 } trigger ? trigger : $"{wire.User.Id}:{messageTs}:{actions[0].ActionTs}:{actions[0].ActionId}")
        {
            Origin = new SlackOrigin(wire.Team?.Id, wire.Enterprise?.Id ?? wire.Team?.EnterpriseId, wire.User.TeamId),
            ThreadTs = (wire.Container?.ThreadTs ?? wire.Message?.ThreadTs) is { Length: > 0 } thread && thread != messageTs ? thread : null,
        };
        return true;
    }
}

/// <summary>One element that was used (<see href="https://docs.slack.dev/reference/interaction-payloads/block_actions-payload">block_actions payload</see>).</summary>
/// <param name="ActionId">The element's <c>action_id</c>, which we gave it.</param>
/// <param name="BlockId">Its block.</param>
/// <param name="Value">A button's value.</param>
/// <param name="ActionTs">When it happened, in Slack's own form.</param>
/// <param name="SelectedOption">The value chosen from a list.</param>
/// <param name="SelectedDate">The day chosen in a calendar.</param>
public sealed record InteractionAction(
    string ActionId, string? BlockId, string? Value, string? ActionTs, string? SelectedOption = null, DateOnly? SelectedDate = null);
