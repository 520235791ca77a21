using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.FollowUps;

/// <summary>What a pressed button of a follow-up carries in Slack.</summary>
/// <param name="O">The opportunity.</param>
/// <param name="C">The chain.</param>
/// <param name="A">The answer.</param>
/// <param name="T">The tenant.</param>
/// <param name="D">For so many business days.</param>
/// <param name="U">Until this local date.</param>
/// <param name="N">What is said with it.</param>
/// <param name="P">The colleague who is to look after it.</param>
/// <param name="W">What is said of more time than the owner may take.</param>
internal sealed record SlackPress(
    OpportunityId O, string C, FollowUpAnswer A, TenantId T, int? D = null, DateOnly? U = null, string? N = null, PersonId? P = null, TimeWord? W = null)
{
    /// <summary>The answer.</summary>
    [JsonIgnore]
    public ChainAnswer Given => new(A, D, U, N, P, W);

    /// <summary>The press of an answer.</summary>
    public static SlackPress Of(TenantId tenant, OpportunityId opportunity, string chain, ChainAnswer answer) =>
        new(opportunity, chain, answer.Answer, tenant, answer.Days, answer.Until, answer.Note, answer.To, answer.Time);

    /// <summary>As a button carries it.</summary>
    public string ToValue() => JsonSerializer.Serialize(this, FollowUpJson.Default.SlackPress);

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

/// <summary>What a list or a calendar of a follow-up is about: its row carries it, for an option has no room.</summary>
/// <param name="O">The opportunity.</param>
/// <param name="C">The chain.</param>
/// <param name="T">The tenant.</param>
internal sealed record SlackRow(OpportunityId O, string C, TenantId T)
{
    /// <summary>A day in the calendar: quiet until then.</summary>
    public const string Until = FollowUpAnswers.Verb + "/until";

    /// <summary>A reason from the list: not an issue.</summary>
    public const string Reason = FollowUpAnswers.Verb + "/reason";

    /// <summary>Somebody from the list: to look after it.</summary>
    public const string Colleague = FollowUpAnswers.Verb + "/colleague";

    /// <summary>As the row's <c>block_id</c> carries it.</summary>
    public string ToBlockId() => JsonSerializer.Serialize(this, FollowUpJson.Default.SlackRow);

    /// <summary>The press that a choice amounts to; <c>null</c> where the row is no follow-up's or nothing was chosen.</summary>
    public static SlackPress? Chosen(string? action, string? blockId, string? choice, CultureInfo culture)
    {
        if (choice is not { Length: > 0 } || Read(blockId) is not { } row)
        {
            return null;
        }

        return action switch
        {
            Until when DateOnly.TryParseExact(choice, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) =>
                new SlackPress(row.O, row.C, FollowUpAnswer.Snooze, row.T, U: day),
            Reason => new SlackPress(row.O, row.C, FollowUpAnswer.NotAnIssue, row.T, N: ReadyReasons.NoteOf(choice, null, culture)),
            Colleague => new SlackPress(row.O, row.C, FollowUpAnswer.Reassign, row.T, P: new PersonId(choice)),
            _ => null,
        };
    }

    /// <summary>Reads a row; <c>null</c> where it is no follow-up's.</summary>
    public static SlackRow? Read(string? blockId)
    {
        try
        {
            return blockId is ['{', ..] && JsonSerializer.Deserialize(blockId, FollowUpJson.Default.SlackRow) is { C.Length: > 0, O.Value.Length: > 0, T.Value.Length: > 0 } row
                ? row
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
