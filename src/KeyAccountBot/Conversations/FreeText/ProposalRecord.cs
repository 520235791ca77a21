using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.Conversations.Status;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>
/// Puts on record what somebody has said yes to, opportunity by opportunity, each command under an id of its own that follows from the talk:
/// the same yes again is the same record.
/// </summary>
internal sealed class ProposalRecord(Dossiers dossiers, Playbook playbook)
{
    private const int ShortId = 16;

    /// <summary>Records it, and says for each opportunity what came of it.</summary>
    /// <returns>Who is to be added and cannot be yet, for want of a department.</returns>
    public async ValueTask<IReadOnlyList<NamedContact>> RecordAsync(TurnContext turn, Scene scene, string token, Proposal proposal, CancellationToken cancellationToken)
    {
        List<NamedContact> toAdd = [];
        for (var i = 0; i < proposal.Opportunities.Count; i++)
        {
            var part = proposal.Opportunities[i];
            if (part.Opportunity is { } id && part.HasAnything)
            {
                await RecordAsync(turn, scene, i == 0 ? token : $"{token}~{i}", id, part, proposal.Text, toAdd, cancellationToken);
            }
        }

        return toAdd;
    }

    private async ValueTask RecordAsync(
        TurnContext turn, Scene scene, string token, OpportunityId id, OpportunityProposal part, string notes, List<NamedContact> toAdd, CancellationToken cancellationToken)
    {
        if (await dossiers.OpenAsync(scene.Asker, id, cancellationToken) is not { } dossier)
        {
            turn.Send(Refusals.Explain(scene, playbook, new Refusal.NotTheirs()));
            return;
        }

        var on = part.On is { } day && day < scene.Today ? day : scene.Today;
        var account = dossier.Opportunity.Facts.AccountId;
        List<ContactId> met = [.. part.Met];
        LedgerOutcome? last = null;
        if (!await OpportunityAsync("~again", part.Status is { To: StatusChange.Reopened, Reason: var again } ? new OpportunityCommand.Reopen(again ?? notes) : null))
        {
            return;
        }

        foreach (var contact in part.NewContacts)
        {
            if (account is not { } at || contact.Department is not { } department)
            {
                if (account is not null)
                {
                    toAdd.Add(new NamedContact(dossier.Opportunity.Facts.Account, id.Value, contact, on));
                }

                continue;
            }

            var decides = part.Facts.Any(f => f.Field == FactField.DecisionMaker && string.Equals(f.Value, contact.Name, StringComparison.OrdinalIgnoreCase));
            var added = new ContactId(CommandIds.Derive($"{token}~{contact.Name}")[..ShortId]);
            var data = new ContactData(contact.Name, new DepartmentId(department), contact.Level ?? Level.Staff, decides ? BuyingRole.DecisionMaker : contact.Role ?? BuyingRole.User);
            if (await AccountAsync($"~add-{added}", new AccountCommand.AddContact(dossier.Opportunity.Facts.Account, added, data, scene.Person.Id)) && contact.IsMet)
            {
                met.Add(added);
            }
        }

        List<MilestoneClaim> milestones = [.. part.Milestones.Select(m => new MilestoneClaim(m.Milestone, m.On is { } said && said < scene.Today ? said : m.On ?? on, m.Evidence))];
        var next = part.NextSteps is [{ Due: { } due } step, ..] ? new NextStep(step.What, due) : null;
        OpportunityCommand? report = met.Count + part.Answers.Count > 0
            ? new OpportunityCommand.ReportVisit(part.Visit, on, met, part.Answers, milestones, next, notes)
            : milestones.Count > 0 || next is not null ? new OpportunityCommand.CheckIn(milestones, next) : null;
        if (!await OpportunityAsync("", report))
        {
            return;
        }

        // repeated, the touch is repeated too: it counts once, and what a crash kept back is made up for
        if (met.Count > 0)
        {
            await AccountAsync("", new AccountCommand.LogTouch(met, on, notes));
        }

        foreach (var taken in part.TakenBack)
        {
            await OpportunityAsync($"~back-{taken.Milestone}", new OpportunityCommand.TakeBack(taken.Milestone, taken.Reason));
        }

        await OpportunityAsync("~facts", FactsOf(dossier.Opportunity, part));
        foreach (var fact in part.Facts)
        {
            await OpportunityAsync("~score", fact is { Field: FactField.Evaluation, Scores: { } scores } && ProposalFacts.EvaluationOf(scores) is { } evaluation ? new OpportunityCommand.Evaluate(evaluation) : null);
            if (fact.Contact is { } about && dossier.Account?.Find(about) is { IsActive: true } contact)
            {
                await AccountAsync($"~{ProposalFields.Of(fact.Field)}-{about}", fact.Field switch
                {
                    FactField.DecisionMaker => new AccountCommand.ChangeContact(about, contact.Data with { BuyingRole = BuyingRole.DecisionMaker }),
                    FactField.Coach => new AccountCommand.ChangeContact(about, contact.Data with { IsCoach = true }),
                    FactField.ContactLeft => new AccountCommand.RetireContact(about, fact.Said.Length > 0 ? fact.Said : notes),
                    _ => null,
                });
            }
        }

        await OpportunityAsync("~status", StatusOf(part, notes, on, milestones));
        if (last is not null)
        {
            turn.Send(StatusCard.Recorded(scene, playbook, last));
        }
        else if (part.Facts.Count + part.NewContacts.Count > toAdd.Count)
        {
            turn.Send(scene.Say("recorded.title", scene.AccountOf(dossier.Opportunity.Facts.Account)));
        }

        async ValueTask<bool> OpportunityAsync(string name, OpportunityCommand? command)
        {
            if (command is null)
            {
                return true;
            }

            var outcome = await dossiers.RecordAsync(scene.Asker, id, command, scene.Command(token + name), cancellationToken);
            if (outcome.Refusal is { } refusal)
            {
                turn.Send(Refusals.Explain(scene, playbook, refusal));
                return false;
            }

            last = last is null ? outcome : outcome with { Before = last.Before, Entries = [.. last.Entries, .. outcome.Entries] };
            return true;
        }

        async ValueTask<bool> AccountAsync(string name, AccountCommand? command)
        {
            if (command is null || account is not { } at)
            {
                return false;
            }

            var outcome = await dossiers.RecordAsync(scene.Asker, at, command, scene.Command(token + name), cancellationToken, last?.Opportunity ?? dossier.Opportunity);
            if (outcome.Refusal is { } refusal && command is not AccountCommand.LogTouch)
            {
                turn.Send(ContactRefusals.Explain(scene, playbook, dossier.Account, refusal));
            }

            return outcome.Refusal is null;
        }
    }

