using KeyAccountBot.Conversations;
using KeyAccountBot.Conversations.Absences;
using KeyAccountBot.Conversations.CheckIn;
using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.Conversations.Evaluation;
using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Conversations.Visits;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Sayings.Worlds;

namespace KeyAccountBot.Sayings.Trials;

/// <summary>Brings one talk to one question.</summary>
/// <param name="dialog">The talk.</param>
/// <param name="scene">Who will speak.</param>
/// <param name="world">What the ids in the file mean.</param>
/// <param name="services">The bot's.</param>
/// <param name="saying">What will be said.</param>
/// <param name="question">At which question.</param>
/// <param name="cancellationToken">Stops between the steps.</param>
internal sealed partial class Placing(
    DialogContext dialog, Scene scene, World world, IServiceProvider services, Saying saying, AskedBefore question, CancellationToken cancellationToken)
{
    private readonly Sales.Playbooks.Playbook playbook = services.GetRequiredService<Sales.Playbooks.Playbook>();

    // the criteria are asked in the playbook's order
    private static readonly string[] Criteria = ["fit", "budget", "urgency", "competition", "relationship"];

    /// <summary>The talk stands there.</summary>
    public bool IsPlaced { get; private set; } = true;

    /// <summary>What can be chosen there.</summary>
    public IReadOnlyList<PlacedOption> Options { get; private set; } = [];

    /// <summary>Something was recorded, and no question stands open.</summary>
    public bool IsRecorded { get; private set; }

    private string? Opportunity => saying.Opportunity;

    /// <summary>Which opportunity: the dialog that finds one, over a check-in that waits for it.</summary>
    public async ValueTask ChooseOpportunityAsync()
    {
        var ids = question.Options.Select(o => o.Id).Where(id => world.Opportunity(id) is not null).ToList();
        await WhichAsync(ids);
    }

    /// <summary>Which customer: asked as which of their opportunities.</summary>
    public async ValueTask ChooseAccountAsync()
    {
        var accounts = question.Options.Select(o => world.Accounts
            .Where(a => o.Label.Contains(a.Name, StringComparison.Ordinal) || a.Aliases.Any(n => o.Label.Contains(n, StringComparison.Ordinal)))
            .MaxBy(a => a.Aliases.Append(a.Name).Where(n => o.Label.Contains(n, StringComparison.Ordinal)).Max(n => n.Length))).ToList();
        if (accounts.Count == 0 || accounts.Any(a => a is null))
        {
            IsPlaced = false;
            return;
        }

        Push(FindAccountDialog.Id, 0, null, new FindAccountDraft { Names = [.. accounts.Select(a => a!.Name)] });
        var choices = accounts.Select(a => new Choice(a!.Name) { Id = Sales.Accounts.AccountId.OfName(a.Name).Value }).ToList();
        Options = [.. accounts.Select(a => new PlacedOption(a!.Id, a.Name))];
        await dialog.PromptAsync(Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(scene, question.Bot, choices), Choices = choices, Field = "account" }, cancellationToken);
    }

    /// <summary>Which milestones were reached.</summary>
    public async ValueTask MilestonesAsync()
    {
        Push(CheckInDialog.Id, 0, "", null);
        await ResumeAsync(Opportunity);
        Offer<CheckInDraft>(d => d.Left, (d, ids) => d with { Left = ids }, id => playbook.Find(new Sales.MilestoneId(id))?.Name.For(scene.Culture));
    }

    /// <summary>When a milestone was reached.</summary>
    public async ValueTask WhenAsync()
    {
        Push(CheckInDialog.Id, 1, "", CheckIn() with { Milestones = [] });
        await ResumeAsync(MilestoneOf() is null ? null : new List<FoundChoice> { new(0, MilestoneOf()!) });
    }

    /// <summary>What proves a milestone.</summary>
    public async ValueTask EvidenceAsync()
    {
        Push(CheckInDialog.Id, 2, "", CheckIn());
        await ResumeAsync(question.Draft?.DateOrNull("date") ?? scene.Today);
    }

    /// <summary>What comes next.</summary>
    public async ValueTask NextStepAsync()
    {
        Push(CheckInDialog.Id, 3, "", CheckIn());
        await ResumeAsync<string>(null);
    }

    /// <summary>By when.</summary>
    public async ValueTask DueAsync()
    {
        Push(CheckInDialog.Id, 4, "", CheckIn());
        await ResumeAsync(question.Draft?.TextOrNull("nextStep") ?? question.Bot);
    }

    /// <summary>Why it is lost, or rests.</summary>
    public async ValueTask ReasonAsync(OpportunityChange change)
    {
        Push(ChangeOpportunityDialog.Id, 1, new ChangeOpportunity(change, ""), new ChangeOpportunityDraft { Change = change, Opportunity = Opportunity ?? "" });
        await ResumeAsync<string>(null);
        Options = [.. question.Options.Select(o => new PlacedOption(o.Id, o.Label))];
    }

    /// <summary>Whom they met.</summary>
    public async ValueTask MetAsync()
    {
        Push(ReportVisitDialog.Id, 2, "", new AskedReportDraft { Report = new ReportVisitDraft { Opportunity = Opportunity ?? "" }, IsCardShown = true });
        await ResumeAsync(scene.Today);
        Offer<AskedReportDraft>(d => d.Contacts, (d, ids) => d with { Contacts = ids }, id => world.Contact(id)?.Name);
    }

    /// <summary>Which questions were answered.</summary>
    public async ValueTask AnswersAsync()
    {
        Push(ReportVisitDialog.Id, 3, "", new AskedReportDraft { Report = new ReportVisitDraft { Opportunity = Opportunity ?? "", On = scene.Today }, IsCardShown = true });
        await ResumeAsync(new List<FoundChoice>());
        Offer<AskedReportDraft>(
            d => [.. d.Questions.Select(q => q.Id)],
            (d, ids) => d with { Questions = [.. ids.Select(id => d.Questions.FirstOrDefault(q => q.Id == id) ?? new AskedQuestion(id, QuestionOf(id) ?? id))] },
            QuestionOf);
    }

    /// <summary>What else there is to say.</summary>
    public async ValueTask RemarkAsync()
    {
        Push(ReportVisitDialog.Id, 8, "", new AskedReportDraft { Report = new ReportVisitDraft { Opportunity = Opportunity ?? "", On = scene.Today }, IsCardShown = true });
        await ResumeAsync<string>(null);
    }

    /// <summary>When a visit is to be.</summary>
    public async ValueTask VisitMomentAsync()
    {
        Push(PlanVisitDialog.Id, 1, null, new PlanVisitDraft { Opportunity = Opportunity ?? "" });
        await ResumeAsync(new List<FoundChoice>());
        Options = [.. question.Options.Select(o => new PlacedOption(o.Id, o.Label))];
    }

    /// <summary>From when to when somebody is away.</summary>
    public async ValueTask AbsenceAsync() => await dialog.BeginAsync(AbsenceDialog.Id, DialogJson.ToElement(new SaidAbsence("")), cancellationToken);

    /// <summary>A score by one criterion.</summary>
    public async ValueTask ScoreAsync(int criterion)
    {
        if (criterion == 0)
        {
            Push(EvaluateDialog.Id, 0, null, (EvaluateDraft?)null);
            await ResumeAsync(Opportunity);
            return;
        }

        Push(EvaluateDialog.Id, criterion, null, new EvaluateDraft { Opportunity = Opportunity ?? "" });
        await ResumeAsync("2");
    }

    /// <summary>The summary of an evaluation.</summary>
    public async ValueTask EvaluationAsync()
    {
        var scores = Digits().Matches(question.Bot).Select(m => m.Value[0] - '0').ToList();
        if (scores.Count != Criteria.Length)
        {
            IsPlaced = false;
            return;
        }

        var said = scores.Select((score, i) => new SaidScore(Enum.Parse<Sales.Playbooks.EvaluationCriterion>(Criteria[i], ignoreCase: true), score, null));
        await dialog.BeginAsync(EvaluateDialog.ConfirmId, DialogJson.ToElement(new EvaluationDraft(Opportunity ?? "", [.. said])), cancellationToken);
    }

    /// <summary>Something of a new contact.</summary>
    public async ValueTask NewContactAsync(ContactField field)
    {
        var account = world.AccountOf(Opportunity)?.Name ?? "";
        var name = NameOf(question.Bot);
        var department = world.AccountOf(Opportunity)?.Contacts[0].Department ?? "management";
        var before = (ContactField)((int)field - 1);
        Push(AddContactDialog.Id, (int)field, new AddContact(""), new ContactQuestionsDraft
        {
            Contact = new ContactDraft { Account = account, Name = name, Department = field > ContactField.Department ? department : "" },
            Field = before,
        });
        await ResumeAsync<string>(null);
        Offer<ContactQuestionsDraft>(d => d.Offered, (d, ids) => d with { Offered = ids }, _ => null);
    }

    /// <summary>Whether somebody new is to be added.</summary>
    public async ValueTask AddAsync() => await dialog.BeginAsync(
        ConfirmContactDialog.Id,
        DialogJson.ToElement(new ContactDraft
        {
            Account = world.AccountOf(Opportunity)?.Name ?? "",
            Name = question.Draft?.TextOrNull("addContact") ?? "",
            Department = world.AccountOf(Opportunity)?.Contacts[0].Department ?? "management",
        }),
        cancellationToken);

    /// <summary>Whether somebody on record is our coach.</summary>
    public async ValueTask CoachAsync()
    {
        if (world.AccountOf(Opportunity) is not { } account || account.Contacts.FirstOrDefault(c => question.Bot.Contains(c.Name, StringComparison.Ordinal)) is not { } contact)
        {
            IsPlaced = false;
            return;
        }

        Push(ChangeContactDialog.Id, 2, "", new ContactQuestionsDraft
        {
            Contact = new ContactDraft
            {
                Account = account.Name, Contact = contact.Id, Name = contact.Name, Department = contact.Department,
                Level = Enum.Parse<Sales.Level>(contact.Level, ignoreCase: true), Strength = contact.Strength,
            },
        });
        await ResumeAsync(new FoundChoice((int)ContactField.Coach, ""));
    }

    /// <summary>Which contact: of those listed, or of the customer's.</summary>
    public async ValueTask ContactAsync()
    {
        var contacts = question.Options.Count > 0
            ? question.Options.Select(o => world.ContactNamed(o.Id)).OfType<WorldContact>().ToList()
            : world.AccountOf(Opportunity)?.Contacts ?? [];
        if (contacts.Count == 0)
        {
            IsPlaced = false;
            return;
        }

        Push(FindContactDialog.Id, 0, new FindContact(world.Account(contacts[0].Account)?.Name ?? "", question.Bot), new FindContactDraft { Ids = [.. contacts.Select(c => c.Id)] });
        var choices = contacts.Select(c => new Choice(c.Name) { Id = c.Id, Beside = [world.Account(c.Account)?.Name ?? ""] }).ToList();
        Options = [.. contacts.Select(c => new PlacedOption(c.Id, c.Name))];
        await dialog.PromptAsync(
            Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(scene, question.Bot, choices), Choices = choices, Field = question.Step }, cancellationToken);
    }

    /// <summary>What it is worth, in the unit that the question names.</summary>
    public async ValueTask AmountAsync()
    {
        await dialog.BeginAsync(
            ChangeFactDialog.Id, DialogJson.ToElement(new ChangeFact("") { Opportunity = Opportunity, Field = OpportunityField.Amount }), cancellationToken);
        var unit = question.Draft?.TextOrNull("unit") is { } named ? UnitOf(named) : null;
        Change(o => o with
        {
            Unit = unit ?? o.Unit,
            Former = question.Draft?.NumberOrNull("current") is { } current ? (current * (unit ?? 1)).ToString(System.Globalization.CultureInfo.InvariantCulture) : o.Former,
        });
    }

    /// <summary>When the customer decides.</summary>
    public async ValueTask CloseDateAsync() => await dialog.BeginAsync(
        ChangeFactDialog.Id, DialogJson.ToElement(new ChangeFact("") { Opportunity = Opportunity, Field = OpportunityField.ExpectedClose }), cancellationToken);

    // \u4e07: ten thousand
    private static decimal? UnitOf(string unit) => unit.Contains('\u4e07', StringComparison.Ordinal) ? 10_000 : unit is "k" ? 1_000 : null;

    private async ValueTask WhichAsync(IReadOnlyList<string> ids)
    {
        if (ids.Count == 0)
        {
            IsPlaced = false;
            return;
        }

        Push(CheckInDialog.Id, 0, "", null);
        Push(FindOpportunityDialog.Id, 0, new FindOpportunity("", Among.Any), new FindOpportunityDraft { Offered = ids });
        var choices = ids.Select(id => world.Opportunity(id)!).Select(o => new Choice(
            $"{world.Account(o.Account)?.Name} · {o.Name} · {scene.Format(new Sales.Money(o.Amount, o.Currency))}")
        {
            Id = o.Id,
            Beside = [scene.Company.Find(new Sales.PersonId(o.Rep))?.Name ?? "", o.Stage, .. StatusOf(o)],
        }).ToList();
        Options = [.. ids.Zip(choices, (id, choice) => new PlacedOption(id, choice.Value))];
        await dialog.PromptAsync(
            FindOpportunityDialog.WhichId,
            new PromptOptions { Prompt = Prompts.Ask(scene, scene.Say("find.which"), choices), Choices = choices, Validations = DialogJson.ToElement(Among.Any), Field = "opportunity" },
            cancellationToken);
    }

    private string[] StatusOf(WorldOpportunity opportunity) => opportunity.Status switch
    {
        "lost" => [scene.Say("status." + Sales.Opportunities.OpportunityStatus.Lost)],
        "hold" => [scene.Say("status." + Sales.Opportunities.OpportunityStatus.OnHold)],
        _ => [],
    };

    // what the check-in knows when it asks what the file says it asks
    private CheckInDraft CheckIn() => new()
    {
        Opportunity = Opportunity ?? "",
        Left = MilestoneOf() is { } left ? [left] : [],
        Milestones = MilestoneOf() is { } reached ? [reached] : [],
        On = question.Draft?.DateOrNull("date"),
        NextStep = question.Draft?.TextOrNull("nextStep"),
        IsSure = true,
    };

    private string? MilestoneOf() => question.Draft?.TextOrNull("milestone");

    // the name before the colon, or before the question
    private static string NameOf(string bot) => Named().Match(bot) is { Success: true } named ? string.Join(' ', named.Value.Split(' ').TakeLast(2)) : "Sam Example";

    private string? QuestionOf(string id) => playbook.Find(new Sales.QuestionId(id))?.Text.For(scene.Culture);

    // what the file says was offered, in its order: a reply such as "the second one" counts on it
    private void Offer<TDraft>(Func<TDraft, IReadOnlyList<string>> idsOf, Func<TDraft, IReadOnlyList<string>, TDraft> with, Func<string, string?> nameOf) where TDraft : class
    {
        if (question.Options.Count == 0 || dialog.State.Stack is not [.., var below, _] || below.DraftOf<TDraft>() is not { } draft || OpenField.Of(dialog.State) is not { } open)
        {
            return;
        }

        var (known, ids, choices) = (idsOf(draft), new List<string>(), new List<Choice>());
        foreach (var (id, label) in question.Options)
        {
            var at = Enumerable.Range(0, Math.Min(known.Count, open.Choices.Count)).FirstOrDefault(i => IsThat(known[i], open.Choices[i], id, label), -1);
            if (at < 0 && nameOf(id) is null)
            {
                IsPlaced = false;
                return;
            }

            ids.Add(at < 0 ? id : known[at]);
            choices.Add((at < 0 ? new Choice(nameOf(id)!) : open.Choices[at]) with { Id = at < 0 ? id : open.Choices[at].Id ?? known[at] });
        }

        below.Keep(with(draft, ids));
        Options = [.. question.Options.Zip(choices, (o, choice) => new PlacedOption(world.ContactNamed(o.Id, world.AccountOf(Opportunity)?.Id)?.Id ?? o.Id, choice.Value))];
        Change(o => o with { Choices = choices, Prompt = o.Prompt with { Choices = [.. choices.Select(c => c.Value)] } });
    }

    private static bool IsThat(string known, Choice choice, string id, string label) =>
        known == id || choice.Id == id || Letters(known).Equals(Letters(id), StringComparison.OrdinalIgnoreCase)
        || choice.Value.Contains(label, StringComparison.OrdinalIgnoreCase) || choice.Value.StartsWith(id, StringComparison.OrdinalIgnoreCase)
        || (choice.Synonyms ?? []).Contains(id, StringComparer.OrdinalIgnoreCase);

    private static string Letters(string id) => string.Concat(id.Where(char.IsLetterOrDigit));

    // the question as it stands open, with something of it changed
    private void Change(Func<PromptOptions, PromptOptions> change)
    {
        if (dialog.ActiveInstance is { } top && top.State.TryGetValue("options", out var asked))
        {
            top.State["options"] = DialogJson.ToElement(change(DialogJson.FromElement<PromptOptions>(asked)!));
        }
    }

    private void Push<TDraft>(string id, int step, object? options, TDraft? draft) where TDraft : class =>
        Push(id, step, options, draft is null ? null : DialogJson.ToElement(draft));

    private void Push(string id, int step, object? options, System.Text.Json.JsonElement? draft)
    {
        var waterfall = (Waterfall)dialog.Dialogs.Find(id)!;
        dialog.State.Token ??= dialog.Turn.Id;
        dialog.State.Stack.Add(waterfall.WaitingAt(step, options is null ? null : System.Text.Json.JsonSerializer.SerializeToElement(options, options.GetType(), Web), draft));
    }

    private static readonly System.Text.Json.JsonSerializerOptions Web = new(System.Text.Json.JsonSerializerDefaults.Web);

    private async ValueTask ResumeAsync<T>(T? result) =>
        await dialog.Dialogs.Find(dialog.ActiveInstance!.DialogId)!.ResumeAsync(dialog, result is null ? null : DialogJson.ToElement(result), cancellationToken);

    [System.Text.RegularExpressions.GeneratedRegex("[0-4]", System.Text.RegularExpressions.RegexOptions.CultureInvariant, 1000)]
    private static partial System.Text.RegularExpressions.Regex Digits();

    [System.Text.RegularExpressions.GeneratedRegex(@"\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)+", System.Text.RegularExpressions.RegexOptions.CultureInvariant, 1000)]
    private static partial System.Text.RegularExpressions.Regex Named();
}
