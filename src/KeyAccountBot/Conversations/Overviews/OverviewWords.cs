using System.Globalization;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Overviews;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Overviews;

/// <summary>The small words that every overview shares: days, names, sums, and the shape of a list that fits a phone.</summary>
internal static class OverviewWords
{
    /// <summary>How many lines of a list are shown.</summary>
    public const int Shown = 8;

    private static readonly Texts Texts = new("Conversations.Overviews.OverviewTexts");

    /// <summary>A text in the speaker's language.</summary>
    public static string Say(Scene scene, string key, params ReadOnlySpan<object?> values) => Texts[key, scene.Culture, values];

    /// <summary>A day as people say it: today, tomorrow, else weekday and date; the year where it is another one.</summary>
    public static string Day(Scene scene, DateOnly day) => (day.DayNumber - scene.Today.DayNumber) switch
    {
        0 => Texts["day.today", scene.Culture],
        1 => Texts["day.tomorrow", scene.Culture],
        _ when day.Year == scene.Today.Year => Texts["day.date", scene.Culture, day],
        _ => scene.Format(day),
    };

    /// <summary>A moment of an opportunity's owner: the day, and the time where they are.</summary>
    public static string Moment(Scene scene, Playbook playbook, Dossier dossier, DateTimeOffset at)
    {
        var local = dossier.Calendar(scene.Company, playbook).LocalTime(at);
        return Texts["day.time", scene.Culture, Day(scene, DateOnly.FromDateTime(local.DateTime)), local.DateTime];
    }

    /// <summary>A period as people call it.</summary>
    public static string Of(Scene scene, Period period) => period.Kind switch
    {
        PeriodKind.Year => Texts["period.year", scene.Culture, period.From],
        PeriodKind.Quarter => Texts["period.quarter", scene.Culture, period.QuarterNumber, period.From],
        PeriodKind.Month => Texts["period.month", scene.Culture, period.From],
        PeriodKind.Week => Texts["period.week", scene.Culture, ISOWeek.GetWeekOfYear(period.From.ToDateTime(TimeOnly.MinValue)), period.From, period.To],
        PeriodKind.Days when period.From == period.To => Day(scene, period.From),
        PeriodKind.Days => Texts["period.days", scene.Culture, period.From, period.To],
        _ => throw new ArgumentOutOfRangeException(nameof(period), period, null),
    };

    /// <summary>The opportunity in bold, what it is worth, and whose it is where that is not the speaker's own.</summary>
    public static string Name(Scene scene, Opportunity opportunity) => Name(scene, OpportunityName(opportunity), opportunity.Facts.Amount, opportunity.Facts.Owner);

    /// <summary>The same under a heading that may say already whose they are.</summary>
    public static string Name(Scene scene, PortfolioScope scope, Opportunity opportunity) =>
        scope is { Whose: not null, IsTeam: false } ? Joined(scene, [ShortName(opportunity), scene.Format(opportunity.Facts.Amount)]) : Name(scene, opportunity);

    /// <summary>The same of a line of a list.</summary>
    public static string Name(Scene scene, OpportunityListing line) => Name(scene, $"{scene.AccountOf(line.Account)} · {line.Name}", line.Amount, line.Owner);

    /// <summary>Whose it is, before the rest of a line; nothing for the speaker's own.</summary>
    public static string? OwnerOf(Scene scene, PersonId owner) => owner == scene.Person.Id ? null : scene.Company.Find(owner)?.Name;

    /// <summary>The customer and what is to be sold, in bold.</summary>
    public static string ShortName(Opportunity opportunity) => Marks.Bold(OpportunityName(opportunity));

    /// <summary>What is late, since when and for how many days.</summary>
    public static string Late(Scene scene, LateMatter matter) => matter.Days > 0
        ? Texts["late.days", scene.Culture, FollowUpMessage.ShortOf(matter.Cause, scene.Culture), Day(scene, matter.Since), matter.Days]
        : Texts["late.today", scene.Culture, FollowUpMessage.ShortOf(matter.Cause, scene.Culture)];

    /// <summary>The gravest of what is late, as a warning; <c>null</c> where nothing is.</summary>
    public static string? Warning(Scene scene, IReadOnlyList<LateMatter> late) =>
        LateMatters.Gravest(late) is { } gravest ? Texts["deals.warning", scene.Culture, Late(scene, gravest)] : null;

