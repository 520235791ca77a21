using System.Text.Json;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.Absences;
using KeyAccountBot.Conversations.CheckIn;
using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.Conversations.Evaluation;
using KeyAccountBot.Conversations.Explanations;
using KeyAccountBot.Conversations.FollowUps;
using KeyAccountBot.Conversations.FreeText;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Conversations.Visits;
using KeyAccountBot.Conversations.WeeklyDigests;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.StandIns;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Conversations;

/// <summary>What the bot answers to somebody it knows: asked-for things first, else the question that stands open.</summary>
internal sealed class Conversation
{
    private const int LongestText = 8_000;
    private const int Page = 300;
    private const int Listed = 20;

    private readonly DialogSet dialogs = new();
    private readonly OpportunitySearch search;
    private readonly Playbook playbook;
    private readonly ContactConversation contacts;
    private readonly AbsenceDialog absences;
    private readonly WeeklyDigestRequest weeklyDigests;
    private readonly FollowUpConversation followUps;
    private readonly StandInAnswers standInAnswers;

    public Conversation(
        OpportunityLedger ledger, AccountLedger accounts, DecisionMakers decisionMakers, FollowUpConversation followUps, IReportProposer proposer,
        AbsenceBook book, DoneWhileAway done, StandInAnswers standInAnswers, WeeklyDigestRequest weeklyDigests, Playbook playbook)
    {
        this.standInAnswers = standInAnswers;
        this.weeklyDigests = weeklyDigests;
        this.followUps = followUps;
        this.playbook = playbook;
        search = new OpportunitySearch(ledger);
        Prompts.AddTo(dialogs);
        var checkIn = new CheckInDialog(ledger, playbook, new StatusLines(accounts, playbook));
        dialogs.Add(checkIn.Questions);
        dialogs.Add(checkIn.Confirmation);
        var find = new FindOpportunityDialog(search);
        dialogs.Add(find.Dialog);
        dialogs.Add(find.Which);
        dialogs.Add(new ChangeOpportunityDialog(ledger, playbook, new StatusLines(accounts, playbook)).Dialog);
        dialogs.Add(new OpenOpportunityDialog(ledger, playbook).Dialog);
        contacts = new ContactConversation(ledger, accounts, decisionMakers, playbook);
        contacts.AddTo(dialogs);
        absences = new AbsenceDialog(book, done);
        dialogs.Add(absences.Until);
        dialogs.Add(absences.Dialog);
        dialogs.Add(new ExplainDialog(new Dossiers(ledger, accounts), playbook).Dialog);
        dialogs.Add(followUps.Dialog);
        VisitDialogs.AddTo(dialogs, ledger, accounts, playbook);
        dialogs.Add(new FreeTextDialog(search, ledger, accounts, proposer, playbook).Dialog);
    }

    /// <summary>Answers one message or card action; replies are collected in the turn, the state is changed in place.</summary>
    public async ValueTask RespondAsync(TurnContext turn, DialogState state, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(turn);
        var dialog = dialogs.CreateContext(turn, state);
        if (turn.Activity.Value is { ValueKind: JsonValueKind.Object } data && string.IsNullOrWhiteSpace(turn.Activity.Text))
        {
            await PressAsync(dialog, scene, data, cancellationToken);
            return;
        }

        var text = turn.Activity.Text?.Trim() ?? "";
        if (text.Length > LongestText)
        {
            turn.Send(scene.Say("too-long", LongestText));
            return;
        }

        var (intent, account) = Intents.Of(text);
        if (intent == Intent.AnswerFollowUp)
        {
            if (await followUps.AnswersAsync(dialog, scene, text, cancellationToken))
            {
                return;
            }

            intent = Intent.None;
        }
        else if (account.Length > 0 && await IsOwnWordsAsync(dialog, scene, intent, account, cancellationToken))
        {
            intent = Intent.None;
        }

        if (intent == Intent.SomebodyAway)
        {
            // "their buyer is away until Friday" is a report
            intent = AbsenceDialog.IsOfOurs(scene, account) ? Intent.Away : Intent.None;
        }

        if (intent is Intent.Decline or Intent.AgreeStandIn or Intent.RefuseStandIn && !StandInAnswers.IsFor(scene, intent, account)
            && (dialog.ActiveInstance is not null || account.Length > 0))
        {
            // "decline in demand" answers no notice
            intent = Intent.None;
        }

        if (intent != Intent.None)
        {
            await DoAsync(dialog, scene, intent, account, cancellationToken);
        }
        else if (FreeTextDialog.IsReport(turn.Activity, text) && (dialog.ActiveInstance is null || IsAnotherWish(dialog, text)))
        {
            dialog.CancelAll();
            await dialog.BeginAsync(FreeTextDialog.Id, DialogJson.ToElement(text), cancellationToken);
        }
        else if (dialog.ActiveInstance is null)
        {
            turn.Send(scene.Say("not-understood"));
        }
        else
        {
            await dialog.ContinueAsync(cancellationToken);
        }
    }

