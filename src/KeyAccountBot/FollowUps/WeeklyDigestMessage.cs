using System.Globalization;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.FollowUps;

/// <summary>Says a week to a manager or director: four headings, a few lines each, in one message.</summary>
internal static class WeeklyDigestMessage
{
    private const int Shown = 5;

    // of each heading, so that all of them stay within what a channel holds
    private const int Opened = 5;

    // what is stuck or rests is not to be missed among the rest
    private const int ShownOfStuck = 20;
    private static readonly Texts Texts = new("FollowUps.WeeklyDigestTexts");

    /// <summary>The message.</summary>
    public static Message Of(WeeklyDigest digest, Person reader, Playbook playbook, Company company)
    {
        var culture = FollowUpMessage.CultureOf(reader);
        var title = digest.Open switch
        {
            0 => Texts["title.none", culture],
            1 => Texts["title.one", culture],
            _ => Texts["title", culture, digest.Open],
        };
        return new Message
        {
            Language = culture.Name,
            Title = title,
            Body =
            [
                new Section(Texts["moved", culture], Lines(digest.Moved, m => m.Opportunity, m => MovedLine(m, playbook, culture), Texts["nothing-moved", culture], culture)),
                new Section(Texts["stuck", culture], Lines(
                    digest.Stuck, s => s.Opportunity, s => StuckLine(s, reader, playbook, company, culture), Texts[digest.Held.Count > 0 ? "nothing-else-stuck" : "nothing-stuck", culture], culture,
                    ShownOfStuck, digest.LateBeside)) with { Tone = digest.Stuck.Count > 0 ? Tone.Warning : Tone.Plain },
                .. digest.Held.Count == 0 ? Array.Empty<Part>() :
                    [new Section(Texts["held", culture], Lines(digest.Held, h => h.Opportunity, h => HeldLine(h, company, culture), "", culture, ShownOfStuck)) with { Tone = Tone.Warning }],
                new Section(Texts["next", culture], Lines(digest.Expected, e => e.Opportunity, e => ExpectedLine(e, company, culture), Texts["nothing-next", culture], culture)),
                new Section(Texts["coverage", culture], Lines(
                    digest.Uncovered, u => u.Opportunity,
                    u => Texts["line.coverage", culture, Words.NameOf(u.Opportunity), CoverageWords.Gap(u.Gap, u.Account, playbook, culture)],
                    Texts["nothing-uncovered", culture], culture)),
            ],
            Hint = digest.Open > 0 ? OpenButton.Hint(culture) : null,
        };
    }

    private static List<Paragraph> Lines<T>(
        IReadOnlyList<T> all, Func<T, Opportunity> of, Func<T, string> line, string none, CultureInfo culture, int shown = Shown, int beside = 0)
    {
        List<Paragraph> lines = [.. all.Take(shown).Select((item, i) => new Paragraph(line(item)) { Opens = i < Opened ? OpenButton.Of(of(item), culture) : null })];
        if (all.Count + beside > lines.Count)
        {
            lines.Add(new Paragraph(Texts["more", culture, all.Count + beside - lines.Count]));
        }

        return lines.Count == 0 ? [new Paragraph(none)] : lines;
    }

    private static string MovedLine(Moved moved, Playbook playbook, CultureInfo culture) => Texts[
        "line.moved", culture, Words.NameOf(moved.Opportunity), AmountOf(moved.Opportunity, culture),
        Texts[$"move.{moved.Move}", culture, Words.StageOf(playbook, moved.Opportunity.Facts.Stage, culture)]];

    private static string StuckLine(Stuck stuck, Person reader, Playbook playbook, Company company, CultureInfo culture)
    {
        var since = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).DateAt(stuck.Since);
        var line = Texts[
            "line.stuck", culture, Words.NameOf(stuck.Opportunity), AmountOf(stuck.Opportunity, culture),
            FollowUpMessage.ShortOf(stuck.Cause, culture), Words.DateOf(culture, since), FollowUpMessage.NameOf(company, stuck.Opportunity.Facts.Owner, culture)];
        return stuck.Quiet is { } quiet && stuck.Opportunity.FollowUps.FirstOrDefault(c => c.All.Contains(quiet)) is { } chain
            ? Texts["line.quieted", culture, line, FollowUpMessage.DidOf(quiet, chain, reader, company, playbook)]
            : line;
    }

    private static string HeldLine(Held held, Company company, CultureInfo culture)
    {
        var line = Texts[
            "line.held", culture, Words.NameOf(held.Opportunity), AmountOf(held.Opportunity, culture), held.Days,
            Words.DateOf(culture, held.LookAgainOn), FollowUpMessage.NameOf(company, held.Opportunity.Facts.Owner, culture)];
        return held.Opportunity.Facts.HoldsProlonged > 0 ? Texts["line.quieted", culture, line, FollowUpMessage.Prolonged(held.Opportunity.Facts.HoldsProlonged, culture)] : line;
    }

    private static string ExpectedLine(Expected expected, Company company, CultureInfo culture) => Texts[
        "line.next", culture, expected.On, Words.NameOf(expected.Opportunity),
        Texts[$"expect.{expected.What}", culture, expected.Opportunity.Facts.NextStep?.What ?? ""],
        FollowUpMessage.NameOf(company, expected.Opportunity.Facts.Owner, culture)];

    private static string AmountOf(Opportunity opportunity, CultureInfo culture) =>
        opportunity.Facts.Amount.Amount.ToString("N0", culture) + " " + opportunity.Facts.Amount.Currency;
}
