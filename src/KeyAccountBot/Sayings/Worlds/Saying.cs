using System.Text.Json;

namespace KeyAccountBot.Sayings.Worlds;

/// <summary>Something that somebody says, and what must and must not come of it.</summary>
/// <param name="Id">As the file calls it.</param>
/// <param name="Kind">A report, B question or request, C reply within a talk, D trap.</param>
/// <param name="Speaker">Who says it, by id.</param>
/// <param name="Text">What.</param>
internal sealed record Saying(string Id, char Kind, string Speaker, string Text)
{
    /// <summary>When it is said, where that is not the world's now.</summary>
    public DateTime? Now { get; init; }

    /// <summary>The speaker's clock, where it is not the world's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>What was spoken of before, or what the open question is about.</summary>
    public string? Opportunity { get; init; }

    /// <summary>The follow-up that it answers, by id.</summary>
    public string? FollowUp { get; init; }

    /// <summary>The question that stands open; <c>null</c> for none.</summary>
    public AskedBefore? Question { get; init; }

    /// <summary>What must come of it.</summary>
    public Expectation Expected { get; init; } = new();

    /// <summary>What must not.</summary>
    public IReadOnlyList<string> Never { get; init; } = [];
}

/// <summary>A question or a summary that stands open when something is said.</summary>
/// <param name="Step">What is asked for, as the format calls it: <c>due-date</c>, or a pending field such as <c>nextStepDate</c>.</param>
internal sealed record AskedBefore(string Step)
{
    /// <summary>What may be chosen, by id where there is one.</summary>
    public IReadOnlyList<(string Id, string Label)> Options { get; init; } = [];

    /// <summary>What was said so far, as the format writes it; <c>null</c> for nothing.</summary>
    public Entry? Draft { get; init; }

    /// <summary>The question as it was put.</summary>
    public string Bot { get; init; } = "";
}

/// <summary>What must come of a saying.</summary>
internal sealed record Expectation
{
    /// <summary>What it is to be taken for, by our name for it; <c>null</c> where the format says nothing.</summary>
    public string? Intent { get; init; }

    /// <summary>What it may be taken for as well; the formats' own names.</summary>
    public IReadOnlyList<string> AlsoFine { get; init; } = [];

    /// <summary>What is told, by opportunity; <c>null</c> where it is no report.</summary>
    public IReadOnlyList<ExpectedReport>? Reports { get; init; }

    /// <summary>What a request is about.</summary>
    public IReadOnlyDictionary<string, Entry> Slots { get; init; } = new Dictionary<string, Entry>(StringComparer.Ordinal);

    /// <summary>Asking is right as well.</summary>
    public bool MayClarify { get; init; }

    /// <summary>What it does to the open question; <c>null</c> where none stands open.</summary>
    public string? Effect { get; init; }

    /// <summary>The format tells asking again, narrower, from explaining the question.</summary>
    public bool KnowsReask { get; init; }

    /// <summary>What it was to say in answer, or to change, by field. The English format's answer stands under <see cref="AnswerField"/>.</summary>
    public IReadOnlyDictionary<string, Entry> Fields { get; init; } = new Dictionary<string, Entry>(StringComparer.Ordinal);

    /// <summary>The question is left without an answer on purpose.</summary>
    public bool IsSkipped { get; init; }

    /// <summary>What else the same message holds: a field with its value, or a wish with its slots.</summary>
    public IReadOnlyList<Entry> Also { get; init; } = [];

    /// <summary>The name under which the plain answer stands in <see cref="Fields"/>.</summary>
    public const string AnswerField = "";
}

/// <summary>What is told of one opportunity.</summary>
/// <param name="Opportunity">Which; <c>null</c> where it has to be asked.</param>
internal sealed record ExpectedReport(string? Opportunity)
{
    /// <summary>Between which may be asked.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = [];

    /// <summary>Milestones, each with the days that are right.</summary>
    public IReadOnlyList<(string Id, AcceptedDates On)> Milestones { get; init; } = [];

    /// <summary>Milestones that do not hold after all.</summary>
    public IReadOnlyList<string> TakenBack { get; init; } = [];

    /// <summary>Contacts on record, by id.</summary>
    public IReadOnlyList<string> Met { get; init; } = [];

    /// <summary>People to be offered as new contacts, by name.</summary>
    public IReadOnlyList<string> NewContacts { get; init; } = [];

    /// <summary>Questions of the customer that were answered.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>What comes next.</summary>
    public IReadOnlyList<ExpectedStep> NextSteps { get; init; } = [];

    /// <summary>won, lost, hold, reopened or handedOver; <c>null</c> for no change.</summary>
    public string? Status { get; init; }

    /// <summary>Facts that changed, by the format's name.</summary>
    public IReadOnlyList<(string Field, Entry Value)> Facts { get; init; } = [];

    /// <summary>What may be recorded as well.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];
}

/// <summary>A next step that is told.</summary>
/// <param name="Words">Any of them tells it; a phrase may be there in part.</param>
/// <param name="Due">By when.</param>
/// <param name="IsOptional">It may be left out.</param>
internal sealed record ExpectedStep(IReadOnlyList<string> Words, AcceptedDates Due, bool IsOptional = false);

/// <summary>The days that are right.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
/// <param name="Days">Single days; empty for all from the first to the last.</param>
internal sealed record AcceptedDates(DateOnly? From = null, DateOnly? To = null, IReadOnlyList<DateOnly>? Days = null)
{
    /// <summary>No day was said.</summary>
    public static AcceptedDates NotSaid { get; } = new();

    /// <summary>Whether no day was said.</summary>
    public bool IsNotSaid => From is null && Days is null or [];

    /// <summary>The days as a file writes them: one, several, a first and a last, or null for none said.</summary>
    public static AcceptedDates Of(Entry? entry) => entry switch
    {
        null or { Json.ValueKind: JsonValueKind.Null } => NotSaid,
        { Json.ValueKind: JsonValueKind.Object } span => new AcceptedDates(span.DateOrNull("from"), span.DateOrNull("to")),
        { } days => new AcceptedDates(Days: [.. days.Items().Select(d => d.Date())]),
    };

    /// <summary>Whether a day is right. Where none was said, today may be offered, and nothing else.</summary>
    public bool Accepts(DateOnly? day, DateOnly today) =>
        IsNotSaid ? day is null || day == today
        : day is { } given && (Days is { Count: > 0 } ? Days.Contains(given) : given >= From && given <= (To ?? From));

    /// <inheritdoc/>
    public override string ToString() => IsNotSaid ? "(no date said)" : Days is { Count: > 0 } ? string.Join('|', Days.Select(d => d.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))) : $"{From:yyyy-MM-dd}..{To:yyyy-MM-dd}";
}
