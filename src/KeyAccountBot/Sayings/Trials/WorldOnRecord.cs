using KeyAccountBot.Records;
using KeyAccountBot.Reminders;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sayings.Worlds;
using NodaTime;

namespace KeyAccountBot.Sayings.Trials;

/// <summary>Puts a world on record as people would have: by commands, each on its day.</summary>
internal sealed class WorldOnRecord(World world, TenantId tenant, PeopleRepository people, OpportunityLedger opportunities, AccountLedger accounts,
    PersonalReminders reminders, Playbook playbook)
{
    private const string Channel = "import";
    private const int BeforeTheStage = 30;
    private static readonly TimeOnly Noon = new(12, 0);
    private readonly Company company = new(world.People);
    private readonly DateTimeZone zone = DateTimeZoneProviders.Tzdb[world.TimeZone];
    private int commands;

    /// <summary>What the record would not take, in words: a world may hold what the method forbids.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Puts all of it on record.</summary>
    public async Task PutAsync(CancellationToken cancellationToken)
    {
        await people.PutAsync(tenant, world.People, cancellationToken);
        foreach (var account in world.Accounts)
        {
            await PutAsync(account, cancellationToken);
        }

        foreach (var opportunity in world.Opportunities)
        {
            await PutAsync(opportunity, cancellationToken);
        }

        foreach (var visit in world.Visits)
        {
            var at = Instant(visit.At);
            var planned = world.Opportunity(visit.Opportunity) is { LastCheckIn: { } last } && last < DateOnly.FromDateTime(visit.At) ? last : DateOnly.FromDateTime(visit.At).AddDays(-7);
            await RecordAsync(
                visit.Opportunity, new OpportunityCommand.PlanVisit(new VisitId(visit.Id), at, [.. visit.Contacts.Select(c => new ContactId(c))], null),
                RepOf(visit.Opportunity), planned, cancellationToken);
        }

        foreach (var followUp in world.FollowUps)
        {
            await TellAsync(followUp, cancellationToken);
        }

        foreach (var (reminder, i) in world.Reminders.Select((reminder, i) => (reminder, i)))
        {
            var key = new ReminderKey(tenant, new PersonId(reminder.Person), string.Create(System.Globalization.CultureInfo.InvariantCulture, $"world-{i}"));
            await reminders.PutAsync(key, reminder.Text, Instant(reminder.At), null, cancellationToken);
        }
    }

    private async Task PutAsync(WorldAccount account, CancellationToken cancellationToken)
    {
        var id = AccountId.OfName(account.Name);
        var first = DateOnly.FromDateTime(world.Now).AddDays(-120);
        if (account.Aliases.Count > 0)
        {
            await RecordAsync(id, new AccountCommand.CallAlso(account.Name, account.Aliases), null, first, cancellationToken);
        }

        foreach (var contact in account.Contacts)
        {
            var data = new ContactData(
                contact.Name, new DepartmentId(contact.Department), Enum.Parse<Level>(contact.Level, ignoreCase: true),
                contact.BuyingRole is { } role ? Enum.Parse<BuyingRole>(role, ignoreCase: true) : BuyingRole.User, contact.Strength, contact.IsCoach,
                Title: contact.Title, Phone: contact.Phone);
            var maintainer = contact.MaintainedBy is { } by ? new PersonId(by) : (PersonId?)null;
            var add = new AccountCommand.AddContact(account.Name, new ContactId(contact.Id), data, maintainer);
            await RecordAsync(id, add, null, first, cancellationToken);
            if (contact.LastTouch is { } on)
            {
                await RecordAsync(id, new AccountCommand.LogTouch([new ContactId(contact.Id)], on, "-"), maintainer, on, cancellationToken);
            }
        }
    }

    private async Task PutAsync(WorldOpportunity opportunity, CancellationToken cancellationToken)
    {
        var account = world.Account(opportunity.Account)?.Name ?? "";
        var rep = new PersonId(opportunity.Rep);
        var stages = playbook.Stages.TakeWhile(s => s.Id.Value != opportunity.Stage).ToList();
        var inOrder = stages.All(s => s.Gate.IsOpen(opportunity.Reached.Select(m => new MilestoneId(m.Id)).ToHashSet()));
        var opened = opportunity.StageSince.AddDays(-BeforeTheStage * (stages.Count + 1));
        var at = inOrder ? opened : opportunity.StageSince;
        await RecordAsync(
            opportunity.Id,
            new OpportunityCommand.Open(
                account, opportunity.Name, new Money(opportunity.Amount, opportunity.Currency), rep, opportunity.ExpectedClose,
                new StageId(inOrder ? playbook.First.Id.Value : opportunity.Stage), At(at)),
            null, at, cancellationToken);

        // through the stages one by one, the last of them left on the day on which the present one began
        for (var i = 0; inOrder && i < stages.Count; i++)
        {
            var left = i == stages.Count - 1 ? opportunity.StageSince : opened.AddDays(BeforeTheStage * (i + 1));
            await ReachAsync(opportunity, stages[i], left, cancellationToken);
        }

        if (playbook.Find(new StageId(opportunity.Stage)) is { } stage)
        {
            await ReachAsync(opportunity, stage, opportunity.LastCheckIn ?? opportunity.StageSince, cancellationToken);
        }

        await PutFactsAsync(opportunity, rep, cancellationToken);
        await PutLastWordAsync(opportunity, rep, cancellationToken);
        var since = opportunity.StatusSince ?? opportunity.LastCheckIn ?? opportunity.StageSince;
        if (opportunity.Status == "lost")
        {
            await RecordAsync(opportunity.Id, new OpportunityCommand.Lose(opportunity.StatusReason ?? "-"), rep, since, cancellationToken);
        }
        else if (opportunity.Status == "hold")
        {
            await RecordAsync(opportunity.Id, new OpportunityCommand.Hold(opportunity.StatusReason ?? "-"), rep, since, cancellationToken);
        }
    }

    private async Task ReachAsync(WorldOpportunity opportunity, Stage stage, DateOnly on, CancellationToken cancellationToken)
    {
        var reached = stage.Milestones.Select(m => opportunity.Reached.FirstOrDefault(r => r.Id == m.Id.Value)).OfType<WorldMilestone>().ToList();
        if (reached.Count > 0)
        {
            var claims = reached.Select(m => new MilestoneClaim(new MilestoneId(m.Id), m.On is { } said && said <= on ? said : on, null)).ToList();
            await RecordAsync(opportunity.Id, new OpportunityCommand.CheckIn(claims, null), new PersonId(opportunity.Rep), on, cancellationToken);
        }

        foreach (var question in opportunity.AnsweredIn(playbook, stage))
        {
            var answer = new OpportunityCommand.AnswerQuestion(new GivenAnswer(new QuestionId(question), "-"), on);
            await RecordAsync(opportunity.Id, answer, new PersonId(opportunity.Rep), on, cancellationToken);
        }
    }

    private async Task PutFactsAsync(WorldOpportunity opportunity, PersonId rep, CancellationToken cancellationToken)
    {
        if (opportunity.BidDeadline is { } deadline)
        {
            await RecordAsync(opportunity.Id, new OpportunityCommand.ChooseBidBranch(new BidBranch.Bid(deadline)), rep, opportunity.StageSince, cancellationToken);
        }

        if (opportunity.Competitors.Count > 0)
        {
            await RecordAsync(
                opportunity.Id, new OpportunityCommand.ChangeFacts(new FactValues { Competitors = opportunity.Competitors }), rep, opportunity.StageSince, cancellationToken);
        }
    }

    // last, so that it is the entry that would be taken back
    private async Task PutLastWordAsync(WorldOpportunity opportunity, PersonId rep, CancellationToken cancellationToken)
    {
        if (opportunity.LastCheckIn is not { } on)
        {
            return;
        }

        var next = opportunity.NextStep is { } step ? new NextStep(step.Text, step.Due) : null;
        OpportunityCommand last = opportunity.LastSaid is { } said
            ? new OpportunityCommand.ReportVisit(null, on, opportunity.LastSaidTo is { } to ? [new ContactId(to)] : [], [], [], next, said)
            : new OpportunityCommand.CheckIn([], next);
        await RecordAsync(opportunity.Id, last, rep, on, cancellationToken);
    }

    private async Task TellAsync(WorldFollowUp followUp, CancellationToken cancellationToken)
    {
        var cause = new FollowUpCause(char.ToUpperInvariant(followUp.Cause[0]) + followUp.Cause[1..]);
        var since = At(followUp.Since);
        var chain = FollowUpChain.KeyOf(cause, since);
        foreach (var ((who, on), step) in followUp.Told.Select((told, i) => (told, i)))
        {
            var kind = company.Find(new PersonId(who))?.Role switch { Role.Rep => DeliveryKind.Reminder, Role.Manager => DeliveryKind.Nudge, _ => DeliveryKind.Alert };
            var due = new DueStep(chain, cause, since, step, new PersonId(who), kind);
            await RecordAsync(followUp.Opportunity, new OpportunityCommand.TakeFollowUpSteps([due]), null, on, cancellationToken);
        }
    }

    private async Task RecordAsync(string opportunity, OpportunityCommand command, PersonId? by, DateOnly on, CancellationToken cancellationToken)
    {
        var outcome = await opportunities.RecordAsync(tenant, new OpportunityId(opportunity), command, ContextOf(by, on), company, cancellationToken);
        if (outcome.Refusal is { } refusal)
        {
            Refused.Add($"{opportunity}: {command.GetType().Name} on {on:yyyy-MM-dd} was refused: {refusal}");
        }
    }

    private async Task RecordAsync(AccountId account, AccountCommand command, PersonId? by, DateOnly on, CancellationToken cancellationToken)
    {
        var outcome = await accounts.RecordAsync(tenant, account, command, ContextOf(by, on), cancellationToken);
        if (outcome.Refusal is { } refusal)
        {
            Refused.Add($"{account}: {command.GetType().Name} on {on:yyyy-MM-dd} was refused: {refusal}");
        }
    }

    private CommandContext ContextOf(PersonId? by, DateOnly on) =>
        new(new CommandId(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"world|{++commands}")), by, At(on), on, Channel);

    private PersonId? RepOf(string opportunity) => world.Opportunity(opportunity) is { } found ? new PersonId(found.Rep) : null;

    private DateTimeOffset At(DateOnly on) => on == DateOnly.FromDateTime(world.Now) ? Instant(world.Now.AddHours(-1)) : Instant(on.ToDateTime(Noon));

    private DateTimeOffset Instant(DateTime local) => Moments.Instant(local, zone);
}
