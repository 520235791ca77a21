using System.Text.Json.Serialization;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Sales.Reports;

/// <summary>
/// What would be put on record of a message, as it is shown, corrected and at last confirmed. It holds no place in the text any more, so that it
/// can be kept as JSON between two turns.
/// </summary>
/// <param name="Text">The message, as far as it is kept as a note.</param>
/// <param name="Opportunities">One part for each opportunity, in the order of the text.</param>
public sealed record Proposal(string Text, IReadOnlyList<OpportunityProposal> Opportunities)
{
    /// <summary>What the last correction changed: marked where it is shown.</summary>
    public IReadOnlyList<ProposalField> Changed { get => field ?? []; init; }

    /// <summary>Whether a yes would record anything.</summary>
    [JsonIgnore]
    public bool HasAnything => Opportunities.Any(o => o.HasAnything);

    /// <summary>The same with one part changed.</summary>
    public Proposal With(int index, OpportunityProposal part) => this with { Opportunities = [.. Opportunities.Select((o, i) => i == index ? part : o)] };
}

/// <summary>What would be recorded of one opportunity.</summary>
/// <param name="Opportunity">Which; <c>null</c> until it is known.</param>
public sealed record OpportunityProposal(OpportunityId? Opportunity)
{
    /// <summary>Which it may be, where it is not known.</summary>
    public IReadOnlyList<OpportunityId> Candidates { get => field ?? []; init; }

    /// <summary>The planned visit that it reports; <c>null</c> for none.</summary>
    public VisitId? Visit { get; init; }

    /// <summary>The day it speaks of; <c>null</c> where none was said: today then, and shown as such.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Whom the rep was in touch with.</summary>
    public IReadOnlyList<ContactId> Met { get => field ?? []; init; }

    /// <summary>Who is not on record and would be added.</summary>
    public IReadOnlyList<ContactToAdd> NewContacts { get => field ?? []; init; }

    /// <summary>What was reached.</summary>
    public IReadOnlyList<MilestoneToRecord> Milestones { get => field ?? []; init; }

    /// <summary>What was reached as well and cannot be recorded yet.</summary>
    public IReadOnlyList<MilestoneId> Later { get => field ?? []; init; }

    /// <summary>What does not hold after all.</summary>
    public IReadOnlyList<MilestoneToTakeBack> TakenBack { get => field ?? []; init; }

    /// <summary>What the customer was told.</summary>
    public IReadOnlyList<GivenAnswer> Answers { get => field ?? []; init; }

    /// <summary>What comes next, the earliest first; a step without a day is asked about before it is shown.</summary>
    public IReadOnlyList<StepToCome> NextSteps { get => field ?? []; init; }

    /// <summary>Where it stands from now on; <c>null</c> for no change.</summary>
    public StatusToRecord? Status { get; init; }

    /// <summary>Facts that changed.</summary>
    public IReadOnlyList<FactToRecord> Facts { get => field ?? []; init; }

    /// <summary>What was said and would not be recorded.</summary>
    public IReadOnlyList<LeftOut> Left { get => field ?? []; init; }

    /// <summary>Whether a yes would record anything.</summary>
    [JsonIgnore]
    public bool HasAnything => Met.Count + NewContacts.Count + Milestones.Count + TakenBack.Count + Answers.Count + NextSteps.Count + Facts.Count > 0 || Status is not null;
}

/// <summary>Somebody of the customer who would be added.</summary>
/// <param name="Name">As written.</param>
/// <param name="Department">The playbook's id; <c>null</c> where it is not known.</param>
/// <param name="Level">As far as it is known.</param>
/// <param name="Role">As far as it is known.</param>
/// <param name="IsMet">The rep was in touch with them.</param>
public sealed record ContactToAdd(string Name, string? Department, Level? Level, BuyingRole? Role, bool IsMet);

/// <summary>A milestone that was reached.</summary>
/// <param name="Milestone">Which.</param>
/// <param name="On">When; <c>null</c> where it was not said: the day of the report then.</param>
/// <param name="Evidence">The words that say so.</param>
public sealed record MilestoneToRecord(MilestoneId Milestone, DateOnly? On, string? Evidence);

/// <summary>A milestone that does not hold after all.</summary>
/// <param name="Milestone">Which.</param>
/// <param name="Reason">The words that say so.</param>
public sealed record MilestoneToTakeBack(MilestoneId Milestone, string Reason);

/// <summary>What comes next.</summary>
/// <param name="What">In the rep's words.</param>
/// <param name="Due">By when; <c>null</c> until it was asked.</param>
public sealed record StepToCome(string What, DateOnly? Due)
{
    /// <summary>It was asked whether the day is meant.</summary>
    public bool IsSure { get; init; }
}