    private OpportunityCommand? StatusOf(OpportunityProposal part, string notes, DateOnly on, IReadOnlyList<MilestoneClaim> milestones) => part.Status switch
    {
        { To: StatusChange.Lost } lost => new OpportunityCommand.Lose(lost.Reason ?? notes),
        { To: StatusChange.OnHold } hold => new OpportunityCommand.Hold(hold.Reason ?? notes, hold.Until),
        { To: StatusChange.HandedOver, Rep: { } rep } handed => new OpportunityCommand.HandOver(rep, handed.Reason ?? notes),
        { To: StatusChange.Won } when milestones.All(m => m.Milestone != playbook.WonBy) => new OpportunityCommand.Win(on, notes),
        _ => null,
    };

    // what changed of the opportunity's own facts, in one entry
    private static OpportunityCommand? FactsOf(Opportunity opportunity, OpportunityProposal part)
    {
        var facts = opportunity.Facts;
        var to = new FactValues();
        foreach (var fact in part.Facts)
        {
            to = fact.Field switch
            {
                FactField.Amount when fact.Amount is { } amount => to with { Amount = new Money(amount, fact.Currency ?? facts.Amount.Currency) },
                FactField.ExpectedClose when fact.On is { } close => to with { ExpectedClose = close },
                FactField.BidDeadline when fact.On is { } deadline => to with { BidDeadline = deadline },
                FactField.Competitor when fact.Value.Length > 0 => to with { Competitors = [.. (to.Competitors ?? facts.Competitors ?? []).Union([fact.Value], StringComparer.OrdinalIgnoreCase)] },
                _ => to,
            };
        }

        return to.IsEmpty() ? null : new OpportunityCommand.ChangeFacts(to);
    }
}
