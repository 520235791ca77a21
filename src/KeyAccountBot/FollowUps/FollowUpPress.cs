using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.FollowUps;

/// <summary>What a pressed button of a follow-up's card carries, with what was filled in beside it.</summary>
/// <param name="Opportunity">Which.</param>
/// <param name="Chain">Which of its chains.</param>
/// <param name="Answer">What was pressed.</param>
/// <param name="Days">For so many business days.</param>
/// <param name="WithDate">The button means the date that was filled in.</param>
/// <param name="Until">That date, as the client writes it.</param>
/// <param name="Reason">The ready reason that was chosen.</param>
/// <param name="Words">The reason in their own words.</param>
/// <param name="Colleague">Who was chosen.</param>
/// <param name="Time">The button is about more time than the owner may take.</param>
internal sealed record FollowUpPress(
    OpportunityId Opportunity, string Chain, FollowUpAnswer Answer, int? Days = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool WithDate = false,
    string? Until = null, string? Reason = null, string? Words = null, string? Colleague = null, TimeWord? Time = null)
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

    /// <summary>Whether the button means a date and none was filled in.</summary>
    [JsonIgnore]
    public bool LacksDate => WithDate && Date is null;

    /// <summary>The answer; what belongs to another button of the card does not count.</summary>
    public ChainAnswer Given(CultureInfo culture) => new(
        Answer, Days, WithDate ? Date : null,
        Answer == FollowUpAnswer.NotAnIssue ? ReadyReasons.NoteOf(Reason, Words, culture) : null,
        Answer == FollowUpAnswer.Reassign && Colleague is { Length: > 0 } colleague ? new PersonId(colleague) : null, Time);

    /// <summary>A date as the press carries it.</summary>
    public static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private DateOnly? Date => DateOnly.TryParseExact(Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>What the button of a question's card carries, with the rep's words.</summary>
/// <param name="Opportunity">Which.</param>
/// <param name="Chain">Which of its chains.</param>
/// <param name="Reply">What the rep wrote.</param>
internal sealed record ReplyPress(OpportunityId Opportunity, string Chain, string? Reply = null)
{
    /// <summary>Reads a card's submitted data; <c>null</c> where it is no question's.</summary>
    public static ReplyPress? From(JsonElement data)
    {
        try
        {
            return data.ValueKind == JsonValueKind.Object && data.Deserialize(FollowUpJson.Default.ReplyPress) is { Chain.Length: > 0, Opportunity.Value.Length: > 0 } press
                ? press with { Reply = CardForm.Text(data, "reply") }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
