namespace KeyAccountBot.Language;

/// <summary>What a name stands for.</summary>
public enum NameKind
{
    /// <summary>A customer.</summary>
    Account,

    /// <summary>An opportunity's own name, without its customer's.</summary>
    Opportunity,

    /// <summary>Somebody at a customer.</summary>
    Contact,

    /// <summary>One of ours.</summary>
    Colleague,

    /// <summary>Somebody who sells the same.</summary>
    Competitor,
}

/// <summary>A name on record that a text may mention.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Id">Whose it is; of an opportunity, account, contact or colleague the record's own.</param>
/// <param name="Name">In full, as on record.</param>
public sealed record KnownName(NameKind Kind, string Id, string Name)
{
    /// <summary>The account of a contact or an opportunity; <c>null</c> for others.</summary>
    public string? Account { get; init; }

    /// <summary>Words that tell a contact from another of the same name: title, department, role, as on record and in every language.</summary>
    public IReadOnlyList<string> Beside { get; init; } = [];

    /// <summary>How high somebody stands: a title such as <c>director</c> tells two of one family name apart. <c>null</c> where it is not known.</summary>
    public NameRank? Rank { get; init; }

    /// <summary>Other names that people use, as on record: a nickname, a short form.</summary>
    public IReadOnlyList<string> Called { get; init; } = [];
}

/// <summary>How high somebody stands.</summary>
public enum NameRank
{
    /// <summary>Does the work.</summary>
    Staff,

    /// <summary>Leads people.</summary>
    Manager,

    /// <summary>Leads the house.</summary>
    Executive,
}

/// <summary>Where a text mentions names on record.</summary>
/// <param name="Span">The words that do.</param>
/// <param name="Kind">What is named there.</param>
/// <param name="Fits">Who may be meant, never none; several where the words fit more than one.</param>
public sealed record NameMention(TextSpan Span, NameKind Kind, IReadOnlyList<KnownName> Fits)
{
    /// <summary>Only a word that others use as well, such as a common word of an opportunity's name: it settles between two, and points at nothing by itself.</summary>
    public bool IsLoose { get; init; }
}

/// <summary>An amount of money or a count as a text gives it.</summary>
/// <param name="Span">The words that give it.</param>
/// <param name="Amount">Whole: "2 million" is 2000000, 240万 is 2400000.</param>
/// <param name="Currency">In three letters (ISO 4217); <c>null</c> where the text names none.</param>
public sealed record AmountMention(TextSpan Span, decimal Amount, string? Currency);

/// <summary>A date as a text gives it.</summary>
/// <param name="Span">The words that give it.</param>
/// <param name="From">The day, or the first of several.</param>
/// <param name="To">The last day that is meant: "next week" ends on its Friday, "mid March" on the 20th; the same as <paramref name="From"/> for one day.</param>
/// <param name="Shape">How it is given.</param>
public sealed record SpokenDate(TextSpan Span, DateOnly From, DateOnly To, SpokenDateShape Shape)
{
    /// <summary>The time of day, where one stands with it.</summary>
    public TimeOnly? Time { get; init; }

    /// <summary>The one day to take where one is needed: of "mid March" the 15th, of "end of Q1" its last, otherwise the first.</summary>
    public DateOnly On { get; init; } = From;

    /// <summary>The same words for the time before, where they fit that just as well: the last Friday of "Friday", the 8th of last month of "the 8th".</summary>
    public SpokenDate? Earlier { get; init; }

    /// <summary>The same words for the time after, where they fit that just as well: next year's of "15 June".</summary>
    public SpokenDate? Later { get; init; }

    /// <summary>Something lasts until then or is to happen before; "by Friday", "until May", 周五前.</summary>
    public bool IsUntil { get; init; }

    /// <summary>As it is meant of something to come: not over yet, where the words allow.</summary>
    /// <param name="today">Where the writer is.</param>
    public SpokenDate Ahead(DateOnly today) => To < today && Later is { } later ? later : this;

    /// <summary>As it is meant of something that happened: begun already, where the words allow.</summary>
    /// <param name="today">Where the writer is.</param>
    public SpokenDate Behind(DateOnly today) => From > today && Earlier is { } earlier ? earlier : this;
}

/// <summary>How a date is given.</summary>
public enum SpokenDateShape
{
    /// <summary>A day that is one day wherever the talk stands: 2026-12-04, 4 December, tomorrow.</summary>
    Day,

    /// <summary>Only the weekday: the next one in a plan, the last one in a report. Read as the next one, today included.</summary>
    BareWeekday,

    /// <summary>Several days: a week, a month, a quarter, the middle or the end of one.</summary>
    Span,

    /// <summary>Only a time of day; the day is today.</summary>
    TimeOnly,

    /// <summary>Day and month can be taken for one another; read in the reader's culture.</summary>
    Ambiguous,

    /// <summary>Words for a day that no calendar of ours holds, such as "after their board meeting" or "before Chinese New Year" in a year without one: to be asked for. <see cref="SpokenDate.From"/> is today.</summary>
    Unreadable,
}
