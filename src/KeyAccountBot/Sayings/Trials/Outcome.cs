using KeyAccountBot.Conversations;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Sayings.Trials;

/// <summary>What came of a saying.</summary>
internal sealed record Outcome
{
    /// <summary>What it was taken for; <c>null</c> where the conversation did not say.</summary>
    public Understood? Understood { get; init; }

    /// <summary>What stands to be confirmed afterwards, by opportunity.</summary>
    public IReadOnlyList<OpportunityProposal> Reports { get; init; } = [];

    /// <summary>Where the talk stood before it was said.</summary>
    public TalkState Before { get; init; } = TalkState.None;

    /// <summary>Where it stands now.</summary>
    public TalkState After { get; init; } = TalkState.None;

    /// <summary>What could be chosen.</summary>
    public IReadOnlyList<PlacedOption> Options { get; init; } = [];

    /// <summary>What was said in answer, in plain words.</summary>
    public IReadOnlyList<string> Replies { get; init; } = [];

    /// <summary>What was put on record.</summary>
    public Recorded Recorded { get; init; } = Recorded.Nothing;

    /// <summary>The turn failed for this reason; <c>null</c> where it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>The date where the speaker is.</summary>
    public DateOnly Today { get; init; }
}

/// <summary>Where a talk stands.</summary>
/// <param name="Dialogs">The ids of the dialogs that are begun, the active one last.</param>
/// <param name="Reports">What stands to be confirmed.</param>
/// <param name="Open">The question that stands open.</param>
internal sealed record TalkState(IReadOnlyList<string> Dialogs, IReadOnlyList<OpportunityProposal> Reports, OpenField? Open)
{
    /// <summary>No talk.</summary>
    public static TalkState None { get; } = new([], [], null);
}

/// <summary>A question that stands open.</summary>
/// <param name="Prompt">The id of its prompt.</param>
/// <param name="Choices">What may be chosen, as shown; empty for words.</param>
internal sealed record OpenField(string Prompt, IReadOnlyList<Choice> Choices)
{
    private const string OptionsKey = "options";

    /// <summary>The open question of a talk; <c>null</c> where none stands open.</summary>
    public static OpenField? Of(DialogState state) =>
        state.Stack is [.., var top] && top.State.TryGetValue(OptionsKey, out var asked) && DialogJson.FromElement<PromptOptions>(asked) is { } options
            ? new OpenField(top.DialogId, options.Choices ?? [])
            : null;
}

/// <summary>Something that may be chosen: its id in the file, and how it was shown.</summary>
internal sealed record PlacedOption(string Id, string Shown);

/// <summary>The date of an instant where somebody is.</summary>
internal static class Days
{
    /// <summary>The date there.</summary>
    public static DateOnly TodayOf(this DateTimeOffset now, Person person) =>
        DateOnly.FromDateTime(NodaTime.Instant.FromDateTimeOffset(now).InZone(NodaTime.DateTimeZoneProviders.Tzdb[person.TimeZone]).ToDateTimeUnspecified());
}
