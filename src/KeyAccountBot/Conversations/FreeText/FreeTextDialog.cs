using System.Text.RegularExpressions;
using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>What is read of a message while it is not yet known what all of it is about.</summary>
internal sealed record OwnWordsDraft
{
    /// <summary>What would be recorded.</summary>
    public Proposal Proposal { get; init; } = new("", []);

    /// <summary>The opportunities that are offered.</summary>
    public IReadOnlyList<string> Offered { get; init; } = [];
}

/// <summary>A report in the rep's own words: what it tells, and which opportunities that is about. What would be recorded is shown by <see cref="ConfirmProposalDialog"/>.</summary>
internal sealed partial class FreeTextDialog(ReportScenes scenes, IReportReader reader, Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id; its option is the text.</summary>
    public const string Id = "free-text";

    /// <summary>Asks which opportunity it is about; its option is a <see cref="Proposal"/>.</summary>
    public const string WhichId = "free-text/which";
    private const int FewWords = 4;
    private const int Offered = 48;

    /// <summary>The dialogs.</summary>
    public IEnumerable<Dialog> Dialogs =>
    [
        new WaterfallDialog(Id, 4, ReadAsync),
        new WaterfallDialog<OwnWordsDraft>(WhichId, 1, AskWhichAsync, TakeWhichAsync),
    ];

    /// <summary>Whether a message is a report rather than a word: in a personal chat, and longer than a few words.</summary>
    public static bool IsReport(TurnContext turn, string text) => !turn.IsAmongOthers && Word().Count(text) >= FewWords;

    private async ValueTask<DialogTurnResult> ReadAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var text = step.Options<string>()!;
        var read = await scenes.OfAsync(scene, text, [], cancellationToken);
        var report = await reader.ReadAsync(text, read, cancellationToken);
        step.Turn.Set(new Understood { Wish = "report" });
        var told = report.Opportunities.Where(o => !o.IsEmpty || o.Left.Count > 0 || o.IsNamed).ToList();
        if (told.Count == 0 || read.Opportunities.Count == 0 || !told.Exists(o => o.IsNamed || !o.IsEmpty))
        {
            step.Turn.Set(new Understood { Wish = "unclear" });
            return await step.EndWithAsync(scene.Say("not-understood"), cancellationToken);
        }

        var parts = told.Exists(o => !o.IsEmpty) ? told.FindAll(o => !o.IsEmpty) : told[..1];
        var proposal = Proposals.Of(new MessageReport(parts), text, (id, on) => VisitOn(scene, read, id, on));
        return await GoOnAsync(step, proposal, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> GoOnAsync(WaterfallStepContext step, Proposal proposal, CancellationToken cancellationToken)
    {
        if (proposal.Opportunities is [{ Opportunity: { } about }])
        {
            SpokenOf.Note(step.Turn, about.Value, null);
        }

        return step.ReplaceAsync(proposal.Opportunities.All(o => o.Opportunity is not null) ? ConfirmProposalDialog.Id : WhichId, DialogJson.ToElement(proposal), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWhichAsync(WaterfallStepContext<OwnWordsDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var proposal = step.Options<Proposal>()!;
        List<Opportunity> offered = [];
        foreach (var id in proposal.Opportunities.First(o => o.Opportunity is null).Candidates.Take(Offered))
        {
            if (await dossiers.FindAsync(scene.Asker, id, cancellationToken) is { } opportunity)
            {
                offered.Add(opportunity);
            }
        }

        step.Draft = new OwnWordsDraft { Proposal = proposal, Offered = [.. offered.Select(o => o.Id.Value)] };
        if (offered.Count == 0)
        {
            return await step.EndWithAsync(scene.Say("not-understood"), cancellationToken);
        }

        var choices = offered.ConvertAll(o => new Choice(ProposalWords.LineOf(scene, o)) { Id = o.Id.Value });
        return await step.PromptAsync(
            Prompts.Choice,
            new PromptOptions
            {
                Prompt = Prompts.Ask(scene, ProposalWords.Say(scene, "free-text.which"), choices), Choices = choices, Field = ProposalFields.Opportunity,
            },
            cancellationToken);
    }

    private async ValueTask<DialogTurnResult> TakeWhichAsync(WaterfallStepContext<OwnWordsDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var proposal = step.Draft.Proposal;
        var id = new OpportunityId(step.Draft.Offered[step.Result<FoundChoice>()!.Index]);
        var at = proposal.Opportunities.ToList().FindIndex(o => o.Opportunity is null);
        var read = await scenes.OfAsync(scene, proposal.Text, [id], cancellationToken);
        var again = await reader.ReadAsync(proposal.Text, Corrections.Only(read, id), cancellationToken);
        var part = again.Opportunities.FirstOrDefault(o => o.Opportunity == id && !o.IsEmpty) is { } told
            ? Proposals.Of(told, proposal.Text, (_, _) => null)
            : Corrections.Retargeted(proposal.Opportunities[at], id, proposal.Text, read);
        part = part with { Visit = part.Met.Count + part.Answers.Count > 0 ? VisitOn(scene, read, id, part.On) : null };
        return await GoOnAsync(step, proposal.With(at, part), cancellationToken);
    }

    // the only visit planned for that day
    private VisitId? VisitOn(Scene scene, ReportScene read, OpportunityId id, DateOnly? on)
    {
        var planned = (read.Opportunities.FirstOrDefault(o => o.Id == id)?.Facts.Visits ?? [])
            .Where(v => v.At <= scene.Now && scene.Calendar(playbook.FollowUps).DateAt(v.At) == (on ?? scene.Today)).ToList();
        return planned.Count == 1 ? planned[0].Id : null;
    }

    // a word, or two Chinese characters, which is a word's length
    [GeneratedRegex(@"[\u3400-\u9fff]{2}|[^\W\u3400-\u9fff]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();
}
