using System.Text.Json;
using KeyAccountBot.Conversations;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Sayings.Worlds;

namespace KeyAccountBot.Sayings.Trials;

/// <summary>
/// Brings a talk to the question or the summary at which something is said: the real dialog, as if the questions before had been answered.
/// It is a feature of the trial's own conversation; people never meet it.
/// </summary>
internal sealed class Placements(World world, Func<IServiceProvider> services) : Feature
{
    /// <summary>What is pressed to be brought there.</summary>
    public const string Verb = "trial/place";

    // by the names that the two formats give their steps
    private static readonly Dictionary<string, Func<Placing, ValueTask>> ByStep = new(StringComparer.Ordinal)
    {
        ["choose-opportunity"] = p => p.ChooseOpportunityAsync(),
        ["opportunity"] = p => p.ChooseOpportunityAsync(),
        ["account"] = p => p.ChooseAccountAsync(),
        ["choose-milestones"] = p => p.MilestonesAsync(),
        ["milestones"] = p => p.MilestonesAsync(),
        ["when"] = p => p.WhenAsync(),
        ["milestone:date"] = p => p.WhenAsync(),
        ["evidence"] = p => p.EvidenceAsync(),
        ["next-step"] = p => p.NextStepAsync(),
        ["nextStep"] = p => p.NextStepAsync(),
        ["due-date"] = p => p.DueAsync(),
        ["nextStepDate"] = p => p.DueAsync(),
        ["confirm"] = p => p.SummaryAsync(),
        ["card:report"] = p => p.SummaryAsync(),
        ["card:met"] = p => p.SummaryAsync(),
        ["card:nextStep"] = p => p.SummaryAsync(),
        ["reason-lost"] = p => p.ReasonAsync(Conversations.Opportunities.OpportunityChange.Lost),
        ["lostReason"] = p => p.ReasonAsync(Conversations.Opportunities.OpportunityChange.Lost),
        ["reason-hold"] = p => p.ReasonAsync(Conversations.Opportunities.OpportunityChange.Hold),
        ["holdReason"] = p => p.ReasonAsync(Conversations.Opportunities.OpportunityChange.Hold),
        ["met"] = p => p.MetAsync(),
        ["answers"] = p => p.AnswersAsync(),
        ["remark"] = p => p.RemarkAsync(),
        ["visitAt"] = p => p.VisitMomentAsync(),
        ["nextVisit"] = p => p.VisitMomentAsync(),
        ["date"] = p => p.VisitMomentAsync(),
        ["period"] = p => p.AbsenceAsync(),
        ["contact-department"] = p => p.NewContactAsync(Conversations.Contacts.ContactField.Department),
        ["contact-level"] = p => p.NewContactAsync(Conversations.Contacts.ContactField.Level),
        ["contact-role"] = p => p.NewContactAsync(Conversations.Contacts.ContactField.BuyingRole),
        ["contact-strength"] = p => p.NewContactAsync(Conversations.Contacts.ContactField.Strength),
        ["contact-coach"] = p => p.NewContactAsync(Conversations.Contacts.ContactField.Coach),
        ["evaluation.fit"] = p => p.ScoreAsync(0),
        ["evaluation.budget"] = p => p.ScoreAsync(1),
        ["evaluation.urgency"] = p => p.ScoreAsync(2),
        ["evaluation.competition"] = p => p.ScoreAsync(3),
        ["evaluation.relationship"] = p => p.ScoreAsync(4),
        ["met+date"] = p => p.MetAsync(),
        ["contact"] = p => p.ContactAsync(),
        ["decisionMaker"] = p => p.ContactAsync(),
        ["addContact"] = p => p.AddAsync(),
        ["confirm:coach"] = p => p.CoachAsync(),
        ["amount"] = p => p.AmountAsync(),
        ["expectedSign"] = p => p.CloseDateAsync(),
        ["expectedClose"] = p => p.CloseDateAsync(),
        ["card:recorded"] = p => p.RecordedAsync(),
        ["card:evaluation"] = p => p.EvaluationAsync(),
    };

    /// <summary>What is to be said there.</summary>
    public Saying? Saying { get; set; }

    /// <summary>Whether there was such a place.</summary>
    public bool IsPlaced { get; private set; }

    /// <summary>What can be chosen there, by the file's ids.</summary>
    public IReadOnlyList<PlacedOption> Options { get; private set; } = [];

    /// <inheritdoc/>
    public override IEnumerable<Press> Presses => [new Press(Verb, false, PlaceAsync)];

    private async ValueTask PlaceAsync(DialogContext dialog, Scene scene, JsonElement data, CancellationToken cancellationToken)
    {
        (IsPlaced, Options) = (false, []);
        if (Saying is not { Question: { } question } saying || !ByStep.TryGetValue(question.Step, out var place))
        {
            return;
        }

        var placing = new Placing(dialog, scene, world, services(), saying, question, cancellationToken);
        await place(placing);
        (IsPlaced, Options) = (placing.IsPlaced && (dialog.State.Stack.Count > 0 || placing.IsRecorded), placing.Options);
    }
}
