using KeyAccountBot.Language;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Sales.Reports;

/// <summary>What a message tells, apart for each opportunity it speaks of, in the order of the text. It is read, not recorded: the rep says yes first.</summary>
/// <param name="Opportunities">Never none: where the text points at no opportunity, one entry with the candidates.</param>
public sealed record MessageReport(IReadOnlyList<OpportunityReport> Opportunities)
{
    /// <summary>Whether nothing at all would be recorded or is worth saying.</summary>
    public bool IsEmpty => Opportunities.All(o => o.IsEmpty);
}

/// <summary>What a message tells of one opportunity.</summary>
/// <param name="Opportunity">Which; <c>null</c> where it has to be asked.</param>
/// <param name="Candidates">Which it may be, the likeliest first; the one where it is known.</param>
/// <param name="IsNamed">The text itself points at it: by account, by opportunity, by contact, or because it was spoken of just before.</param>
public sealed record OpportunityReport(OpportunityId? Opportunity, IReadOnlyList<OpportunityId> Candidates, bool IsNamed)
{
    /// <summary>The day it speaks of, local date; <c>null</c> where it names none: today then, and shown as such.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Whom the rep was in touch with, in person, by phone, in a chat, each once.</summary>
    public IReadOnlyList<ProposedContact> Met { get; init; } = [];

    /// <summary>People of the customer who are not on record: to be offered.</summary>
    public IReadOnlyList<ProposedNewContact> NewContacts { get; init; } = [];

    /// <summary>Milestones reached, in the playbook's order. <see cref="ProposedMilestone.Dated"/> is <c>null</c> where no date was said.</summary>
    public IReadOnlyList<ProposedMilestone> Milestones { get; init; } = [];

    /// <summary>Milestones that the text says were reached though their stage's gate is still shut: to be explained.</summary>
    public IReadOnlyList<ProposedMilestone> Later { get; init; } = [];

    /// <summary>Milestones that the text says do not hold after all.</summary>
    public IReadOnlyList<ProposedMilestone> TakenBack { get; init; } = [];

    /// <summary>Questions that the customer was answered, each once.</summary>
    public IReadOnlyList<ProposedAnswer> Answers { get; init; } = [];

    /// <summary>What comes next, the earliest first; those without a date last.</summary>
    public IReadOnlyList<ProposedStep> NextSteps { get; init; } = [];

    /// <summary>Won, lost, on hold, open again, or somebody else's; <c>null</c> where nothing is said of it.</summary>
    public ProposedStatus? Status { get; init; }

    /// <summary>What changed of the opportunity's facts.</summary>
    public IReadOnlyList<ProposedFact> Facts { get; init; } = [];

    /// <summary>What was said and is not proposed, and why: named under the proposal, never dropped silently.</summary>
    public IReadOnlyList<NotProposed> Left { get; init; } = [];

    /// <summary>Whether nothing would be recorded and nothing explained.</summary>
    public bool IsEmpty => Met.Count == 0 && NewContacts.Count == 0 && Milestones.Count == 0 && Later.Count == 0 && TakenBack.Count == 0
        && Answers.Count == 0 && NextSteps.Count == 0 && Status is null && Facts.Count == 0;
}

/// <summary>Somebody of the customer who is not on record.</summary>
/// <param name="Name">As written, without title.</param>
/// <param name="Named">The words that name them.</param>
/// <param name="Department">As the playbook calls it; <c>null</c> where the text does not say.</param>
/// <param name="Level">As far as the text says.</param>
/// <param name="Role">As far as the text says.</param>
/// <param name="IsMet">The rep was in touch with them.</param>
public sealed record ProposedNewContact(string Name, TextSpan Named, string? Department, Level? Level, BuyingRole? Role, bool IsMet);

/// <summary>What comes next.</summary>
/// <param name="What">The words that say it.</param>
/// <param name="Due">By when; <c>null</c> where no date was said or it could not be read: to be asked for.</param>
/// <param name="Latest">The last day that is meant where several are: "next week"; else as <paramref name="Due"/>.</param>
/// <param name="Dated">The words that give the date.</param>
public sealed record ProposedStep(TextSpan What, DateOnly? Due, DateOnly? Latest, TextSpan? Dated)
{
    /// <summary>What is to be done, in the rep's words, tidied: without the date and what introduces it.</summary>
    public string Text { get; init; } = "";
}

