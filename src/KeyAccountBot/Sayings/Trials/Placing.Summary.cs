using KeyAccountBot.Conversations.FreeText;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sayings.Worlds;

namespace KeyAccountBot.Sayings.Trials;

/// <content>The summary of a report in somebody's own words.</content>
internal sealed partial class Placing
{
    /// <summary>What was read of a report, shown to be confirmed.</summary>
    public async ValueTask SummaryAsync()
    {
        var draft = question.Draft is { } said && said.Has("contacts") | said.Has("milestones") | said.Has("next") | said.Has("answers")
            ? Drafted(said)
            : Written();
        if (Opportunity is null || !draft.HasAnything)
        {
            IsPlaced = false;
            return;
        }

        Push(FreeTextDialog.Id, 1, question.Bot, new OwnWordsDraft { Opportunities = [Opportunity], Proposal = draft, Words = world.AccountOf(Opportunity)?.Name ?? "" });
        await ResumeAsync<string>(null);
        Options = [.. question.Options.Select(o => new PlacedOption(o.Id, o.Label))];
    }

    /// <summary>What was read of a report, on record by the speaker just now.</summary>
    public async ValueTask RecordedAsync()
    {
        var draft = Written();
        if (Opportunity is not { } opportunity)
        {
            IsPlaced = false;
            return;
        }

        if (!draft.HasAnything && LikeliestMilestone(opportunity) is { } milestone)
        {
            draft = draft with { Milestones = [new MilestoneClaim(milestone, scene.Today, null)] };
        }

        var context = scene.Command(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"world|placed|{saying.Id}"));
        var outcome = await services.GetRequiredService<Records.Dossiers>().RecordAsync(scene.Asker, new OpportunityId(opportunity), draft.Command(), context, cancellationToken);
        (IsRecorded, IsPlaced) = (outcome.Refusal is null && draft.HasAnything, outcome.Refusal is null && draft.HasAnything);
    }

    // the summary has fewer words than the playbook, and in another order
    private MilestoneId? LikeliestMilestone(string opportunity) => playbook.Find(new StageId(world.Opportunity(opportunity)?.Stage ?? "")) is { } stage
        && stage.Milestones.Select(m => (m.Id, Name: m.Name.For(scene.Culture))).MaxBy(m => m.Name.Count(question.Bot.Contains) / (double)m.Name.Length) is { Id: var likeliest }
            ? likeliest
            : null;

    private FreeTextDraft Drafted(Entry draft)
    {
        var account = world.AccountOf(Opportunity)?.Id;
        return new FreeTextDraft(
            Opportunity ?? "", null, scene.Today,
            [.. draft.Texts("contacts").Select(name => world.ContactNamed(name, account)?.Id ?? "").Where(id => id.Length > 0)],
            [.. draft.List("milestones").Select(m => new MilestoneClaim(new MilestoneId(m.Text("id")), m.DateOrNull("date") ?? scene.Today, null))],
            [.. draft.Texts("answers").Select(a => new GivenAnswer(new QuestionId(a), "-"))],
            draft.Find("next") is { } next ? new NextStep(next.Text("text"), next.DateOrNull("date") ?? scene.Today) : null,
            question.Bot, []);
    }

    // the Chinese format only shows the summary: what stands in it is found by the names on record
    private FreeTextDraft Written()
    {
        var text = question.Bot;
        var contacts = world.AccountOf(Opportunity)?.Contacts ?? [];
        var culture = scene.Culture;
        var milestones = playbook.Stages.SelectMany(s => s.Milestones).Where(m => Holds(text, m.Name.For(culture)));
        var questions = playbook.Stages.SelectMany(s => s.Questions).Where(q => Quoted().Matches(text).Any(m => Alike(m.Groups["words"].Value, q.Text.For(culture))));
        var dated = Dated().Matches(text).Select(m => (Match: m, IsOfContact: contacts.Any(c => m.Groups["what"].Value.Contains(c.Name, StringComparison.Ordinal)))).ToList();
        var next = dated.LastOrDefault(d => !d.IsOfContact).Match;
        return new FreeTextDraft(
            Opportunity ?? "", null, Day(dated.FirstOrDefault(d => d.IsOfContact).Match) ?? scene.Today,
            [.. contacts.Where(c => text.Contains(c.Name, StringComparison.Ordinal)
                || c.CalledAs.Any(n => text.Contains(n, StringComparison.Ordinal))).Select(c => c.Id)],
            [.. milestones.Select(m => new MilestoneClaim(m.Id, scene.Today, null))],
            [.. questions.Select(q => new GivenAnswer(q.Id, "-"))],
            next is not null ? new NextStep(next.Groups["what"].Value.Trim(), Day(next) ?? scene.Today) : null,
            text, []);
    }

    private DateOnly? Day(System.Text.RegularExpressions.Match? match) =>
        match is not null && int.TryParse(match.Groups["month"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture, out var month)
        && int.TryParse(match.Groups["day"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture, out var day)
        && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(scene.Today.Year, month)
            ? new DateOnly(scene.Today.Year, month, day)
            : null;

    // a summary says it shorter than the playbook
    private static bool Holds(string text, string name) =>
        text.Contains(name, StringComparison.OrdinalIgnoreCase) || Pairs(name).Count(p => text.Contains(p, StringComparison.Ordinal)) * 10 >= Pairs(name).Count() * 6;

    private static bool Alike(string words, string name) => Pairs(words).Count(p => name.Contains(p, StringComparison.Ordinal)) * 10 >= Pairs(words).Count() * 5;

    private static IEnumerable<string> Pairs(string text) => text.Length < 2 ? [text] : Enumerable.Range(0, text.Length - 1).Select(i => text.Substring(i, 2));

    [System.Text.RegularExpressions.GeneratedRegex("[“「](?<words>[^”」]+)[”」]", System.Text.RegularExpressions.RegexOptions.CultureInvariant | System.Text.RegularExpressions.RegexOptions.ExplicitCapture, 1000)]
    private static partial System.Text.RegularExpressions.Regex Quoted();

    // a day with what is to be done on it, or whom they met
    [System.Text.RegularExpressions.GeneratedRegex(@"(?<month>\d{1,2})-(?<day>\d{1,2}) *(?<what>[^\p{P}]+)", System.Text.RegularExpressions.RegexOptions.CultureInvariant | System.Text.RegularExpressions.RegexOptions.ExplicitCapture, 1000)]
    private static partial System.Text.RegularExpressions.Regex Dated();
}
