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
/// <param name="playbook">Whose milestones and questions a summary speaks of.</param>
/// <param name="saying">What will be said.</param>
/// <param name="question">At which question.</param>
/// <param name="cancellationToken">Stops between the steps.</param>
internal sealed partial class Placing(
    DialogContext dialog, Scene scene, World world, Sales.Playbooks.Playbook playbook, Saying saying, AskedBefore question, CancellationToken cancellationToken)
{
    // the criteria are asked in the playbook's order
    private static readonly string[] Criteria = ["fit", "budget", "urgency", "competition", "relationship"];

    /// <summary>The talk stands there.</summary>
    public bool IsPlaced { get; private set; } = true;

    /// <summary>What can be chosen there.</summary>
    public IReadOnlyList<PlacedOption> Options { get; private set; } = [];

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
        Options = Shown();
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
        Options = Shown();
    }

    /// <summary>Which questions were answered.</summary>
    public async ValueTask AnswersAsync()
    {
        Push(ReportVisitDialog.Id, 3, "", new AskedReportDraft { Report = new ReportVisitDraft { Opportunity = Opportunity ?? "", On = scene.Today }, IsCardShown = true });
        await ResumeAsync(new List<FoundChoice>());
        Options = Shown();
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
        Push(PlanVisitDialog.Id, 1, "", new PlanVisitDraft { Opportunity = Opportunity ?? "" });
        await ResumeAsync(new List<FoundChoice>());
        Options = [.. question.Options.Select(o => new PlacedOption(o.Id, o.Label))];
    }

    /// <summary>From when to when somebody is away.</summary>
    public async ValueTask AbsenceAsync() => await dialog.BeginAsync(AbsenceDialog.Id, DialogJson.ToElement(""), cancellationToken);

    /// <summary>A score by one criterion.</summary>
    public async ValueTask ScoreAsync(int criterion)
    {
        if (criterion == 0)
        {
            Push(EvaluateDialog.Id, 0, "", null);
            await ResumeAsync(Opportunity);
            return;
        }

        Push(EvaluateDialog.Id, criterion, "", new EvaluateDraft { Opportunity = Opportunity ?? "" });
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
        Push(AddContactDialog.Id, (int)field, "", new ContactQuestionsDraft
        {
            Contact = new ContactDraft { Account = account, Name = name, Department = field > ContactField.Department ? department : "" },
            Field = before,
            Offered = ["-"],
        });
        await ResumeAsync<string>(null);
        Options = Shown();
    }

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
            Beside = [scene.Company.Find(new Sales.PersonId(o.Rep))?.Name ?? "", .. StatusOf(o)],
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
    private static string NameOf(string bot) => Named().Match(bot) is { Success: true } named ? named.Value : "Sam Example";

    // the shown choices stand for the file's options in their order where both are as many, else by their words
    private IReadOnlyList<PlacedOption> Shown()
    {
        var choices = OpenField.Of(dialog.State)?.Choices ?? [];
        return
        [
            .. question.Options.Select((o, i) => new PlacedOption(
                o.Id,
                (choices.FirstOrDefault(c => c.Id == o.Id)
                    ?? choices.FirstOrDefault(c => c.Value.Contains(o.Label, StringComparison.OrdinalIgnoreCase))
                    ?? (choices.Count == question.Options.Count ? choices[i] : null))?.Value ?? o.Label)),
        ];
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

    [System.Text.RegularExpressions.GeneratedRegex(@"\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+", System.Text.RegularExpressions.RegexOptions.CultureInvariant, 1000)]
    private static partial System.Text.RegularExpressions.Regex Named();
}