/// <summary>Where an opportunity stands from now on.</summary>
/// <param name="To">Which.</param>
/// <param name="Reason">Why; <c>null</c> until it was asked.</param>
public sealed record StatusToRecord(StatusChange To, string? Reason)
{
    /// <summary>Who got it instead.</summary>
    public string? Competitor { get; init; }

    /// <summary>Until when it rests.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Whose it is from now on.</summary>
    public PersonId? Rep { get; init; }
}

/// <summary>A fact that changed.</summary>
/// <param name="Field">Which.</param>
/// <param name="Value">As read, in invariant form.</param>
public sealed record FactToRecord(FactField Field, string Value)
{
    /// <summary>Of an amount.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Of an amount; <c>null</c> for the opportunity's own.</summary>
    public string? Currency { get; init; }

    /// <summary>Of a date, or from which day it holds.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Whom it is about.</summary>
    public ContactId? Contact { get; init; }

    /// <summary>Of an evaluation, by criterion.</summary>
    public IReadOnlyDictionary<string, int>? Scores { get; init; }

    /// <summary>The words that say so.</summary>
    public string Said { get => field ?? ""; init; }
}

/// <summary>What was said and would not be recorded.</summary>
/// <param name="Words">The words.</param>
/// <param name="Why">The reason.</param>
/// <param name="Milestone">The milestone that it would have been; <c>null</c> for something else.</param>
public sealed record LeftOut(string Words, LeftFor Why, MilestoneId? Milestone = null);

/// <summary>A field of a proposal that can be corrected.</summary>
/// <param name="Part">Which of the opportunities, counted from 0.</param>
/// <param name="Name">What it is called: <c>contacts</c>, <c>milestones</c>, <c>nextStepDate</c> …; see <see cref="ProposalFields"/>.</param>
public sealed record ProposalField(int Part, string Name);

/// <summary>The names of the fields that a correction can change.</summary>
public static class ProposalFields
{
    /// <summary>Whom the rep met.</summary>
    public const string Contacts = "contacts";

    /// <summary>Who would be added.</summary>
    public const string NewContacts = "newContacts";

    /// <summary>The day it speaks of.</summary>
    public const string On = "on";

    /// <summary>What was reached.</summary>
    public const string Milestones = "milestones";

    /// <summary>When it was reached.</summary>
    public const string MilestoneDate = "milestoneDate";

    /// <summary>What the customer was told.</summary>
    public const string Answers = "answers";

    /// <summary>What comes next.</summary>
    public const string NextStep = "nextStep";

    /// <summary>By when.</summary>
    public const string NextStepDate = "nextStepDate";

    /// <summary>Which opportunity.</summary>
    public const string Opportunity = "opportunity";

    /// <summary>Where it stands from now on.</summary>
    public const string Status = "status";

    /// <summary>Why it stands there.</summary>
    public const string Reason = "reason";

    /// <summary>What it is worth.</summary>
    public const string Amount = "amount";

    /// <summary>The field of a changed fact.</summary>
    public static string Of(FactField field) => field switch
    {
        FactField.Amount => Amount,
        FactField.ExpectedClose => "expectedClose",
        FactField.BidDeadline => "bidDeadline",
        FactField.DecisionMaker => "decisionMaker",
        FactField.Competitor => "competitor",
        FactField.Coach => "coach",
        FactField.ContactLeft => "contactLeft",
        FactField.ContactChanged => "contactChanged",
        FactField.Evaluation => "evaluation",
        FactField.Maintainer => "maintainer",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };

    /// <summary>The values that a field of a part holds, in invariant form.</summary>
    public static IReadOnlyList<string> ValuesOf(OpportunityProposal part, string field) => field switch
    {
        Contacts => [.. part.Met.Select(m => m.Value)],
        NewContacts => [.. part.NewContacts.Select(c => c.Name)],
        On => part.On is { } on ? [Iso(on)] : [],
        Milestones => [.. part.Milestones.Select(m => m.Milestone.Value)],
        MilestoneDate => [.. part.Milestones.Select(m => m.On).OfType<DateOnly>().Distinct().Select(Iso)],
        Answers => [.. part.Answers.Select(a => a.Question.Value)],
        NextStep => [.. part.NextSteps.Select(s => s.What)],
        NextStepDate => [.. part.NextSteps.Select(s => s.Due).OfType<DateOnly>().Take(1).Select(Iso)],
        Opportunity => part.Opportunity is { } id ? [id.Value] : [],
        Status => part.Status is { } status ? [status.To.ToString()] : [],
        Reason => part.Status?.Reason is { } why ? [why] : [],
        _ => [.. part.Facts.Where(f => Of(f.Field) == field).Select(f => f.Value)],
    };

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
