using KeyAccountBot.Conversations.Overviews;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Overviews;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Answers;

/// <summary>Who will hear of an opportunity if nothing happens, and when; who heard already.</summary>
internal sealed class EscalationAnswer(Portfolio portfolio, Playbook playbook)
{
    private const int Shown = 6;
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(120);

    /// <summary>The way up of one cause where one is named, else of all that may come; of several opportunities who hears next of each.</summary>
    public async ValueTask<Message> OfAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var holdings = await portfolio.OpenAsync(scene, asked, l => l.Status is OpportunityStatus.Open or OpportunityStatus.OnHold, cancellationToken);
        if (holdings.Single is { } one)
        {
            return OfOne(scene, one, asked.One("cause"));
        }

        List<(Dossier Dossier, ForecastStep Next)> next = [.. holdings.Dossiers
            .Select(d => (Dossier: d, Next: StepsOf(scene, d, asked.One("cause")).FirstOrDefault())).Where(n => n.Next is not null).Select(n => (n.Dossier, n.Next!)).OrderBy(n => n.Item2.At)];
        return next.Count == 0
            ? Message.Of(AnswerTexts.Say(scene, "route.nobody"))
            : OverviewWords.Card(
                scene, OverviewWords.Title(scene, scope, AnswerTexts.Say(scene, "route.title-all")),
                OverviewWords.Lines(scene, next, n => OverviewWords.ShortName(n.Dossier.Opportunity) + Marks.Line + LineOf(scene, n.Next), n => n.Dossier.Opportunity));
    }

    private Message OfOne(Scene scene, Dossier dossier, string? cause)
    {
        var title = AnswerTexts.Say(scene, "route.title", Words.NameOf(dossier.Opportunity));
        List<ForecastStep> next = [.. StepsOf(scene, dossier, cause)];
        List<Part> body = [];
        if (ToldOf(scene, dossier, cause) is { Count: > 0 } told)
        {
            body.Add(new Section(AnswerTexts.Say(scene, "route.so-far"), OverviewWords.Lines(scene, told, t => t, _ => null, Shown)));
        }

        // the first who is not the rep is what people want to know
        var above = next.FirstOrDefault(n => n.Step.To != dossier.Opportunity.Facts.Owner || n.Step.Room is not null);
        body.Insert(0, new Paragraph(next.Count == 0
            ? AnswerTexts.Say(scene, "route.nobody")
            : above is null ? AnswerTexts.Say(scene, "route.only-owner") : AnswerTexts.Say(scene, above.Step.To == scene.Person.Id && above.Step.Room is null ? "route.first-you" : "route.first", ReaderOf(scene, above.Step), On(scene, above.At))));
        if (next.Count > 0)
        {
            body.Add(new Section(AnswerTexts.Say(scene, "route.next"), OverviewWords.Lines(scene, next, n => LineOf(scene, n), _ => null, Shown)));
        }

        return OverviewWords.Card(
            scene, title, body, dossier.Opportunity is { IsOpen: true } open && open.Facts.Owner == scene.Person.Id ? [OverviewWords.CheckIn(scene, open)] : []);
    }

    // what is told with another message, or held back, sends nobody anything
    private IEnumerable<ForecastStep> StepsOf(Scene scene, Dossier dossier, string? cause) =>
        Forecast.Of(dossier.Opportunity, KnownCustomer.Of(dossier.Account), playbook, scene.Company, scene.Now, scene.Now + Ahead)
            .Where(f => Is(f.Step.Cause, cause) && (f.Step.HeldBack is null || (cause is not null && f.Step.HeldBack is { Reason: HeldBackReason.ToldTogether })));

    private IReadOnlyList<string> ToldOf(Scene scene, Dossier dossier, string? cause)
    {
        var standing = LateMatters.Of(dossier.Opportunity, dossier.Account, playbook, scene.Company, scene.Now).Select(m => m.Cause).ToHashSet();
        return [.. dossier.Opportunity.FollowUps.Where(c => standing.Contains(c.Cause) && Is(c.Cause, cause)).GroupBy(c => c.Cause).Select(g => g.Last())
            .SelectMany(c => c.Steps.Where(s => s.HeldBack is null).Select(s => (Chain: c, Step: s))).OrderBy(s => s.Step.At)
            .Select(s => OverviewWords.Joined(scene, [On(scene, s.Step.At), ReaderOf(scene, s.Step.To, s.Step.Room), FollowUpMessage.ShortOf(s.Chain.Cause, scene.Culture)]))];
    }

    private string LineOf(Scene scene, ForecastStep step) => OverviewWords.Joined(
        scene,
        [
            On(scene, step.At), ReaderOf(scene, step.Step), FollowUpMessage.ShortOf(step.Step.Cause, scene.Culture),
            step.Step.Urgent ? AnswerTexts.Say(scene, "route.urgent") : null,
        ]);

    private string On(Scene scene, DateTimeOffset at) => OverviewWords.Day(scene, scene.Calendar(playbook.FollowUps).DateAt(at));

    private static bool Is(FollowUpCause cause, string? wanted) => wanted is null || string.Equals(cause.Value, wanted, StringComparison.OrdinalIgnoreCase);

    private static string ReaderOf(Scene scene, DueStep step) => ReaderOf(scene, step.To, step.Room);

    private static string ReaderOf(Scene scene, PersonId? person, Room? room) =>
        room is not null ? OverviewWords.Say(scene, "told.room") : person == scene.Person.Id ? OverviewWords.Say(scene, "told.you")
        : person is null ? AnswerTexts.Say(scene, "route.no-one") : FollowUpMessage.NameOf(scene.Company, person, scene.Culture);
}