/// <summary>Where an opportunity stands from now on.</summary>
/// <param name="To">Which.</param>
/// <param name="Said">The words that say so.</param>
public sealed record ProposedStatus(StatusChange To, TextSpan Said)
{
    /// <summary>Why, in the rep's words; <c>null</c> where it was not said.</summary>
    public string? Reason { get; init; }

    /// <summary>Who got it instead, or why; a competitor's name.</summary>
    public string? Competitor { get; init; }

    /// <summary>Until when it rests.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Whose it is from now on.</summary>
    public PersonId? Rep { get; init; }
}

/// <summary>A change of where an opportunity stands.</summary>
public enum StatusChange
{
    /// <summary>Signed.</summary>
    Won,

    /// <summary>Somebody else has it, or nobody.</summary>
    Lost,

    /// <summary>It rests.</summary>
    OnHold,

    /// <summary>It goes on.</summary>
    Reopened,

    /// <summary>A colleague takes it over.</summary>
    HandedOver,
}

/// <summary>A fact of the opportunity or of its customer's people that changed.</summary>
/// <param name="Field">Which.</param>
/// <param name="Value">As read, the same for every way of saying it: a number, an ISO date, a name as on record.</param>
/// <param name="Said">The words that say so.</param>
public sealed record ProposedFact(FactField Field, string Value, TextSpan Said)
{
    /// <summary>The amount with its currency, of <see cref="FactField.Amount"/>.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The amount's currency in three letters; <c>null</c> for the opportunity's own.</summary>
    public string? Currency { get; init; }

    /// <summary>The date, of a date's field, or the day from which it holds.</summary>
    public DateOnly? On { get; init; }

    /// <summary>The last day that is meant, where several are: "mid March".</summary>
    public DateOnly? Latest { get; init; }

    /// <summary>Whom it is about, where they are on record.</summary>
    public ContactId? Contact { get; init; }

    /// <summary>The five scores of <see cref="FactField.Evaluation"/>, by criterion.</summary>
    public IReadOnlyDictionary<string, int>? Scores { get; init; }
}

/// <summary>Facts that a message can change.</summary>
public enum FactField
{
    /// <summary>What it is worth.</summary>
    Amount,

    /// <summary>When the customer decides or signs.</summary>
    ExpectedClose,

    /// <summary>Until when the bid has to be in.</summary>
    BidDeadline,

    /// <summary>Who decides.</summary>
    DecisionMaker,

    /// <summary>Who else bids; a competitor's name.</summary>
    Competitor,

    /// <summary>A contact is our coach.</summary>
    Coach,

    /// <summary>A contact left the customer.</summary>
    ContactLeft,

    /// <summary>A contact's phone, e-mail, title or department is another.</summary>
    ContactChanged,

    /// <summary>The customer's scores.</summary>
    Evaluation,

    /// <summary>Who of ours looks after a contact.</summary>
    Maintainer,
}

/// <summary>Something said that is not proposed.</summary>
/// <param name="Words">The words.</param>
/// <param name="Why">The reason, for the sentence that names it.</param>
/// <param name="Milestone">The milestone that it would have been; <c>null</c> for something else.</param>
public sealed record NotProposed(TextSpan Words, LeftFor Why, MilestoneId? Milestone = null);

/// <summary>Why something said is not proposed.</summary>
public enum LeftFor
{
    /// <summary>It did not happen.</summary>
    Denied,

    /// <summary>Perhaps, almost, in part.</summary>
    Doubted,

    /// <summary>Somebody told it; nobody saw it.</summary>
    Hearsay,

    /// <summary>It is to come.</summary>
    Planned,

    /// <summary>Only if something else happens.</summary>
    Conditional,

    /// <summary>One side only, or a draft.</summary>
    OneSided,

    /// <summary>Another company's, another site's.</summary>
    Foreign,

    /// <summary>Its date could not be read.</summary>
    UnreadDate,

    /// <summary>It is on record already.</summary>
    OnRecord,
}
