using KeyAccountBot.Conversations.FreeText;
using KeyAccountBot.Sales;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Reports;
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

        await dialog.BeginAsync(ConfirmProposalDialog.Id, DialogJson.ToElement(new Proposal("", [draft])), cancellationToken);
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
            draft = draft with { Milestones = [new MilestoneToRecord(milestone, scene.Today, null)] };
        }

        var context = scene.Command(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"world|placed|{saying.Id}"));
        var outcome = await services.GetRequiredService<Records.Dossiers>().RecordAsync(scene.Asker, new OpportunityId(opportunity), CommandOf(draft), context, cancellationToken);
        (IsRecorded, IsPlaced) = (outcome.Refusal is null && draft.HasAnything, outcome.Refusal is null && draft.HasAnything);
    }

    private OpportunityCommand CommandOf(OpportunityProposal draft)
    {
        var on = draft.On ?? scene.Today;
        List<MilestoneClaim> milestones = [.. draft.Milestones.Select(m => new MilestoneClaim(m.Milestone, m.On ?? on, m.Evidence))];
        var next = draft.NextSteps is [{ Due: { } due } step, ..] ? new NextStep(step.What, due) : null;
        return draft.Met.Count + draft.Answers.Count > 0
            ? new OpportunityCommand.ReportVisit(null, on, draft.Met, draft.Answers, milestones, next, question.Bot)
            : new OpportunityCommand.CheckIn(milestones, next);
    }

    // the summary has fewer words than the playbook, and in another order
    private MilestoneId? LikeliestMilestone(string opportunity) => playbook.Find(new StageId(world.Opportunity(opportunity)?.Stage ?? "")) is { } stage
        && stage.Milestones.Select(m => (m.Id, Name: m.Name.For(scene.Culture))).MaxBy(m => m.Name.Count(question.Bot.Contains) / (double)m.Name.Length) is { Id: var likeliest }
            ? likeliest
            : null;

    private OpportunityProposal Drafted(Entry draft)
    {
        var account = world.AccountOf(Opportunity)?.Id;
        return new OpportunityProposal(Opportunity is { } id ? new OpportunityId(id) : null)
        {
            Met = [.. draft.Texts("contacts").Select(name => world.ContactNamed(name, account)?.Id ?? "").Where(c => c.Length > 0).Select(c => new ContactId(c))],
            NewContacts = [.. draft.Texts("newContacts").Select(name => new ContactToAdd(name, null, null, null, IsMet: true))],
            Milestones = [.. draft.List("milestones").Select(m => new MilestoneToRecord(new MilestoneId(m.Text("id")), m.DateOrNull("date"), null))],
            Answers = [.. draft.Texts("answers").Select(a => new GivenAnswer(new QuestionId(a), "-"))],
            NextSteps = draft.Find("next") is { } next ? [new StepToCome(next.Text("text"), next.DateOrNull("date") ?? scene.Today) { IsSure = true }] : [],
        };
    }

    // the Chinese format only shows the summary: what stands in it is found by the names on record
    private OpportunityProposal Written()
    {
        var text = question.Bot;
        var contacts = world.AccountOf(Opportunity)?.Contacts ?? [];
        var culture = scene.Culture;
        var milestones = playbook.Stages.SelectMany(s => s.Milestones).Where(m => Holds(text, m.Name.For(culture)));
        var questions = playbook.Stages.SelectMany(s => s.Questions).Where(q => Quoted().Matches(text).Any(m => Alike(m.Groups["words"].Value, q.Text.For(culture))));
        var dated = Dated().Matches(text).Select(m => (Match: m, IsOfContact: contacts.Any(c => m.Groups["what"].Value.Contains(c.Name, StringComparison.Ordinal)))).ToList();
        var next = dated.LastOrDefault(d => !d.IsOfContact).Match;
        return new OpportunityProposal(Opportunity is { } id ? new OpportunityId(id) : null)
        {
            On = Day(dated.FirstOrDefault(d => d.IsOfContact).Match),
            Met = [.. contacts.Where(c => text.Contains(c.Name, StringComparison.Ordinal) || c.CalledAs.Any(n => text.Contains(n, StringComparison.Ordinal))).Select(c => new ContactId(c.Id))],
            Milestones = [.. milestones.Select(m => new MilestoneToRecord(m.Id, null, null))],
            Answers = [.. questions.Select(q => new GivenAnswer(q.Id, "-"))],
            NextSteps = next is not null ? [new StepToCome(next.Groups["what"].Value.Trim(), Day(next) ?? scene.Today) { IsSure = true }] : [],
        };
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