    // nobody answers "which one?" or "yes or no?" at such length
    private static bool IsAnotherWish(DialogContext dialog, string text) => text.Length >= Page && dialog.ActiveInstance is
    {
        DialogId: Prompts.Choice or Prompts.Choices or Prompts.Confirm or Prompts.Number or Prompts.Date or Prompts.PastDate or Prompts.CloseDate or Prompts.HoldDate
            or FindOpportunityDialog.WhichId
    };

    // where any words may be the answer, "bid submitted in time" is one; and "bid goes in on Friday" is a report, unless it names an account
    private async ValueTask<bool> IsOwnWordsAsync(DialogContext dialog, Scene scene, Intent intent, string account, CancellationToken cancellationToken)
    {
        var isAnswer = dialog.ActiveInstance is { DialogId: Prompts.Text or Prompts.Name };
        var isReport = dialog.ActiveInstance is null && Intents.MayBeginReport(intent) && FreeTextDialog.IsReport(dialog.Turn.Activity, account);
        if (!isAnswer && !isReport)
        {
            return false;
        }

        // "hold Nordwind until 15 March: budget frozen" names Nordwind
        var named = intent == Intent.Hold ? HoldWords.Read(account, scene.Today, scene.Culture).Account : account;
        var matches = await search.MatchAsync(scene, named, _ => true, cancellationToken);
        return matches.Exact.Count == 0 && (isAnswer || matches.Near.Count == 0);
    }

    private async ValueTask PressAsync(DialogContext dialog, Scene scene, JsonElement data, CancellationToken cancellationToken)
    {
        var verb = TextOf(data, "verb");
        if (verb == DecisionMakersMessage.Verb)
        {
            await contacts.PressAsync(dialog, scene, data, cancellationToken);
            return;
        }

        if (StandInPress.IsVerb(verb))
        {
            dialog.Turn.Send(await standInAnswers.PressAsync(scene, verb!, StandInPress.Of(data), CommandIds.Of(dialog.Turn), cancellationToken));
            return;
        }

        var filled = ContactConversation.Filled(verb, data);
        if (filled is null && verb is not (CheckInCard.Verb or PlanVisitCard.Verb or ReportVisitCard.Verb or ConversationCard.AnswerVerb))
        {
            dialog.Turn.Send(scene.Say("unknown-action"));
            return;
        }

        // a card belongs to the dialog that showed it: another, or none, and it is stale
        if (TextOf(data, "token") is not { } token || !IsCurrent(dialog.State, token))
        {
            dialog.Turn.Send(scene.Say("stale-card"));
            return;
        }

        if (filled is { } form)
        {
            dialog.CancelAll();
            await dialog.BeginAsync(form.Dialog, form.Draft, cancellationToken);
            return;
        }

        if (verb == CheckInCard.Verb)
        {
            dialog.CancelAll();
            await dialog.BeginAsync(CheckInDialog.ConfirmId, DialogJson.ToElement(CheckInCard.Read(data)), cancellationToken);
            return;
        }

        if (verb is PlanVisitCard.Verb or ReportVisitCard.Verb)
        {
            await VisitDialogs.ReviewAsync(dialog, verb, data, cancellationToken);
            return;
        }

        await dialog.ContinueAsync(cancellationToken);
    }