    /// <summary>Names of milestones, with what stands between them.</summary>
    public static string Milestones(Scene scene, Playbook playbook, IEnumerable<MilestoneId> milestones, bool anyDoes = false) => string.Join(
        anyDoes ? scene.Say("or") : Words.Separator(scene.Culture), milestones.Select(m => playbook.Find(m)?.Name.For(scene.Culture) ?? m.Value));

    /// <summary>Parts of a line, one after the other.</summary>
    public static string Joined(Scene scene, IEnumerable<string?> parts) => string.Join(Texts["list.between", scene.Culture], parts.OfType<string>().Where(p => p.Length > 0));

    /// <summary>A heading, with whose it is where the question named somebody.</summary>
    public static string Title(Scene scene, PortfolioScope scope, string heading) => scope.Whose is not { } of ? heading
        : Texts["title.of", scene.Culture, heading, scope.IsTeam ? Texts["title.team", scene.Culture, of.Name] : of.Name];

    /// <summary>That somebody's opportunities are not for the speaker to see.</summary>
    public static Message Hidden(Scene scene) => Message.Of(Texts["scope.hidden", scene.Culture]);

    /// <summary>The lines of a list, each opening the opportunity that it speaks of; then how many more there are.</summary>
    public static IReadOnlyList<Paragraph> Lines<T>(
        Scene scene, IReadOnlyList<T> all, Func<T, string> words, Func<T, Opportunity?> about, int shown = Shown, int beside = 0)
    {
        List<Paragraph> lines = [.. all.Take(shown).Select(item => new Paragraph(words(item)) { Opens = about(item) is { } opportunity ? OpenButton.Of(opportunity, scene.Culture) : null })];
        if (all.Count + beside > lines.Count)
        {
            lines.Add(new Paragraph(Texts["list.more", scene.Culture, all.Count + beside - lines.Count]) { IsAside = true });
        }

        return lines;
    }

    /// <summary>A list under a heading.</summary>
    public static Message Card(Scene scene, string title, IReadOnlyList<Part> body, params IReadOnlyList<MessageAction> actions) => new()
    {
        Language = scene.Culture.Name,
        Title = title,
        Body = body,
        Actions = actions,
        Hint = body.SelectMany(LinesOf).Count(l => l.Opens is not null) > 1 ? OpenButton.Hint(scene.Culture) : null,
    };

    /// <summary>A button that says something, about one opportunity.</summary>
    public static SayAction CheckIn(Scene scene, Opportunity opportunity) => new(scene.Say("status.check-in"), scene.Say("status.check-in-says", SaidName(opportunity)))
    {
        Style = ActionStyle.Positive, About = OpportunityName(opportunity),
    };

    /// <summary>A button that asks for the brief of one opportunity.</summary>
    public static SayAction Brief(Scene scene, Opportunity opportunity) => new(scene.Say("status.brief"), scene.Say("status.brief-says", SaidName(opportunity))) { About = OpportunityName(opportunity) };

    /// <summary>A button that asks for the contacts of a customer.</summary>
    public static SayAction Contacts(Scene scene, string account) => new(scene.Say("status.contacts"), scene.Say("status.contacts-says", account));

    /// <summary>A button that plans a visit.</summary>
    public static SayAction PlanVisit(Scene scene, Opportunity opportunity) => new(Texts["button.plan-visit", scene.Culture], Texts["button.plan-visit-says", scene.Culture, SaidName(opportunity)]);

    /// <summary>A button that asks what to do today.</summary>
    public static SayAction Today(Scene scene) => new(Texts["button.today", scene.Culture], Texts["button.today-says", scene.Culture]);

    /// <summary>A button that asks what is at risk.</summary>
    public static SayAction AtRisk(Scene scene) => new(Texts["button.at-risk", scene.Culture], Texts["button.at-risk-says", scene.Culture]);

    /// <summary>A button that asks what is stuck.</summary>
    public static SayAction Stuck(Scene scene) => new(Texts["button.stuck", scene.Culture], Texts["button.stuck-says", scene.Culture]);

    private static IEnumerable<Paragraph> LinesOf(Part part) => part switch
    {
        Paragraph paragraph => [paragraph],
        Section section => section.Body,
        _ => [],
    };

    private static string OpportunityName(Opportunity opportunity) => Words.NameOf(opportunity);

    // as people say it, so that it names just this one
    private static string SaidName(Opportunity opportunity) => $"{opportunity.Facts.Account} {opportunity.Facts.Name}".Trim();

    private static string Name(Scene scene, string name, Money amount, PersonId owner) =>
        Joined(scene, [Marks.Bold(name), scene.Format(amount), OwnerOf(scene, owner)]);
}
