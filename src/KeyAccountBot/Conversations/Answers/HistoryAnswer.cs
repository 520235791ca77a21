using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Conversations.Overviews;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Answers;

/// <summary>What was said last and when, when a milestone was reached, what a colleague wrote.</summary>
internal sealed class HistoryAnswer(Portfolio portfolio, Dossiers dossiers, Playbook playbook)
{
    private const int WordsShown = 3;
    private const int EntriesShown = 4;
    private const int Opened = 3;

    /// <summary>Of one opportunity its last words and entries; of several the last words of those spoken of most recently.</summary>
    public async ValueTask<Message> OfAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        // what one colleague wrote of a named deal is looked for in the deal, whoever owns it now
        var within = asked.Opportunity is null && asked.Account is null && asked.All("candidates").Count == 0 ? asked : asked.With("rep", (object?)null).With("team", (object?)null);
        var scope = PortfolioScope.Of(scene, within);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var holdings = await portfolio.OpenAsync(scene, within, l => scope.IsNamed || l.Status == OpportunityStatus.Open, cancellationToken);
        if (holdings.Dossiers.Count == 0)
        {
            return Message.Of(scene.Say("refusal.not-on-record"));
        }

        var milestones = asked.All("milestone").Concat(asked.All("milestones")).Select(m => playbook.Find(new MilestoneId(m))?.Id).OfType<MilestoneId>().Distinct().ToList();
        if (milestones.Count > 0)
        {
            return ReachedOf(scene, holdings, milestones);
        }

        var (by, contact) = (asked.Person("rep"), asked.One("contact"));
        if (holdings.Single is { } one)
        {
            var entries = await EntriesAsync(scene, one.Opportunity, cancellationToken);
            IReadOnlyList<Saying> said = Sayings.Of(one, entries, by, contact);
            var lines = HistoryLines.Of(scene, playbook, entries.Where(e => by is null || e.By == by));
            return OverviewWords.Card(
                scene, AnswerTexts.Say(scene, "history.title", Words.NameOf(one.Opportunity)),
                [
                    .. said.Count == 0 ? [new Paragraph(AnswerTexts.Say(scene, "history.no-words"))] : said.Take(WordsShown).Select(s => new Paragraph(LineOf(scene, s))),
                    .. contact is null && lines.Count > 0
                        ? [new Section(AnswerTexts.Say(scene, "history.entries"), OverviewWords.Lines(scene, lines, l => l, _ => null, EntriesShown)) { IsSeparate = true }]
                        : Array.Empty<Part>(),
                ],
                one.Opportunity.IsOpen && one.Opportunity.Facts.Owner == scene.Person.Id ? [OverviewWords.CheckIn(scene, one.Opportunity)] : []);
        }

        List<(Dossier Dossier, Saying? Said)> last = [];
        foreach (var dossier in holdings.Dossiers.OrderByDescending(d => d.Opportunity.Facts.LastCheckInAt).Take(OverviewWords.Shown))
        {
            IReadOnlyList<OpportunityEntry> entries = last.Count < Opened ? await EntriesAsync(scene, dossier.Opportunity, cancellationToken) : [];
            last.Add((dossier, Sayings.Of(dossier, entries, by, contact) is [var newest, ..] ? newest : null));
        }

        return OverviewWords.Card(
            scene, OverviewWords.Title(scene, scope, AnswerTexts.Say(scene, "history.title-all")),
            OverviewWords.Lines(
                scene, last, l => OverviewWords.ShortName(l.Dossier.Opportunity) + Marks.Line + (l.Said is { } words ? LineOf(scene, words) : AnswerTexts.Say(scene, "history.no-words")),
                l => l.Dossier.Opportunity, beside: holdings.Dossiers.Count - last.Count));
    }

    private Message ReachedOf(Scene scene, Holdings holdings, List<MilestoneId> milestones)
    {
        List<(Dossier Dossier, string Words)> lines = [.. holdings.Dossiers.SelectMany(d => milestones.Select(m => (d, ReachedOf(scene, d.Opportunity, m))))];
        return OverviewWords.Card(
            scene, holdings.Single is { } one ? Words.NameOf(one.Opportunity) : AnswerTexts.Say(scene, "history.reached"),
            OverviewWords.Lines(
                scene, lines, l => holdings.Single is null ? OverviewWords.Joined(scene, [OverviewWords.ShortName(l.Dossier.Opportunity), l.Words]) : l.Words,
                l => holdings.Single is null ? l.Dossier.Opportunity : null));
    }

    private string ReachedOf(Scene scene, Opportunity opportunity, MilestoneId id)
    {
        var name = playbook.Find(id)!.Name.For(scene.Culture);
        return opportunity.Facts.Reached.GetValueOrDefault(id) is { } reached
            ? OverviewWords.Joined(
                scene,
                [
                    AnswerTexts.Say(scene, "history.reached-on", name, reached.On),
                    reached.By is { } by ? scene.Company.Find(by)?.Name : null,
                    reached.Evidence,
                ])
            : AnswerTexts.Say(scene, "history.not-reached", name);
    }

    private async ValueTask<IReadOnlyList<OpportunityEntry>> EntriesAsync(Scene scene, Opportunity opportunity, CancellationToken cancellationToken)
    {
        List<OpportunityEntry> entries = [];
        await foreach (var entry in dossiers.EntriesAsync(scene.Asker, opportunity.Id, cancellationToken))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private static string LineOf(Scene scene, Saying said) => OverviewWords.Joined(
        scene, [AnswerTexts.Say(scene, "history.on", said.On), said.By is { } by ? scene.Company.Find(by)?.Name : null, string.Join(Words.Separator(scene.Culture), said.With), said.Words]);
}