    private async ValueTask DoAsync(DialogContext dialog, Scene scene, Intent intent, string account, CancellationToken cancellationToken)
    {
        switch (intent)
        {
            case Intent.Help:
                dialog.Turn.Send(Prompts.Buttons(
                    Activity.Message(scene.Say("help")),
                    [(scene.Say("help.list"), scene.Say("help.list")), (scene.Say("help.check-in"), scene.Say("help.check-in"))]));
                await dialog.RepromptAsync(cancellationToken);
                break;
            case Intent.WhoAmI:
                dialog.Turn.Send(WhoAmI(scene));
                await dialog.RepromptAsync(cancellationToken);
                break;
            case Intent.Cancel:
                dialog.Turn.Send(scene.Say(dialog.ActiveInstance is null ? "nothing-to-cancel" : "cancelled"));
                dialog.CancelAll();
                break;
            case Intent.MyOpportunities:
                dialog.Turn.Send(await ListAsync(scene, cancellationToken));
                await dialog.RepromptAsync(cancellationToken);
                break;
            case Intent.CheckIn:
                dialog.CancelAll();
                await dialog.BeginAsync(CheckInDialog.Id, DialogJson.ToElement(account), cancellationToken);
                break;
            case Intent.OpenOpportunity:
                dialog.CancelAll();
                await dialog.BeginAsync(OpenOpportunityDialog.Id, null, cancellationToken);
                break;
            case Intent.Status or Intent.Undo or Intent.Won or Intent.Lost or Intent.Hold or Intent.Reopen or Intent.HandOver:
                dialog.CancelAll();
                await dialog.BeginAsync(ChangeOpportunityDialog.Id, DialogJson.ToElement(new ChangeOpportunity(intent, account)), cancellationToken);
                break;
            case Intent.Contacts or Intent.AddContact or Intent.ChangeContact or Intent.RetireContact or Intent.Assign or Intent.Touch
                or Intent.MyDecisionMakers or Intent.Evaluate:
                await contacts.DoAsync(dialog, scene, intent, account, cancellationToken);
                break;
            case Intent.PlanVisit or Intent.Brief or Intent.ReportVisit or Intent.MoveVisit or Intent.CancelVisit
                or Intent.Questions or Intent.AddQuestion or Intent.AnswerQuestion or Intent.ReopenQuestion or Intent.Bid or Intent.Approver:
                dialog.CancelAll();
                await VisitDialogs.BeginAsync(dialog, intent, account, cancellationToken);
                break;
            case Intent.Away or Intent.Explain:
                dialog.CancelAll();
                await dialog.BeginAsync(intent == Intent.Away ? AbsenceDialog.Id : ExplainDialog.Id, DialogJson.ToElement(account), cancellationToken);
                break;
            case Intent.WeeklyDigest:
                dialog.Turn.Send(await weeklyDigests.AnswerAsync(scene, account, cancellationToken));
                await dialog.RepromptAsync(cancellationToken);
                break;
            case Intent.Back:
                dialog.Turn.Send(await absences.EndAsync(scene, account, cancellationToken));
                await dialog.RepromptAsync(cancellationToken);
                break;
            case Intent.Decline or Intent.AgreeStandIn or Intent.RefuseStandIn:
                dialog.Turn.Send(await standInAnswers.SayAsync(scene, intent, account, CommandIds.Of(dialog.Turn), cancellationToken));
                await dialog.RepromptAsync(cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"Nothing to do for {intent}.");
        }
    }

    private async ValueTask<string> ListAsync(Scene scene, CancellationToken cancellationToken)
    {
        var lines = await search.FirstAsync(scene, l => l.Status == OpportunityStatus.Open, InOrder, Listed, cancellationToken);
        if (lines.Count == 0)
        {
            return scene.Say("list.empty");
        }

        List<string> said = [scene.Say("list.title", lines.Count)];
        said.AddRange(lines.InOrder.Select(l => (playbook.NumberOf(l.Stage) is { } stage
                ? scene.Say("list.line", scene.AccountOf(l.Account), l.Name, scene.Format(l.Amount), stage, playbook.Stages.Count)
                : scene.Say("list.line-outside", scene.AccountOf(l.Account), l.Name, scene.Format(l.Amount)))
            + (l.Score is { } score ? EvaluationWords.Short(scene, score) : "")));
        if (lines.Count > Listed)
        {
            said.Add(scene.Say("list.more", lines.Count - Listed));
        }

        return string.Join(Marks.Paragraph, said);

        // their own first, then the highest score, then the largest
        int InOrder(OpportunityListing one, OpportunityListing other) =>
            (other.Owner == scene.Person.Id).CompareTo(one.Owner == scene.Person.Id) is var own && own != 0 ? own
            : (other.Score ?? -1).CompareTo(one.Score ?? -1) is var score && score != 0 ? score
            : other.Amount.Amount.CompareTo(one.Amount.Amount);
    }

    private static string WhoAmI(Scene scene)
    {
        var role = scene.Say("role." + scene.Person.Role);
        return scene.Company.LineAbove(scene.Person.Id).FirstOrDefault() is { } above
            ? scene.Say("who-am-i", scene.Person.Name, role, above.Name)
            : scene.Say("who-am-i.nobody", scene.Person.Name, role);
    }

    // in what a dialog keeps, or on the card of the question that stands open
    private static bool IsCurrent(DialogState state, string token) => state.Stack.Any(i => i.State.Values.Any(v => Holds(v, token)));

    private static bool Holds(JsonElement value, string token) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() == token,
        JsonValueKind.Object => value.EnumerateObject().Any(p => Holds(p.Value, token)),
        JsonValueKind.Array => value.EnumerateArray().Any(v => Holds(v, token)),
        _ => false,
    };

    private static string? TextOf(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
