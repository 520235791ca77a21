using KeyAccountBot.Conversations.CheckIn;
using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.Conversations.FreeText;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Conversations.Visits;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Sayings.Trials;

/// <summary>What a talk would put on record once somebody says yes, whichever dialog it is kept in.</summary>
internal static class Proposed
{
    /// <summary>By opportunity; empty where no talk has anything to record.</summary>
    public static IReadOnlyList<OpportunityProposal> In(DialogState state) => [.. state.Stack.SelectMany(In)];

    private static IEnumerable<OpportunityProposal> In(DialogInstance instance) => instance.DialogId switch
    {
        FreeTextDialog.WhichId => Of(instance.DraftOf<OwnWordsDraft>()?.Proposal),
        ConfirmProposalDialog.Id or ConfirmProposalDialog.FormId => Of(instance.DraftOf<ConfirmProposalDraft>()?.Proposal),
        ConfirmProposalDialog.SettleId => Of(instance.DraftOf<SettleDraft>()?.Open?.After),
        CheckInDialog.Id => Of(instance.DraftOf<CheckInDraft>()),
        CheckInDialog.ConfirmId => Of(instance.DraftOf<CheckInDraft>() ?? instance.OptionsOf<CheckInDraft>()),
        ReportVisitDialog.Id => Of(instance.DraftOf<AskedReportDraft>()?.Report),
        ConfirmReportDialog.Id => Of(instance.OptionsOf<ReportVisitDraft>()),
        ChangeFactDialog.Id => Of(instance.DraftOf<ChangeFactDraft>()),
        ChangeOpportunityDialog.Id => Of(instance.DraftOf<ChangeOpportunityDraft>()),
        AddContactDialog.Id => Of(instance.DraftOf<ContactQuestionsDraft>()?.Contact),
        ConfirmContactDialog.Id => Of(instance.OptionsOf<ContactDraft>()),
        _ => [],
    };

    private static IEnumerable<OpportunityProposal> Of(Proposal? proposal) => proposal?.Opportunities ?? [];

    private static IEnumerable<OpportunityProposal> Of(CheckInDraft? draft)
    {
        if (draft is { Opportunity.Length: > 0 })
        {
            yield return new OpportunityProposal(new OpportunityId(draft.Opportunity))
            {
                Milestones = [.. draft.Milestones.Select(m => new MilestoneToRecord(new MilestoneId(m), draft.On, draft.Evidence))],
                NextSteps = draft.NextStep is { } next ? [new StepToCome(next, draft.Due)] : [],
            };
        }
    }

    private static IEnumerable<OpportunityProposal> Of(ReportVisitDraft? draft)
    {
        if (draft is { Opportunity.Length: > 0 })
        {
            yield return new OpportunityProposal(new OpportunityId(draft.Opportunity))
            {
                On = draft.On,
                Visit = draft.Visit is { } visit ? new VisitId(visit) : null,
                Met = [.. draft.Met.Select(m => new ContactId(m))],
                Milestones = [.. draft.Milestones.Select(m => new MilestoneToRecord(new MilestoneId(m), draft.On, null))],
                Answers = [.. draft.Answers.Select(a => new GivenAnswer(new QuestionId(a.Question), a.Text))],
                NextSteps = draft.NextStep is { } next ? [new StepToCome(next, draft.Due)] : [],
            };
        }
    }

    private static IEnumerable<OpportunityProposal> Of(ChangeOpportunityDraft? draft)
    {
        StatusChange? to = draft?.Change switch
        {
            OpportunityChange.Won => StatusChange.Won,
            OpportunityChange.Lost => StatusChange.Lost,
            OpportunityChange.Hold => StatusChange.OnHold,
            OpportunityChange.Reopen => StatusChange.Reopened,
            OpportunityChange.HandOver => StatusChange.HandedOver,
            _ => null,
        };
        if (draft is { Change: OpportunityChange.TakeBack, Opportunity.Length: > 0, Milestone: { } milestone })
        {
            yield return new OpportunityProposal(new OpportunityId(draft.Opportunity)) { TakenBack = [new MilestoneToTakeBack(new MilestoneId(milestone), draft.Why ?? "")] };
        }

        if (to is { } change && draft is { Opportunity.Length: > 0 })
        {
            yield return new OpportunityProposal(new OpportunityId(draft.Opportunity))
            {
                Status = new StatusToRecord(change, draft.Why) { Until = draft.Until, Rep = draft.To is { } rep ? new PersonId(rep) : null },
            };
        }
    }

    private static IEnumerable<OpportunityProposal> Of(ChangeFactDraft? draft)
    {
        if (draft is not { Opportunity.Length: > 0, Field: { } field })
        {
            yield break;
        }

        var day = draft.On?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var value = draft.Amount?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? draft.Text ?? day;
        FactField? fact = field switch
        {
            OpportunityField.Amount => FactField.Amount,
            OpportunityField.ExpectedClose => FactField.ExpectedClose,
            OpportunityField.BidDeadline => FactField.BidDeadline,
            OpportunityField.Competitors => FactField.Competitor,
            _ => null,
        };
        if (value is not null)
        {
            yield return new OpportunityProposal(new OpportunityId(draft.Opportunity))
            {
                Facts = fact is { } changed ? [new FactToRecord(changed, value) { Amount = draft.Amount, Currency = draft.Currency, On = draft.On }] : [],
                NextSteps = field == OpportunityField.NextStep && draft.Text is { } step ? [new StepToCome(step, draft.On)] : [],
            };
        }
    }

    private static IEnumerable<OpportunityProposal> Of(ContactDraft? draft)
    {
        if (draft is { Name.Length: > 0, Contact: null })
        {
            yield return new OpportunityProposal(null)
            {
                NewContacts = [new ContactToAdd(draft.Name, draft.Department, draft.Level, draft.BuyingRole, false)],
            };
        }
    }
}
