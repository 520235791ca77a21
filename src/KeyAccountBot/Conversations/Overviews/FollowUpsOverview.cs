using KeyAccountBot.FollowUps;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Overviews;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Overviews;

/// <summary>Who was told of what still stands, why and when; and who hears next if nothing happens.</summary>
internal sealed class FollowUpsOverview(Portfolio portfolio, Playbook playbook)
{
    private const int ChainsOfOne = 6;
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(90);

    /// <summary>The follow-ups whose cause still stands, the newest word first.</summary>
    public async ValueTask<Message> OfAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var holdings = await portfolio.OpenAsync(scene, asked, l => l.Status is OpportunityStatus.Open or OpportunityStatus.OnHold, cancellationToken);
        List<(Dossier Dossier, FollowUpChain Chain)> told = [.. holdings.Dossiers
            .SelectMany(d => StandingOf(scene, d).Select(c => (Dossier: d, Chain: c)))
            .OrderByDescending(c => c.Chain.Steps.Max(s => s.At))];
        if (asked.Person("recipient") is { } reader)
        {
            return HeardOf(scene, scope, holdings, told, reader);
        }

        var title = holdings.Single is { } one ? OverviewWords.Say(scene, "told.title-of", Words.AccountOf(one.Opportunity)) : OverviewWords.Say(scene, "told.title", told.Count);
        if (told.Count == 0)
        {
            var late = holdings.Single is { } quiet && NextOf(scene, quiet) is { } first ? [new Paragraph(first)] : Array.Empty<Part>();
            return OverviewWords.Card(scene, OverviewWords.Title(scene, scope, title), [new Paragraph(OverviewWords.Say(scene, "told.nobody")), .. late]);
        }

        List<Part> body = [.. OverviewWords.Lines(scene, told, t => LineOf(scene, t.Dossier, t.Chain, holdings.Single is null), t => holdings.Single is null ? t.Dossier.Opportunity : null, ChainsOfOne)];
        if (holdings.Single is { } single)
        {
            if (NextOf(scene, single) is { } next)
            {
                body.Add(new Paragraph(next) { IsAside = true });
            }

            return OverviewWords.Card(
                scene, OverviewWords.Title(scene, scope, title), body,
                single.Opportunity.Facts.Owner == scene.Person.Id && single.Opportunity.IsOpen ? [OverviewWords.CheckIn(scene, single.Opportunity)] : []);
        }

        return OverviewWords.Card(scene, OverviewWords.Title(scene, scope, title), body, OverviewWords.Stuck(scene));
    }

    // whether just this one was told: yes or no first
    private Message HeardOf(Scene scene, PortfolioScope scope, Holdings holdings, List<(Dossier Dossier, FollowUpChain Chain)> told, PersonId reader)
    {
        var name = ReaderOf(scene, reader, null);
        List<(Dossier Dossier, FollowUpChain Chain)> heard = [.. told.Where(t => t.Chain.Steps.Any(s => s.To == reader && s.Room is null && IsTold(s)))];
        List<Part> body = [new Paragraph(heard.Count > 0 ? OverviewWords.Say(scene, "told.yes", name) : OverviewWords.Say(scene, "told.no", name))];
        body.AddRange(OverviewWords.Lines(scene, heard, t => LineOf(scene, t.Dossier, t.Chain, holdings.Single is null), t => holdings.Single is null ? t.Dossier.Opportunity : null, ChainsOfOne));
        if (heard.Count == 0 && holdings.Dossiers.SelectMany(d => ComingOf(scene, d)).Where(f => f.Step.To == reader).OrderBy(f => f.At).FirstOrDefault() is { } next)
        {
            body.Add(new Paragraph(NextLine(scene, next)) { IsAside = true });
        }

        var title = holdings.Single is { } one ? OverviewWords.Say(scene, "told.title-of", Words.AccountOf(one.Opportunity)) : OverviewWords.Say(scene, "told.title", heard.Count);
        return OverviewWords.Card(scene, OverviewWords.Title(scene, scope, title), body);
    }

    private static bool IsTold(StepTaken step) => step.HeldBack is null or { Reason: HeldBackReason.ToldTogether };

    private IEnumerable<ForecastStep> ComingOf(Scene scene, Dossier dossier) =>
        Forecast.Of(dossier.Opportunity, KnownCustomer.Of(dossier.Account), playbook, scene.Company, scene.Now, scene.Now + Ahead).Where(f => f.Step.HeldBack is null);

    private IEnumerable<FollowUpChain> StandingOf(Scene scene, Dossier dossier)
    {
        // what lapsed, was mended and lapsed again is one matter to whom heard of it: the last chain of each cause tells it
        var standing = LateMatters.Of(dossier.Opportunity, dossier.Account, playbook, scene.Company, scene.Now).Select(m => m.Cause).ToHashSet();
        return dossier.Opportunity.FollowUps.Where(c => standing.Contains(c.Cause) && c.Steps.Count > 0).GroupBy(c => c.Cause).Select(g => g.Last());
    }

    private string LineOf(Scene scene, Dossier dossier, FollowUpChain chain, bool isNamed)
    {
        var local = scene.Calendar(playbook.FollowUps);
        var readers = chain.Steps.Where(s => IsTold(s) && s.To is not null)
            .Select(s => OverviewWords.Say(scene, "told.one", ReaderOf(scene, s.To, s.Room), OverviewWords.Day(scene, local.DateAt(s.At))));
        string?[] sentences =
        [
            OverviewWords.Say(
                scene, "told.cause", FollowUpMessage.ShortOf(chain.Cause, scene.Culture), OverviewWords.Day(scene, local.DateAt(chain.Since)), string.Join(Words.Separator(scene.Culture), readers)),
            .. MaintainersOf(scene, dossier, chain),
            chain.Last is { } said ? FollowUpMessage.DidOf(said, chain, scene.Person, scene.Company, playbook) : null,
        ];
        var words = Words.Sentences(scene.Culture, sentences.OfType<string>());
        return isNamed ? OverviewWords.ShortName(dossier.Opportunity) + Marks.Line + words : words;
    }

    // why it was just this director: they look after who decides
    private static IEnumerable<string> MaintainersOf(Scene scene, Dossier dossier, FollowUpChain chain) => dossier.Contacts
        .Where(c => c.IsDecisionMaker && c.Maintainer is { } by && by != dossier.Opportunity.Facts.Owner && chain.Steps.Any(s => s.To == by && s.HeldBack is null))
        .Select(c => OverviewWords.Say(scene, "told.maintainer", scene.Company.Find(c.Maintainer!.Value)?.Name, c.Name));

    private string? NextOf(Scene scene, Dossier dossier) => ComingOf(scene, dossier).FirstOrDefault() is { } next ? NextLine(scene, next) : null;

    private string NextLine(Scene scene, ForecastStep next) => OverviewWords.Say(
        scene, next.Step.To == scene.Person.Id && next.Step.Room is null ? "told.next-you" : "told.next",
        ReaderOf(scene, next.Step.To, next.Step.Room), OverviewWords.Day(scene, scene.Calendar(playbook.FollowUps).DateAt(next.At)), FollowUpMessage.ShortOf(next.Step.Cause, scene.Culture));

    private static string ReaderOf(Scene scene, PersonId? person, Room? room) =>
        room is not null ? OverviewWords.Say(scene, "told.room") : person == scene.Person.Id ? OverviewWords.Say(scene, "told.you") : FollowUpMessage.NameOf(scene.Company, person, scene.Culture);
}
