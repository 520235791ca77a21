using System.Globalization;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Explanations;

/// <summary>Who heard of an opportunity, and who will if nothing happens, in words; all times where the reader is.</summary>
/// <param name="Title">Which.</param>
/// <param name="SoFar">What was told, held back and answered; may be empty.</param>
/// <param name="Next">What comes; never empty.</param>
internal sealed record ExplanationWords(string Title, IReadOnlyList<string> SoFar, IReadOnlyList<string> Next)
{
    private const int Shown = 8;
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(90);
    private static readonly Texts Texts = new("Conversations.Explanations.ExplanationTexts");

    /// <summary>The explanation of an opportunity as it stands.</summary>
    public static ExplanationWords Of(
        CultureInfo culture, Person reader, Playbook playbook, Company company, Opportunity opportunity, KnownCustomer customer, DateTimeOffset now)
    {
        var title = Texts["explain.title", culture, Words.AccountOf(opportunity)];
        if (!opportunity.IsFollowedUp)
        {
            return new ExplanationWords(title, [], [Texts["explain.not-open", culture]]);
        }

        var local = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps);
        var standing = FollowUpCauses.Standing(opportunity, customer, playbook, company, now);
        var soFar = opportunity.FollowUps.Where(c => standing.Contains(c.Key)).SelectMany(c => c.Steps.Select(s => (Chain: c, Step: s)))
            .OrderBy(s => s.Step.At)
            .Select(s => Line(s.Step.At, Reader(s.Step.To, s.Step.Room, null), s.Chain.Cause, s.Step.HeldBack))
            .ToList();
        soFar.AddRange(opportunity.FollowUps.Where(c => standing.Contains(c.Key))
            .SelectMany(c => c.All.Select(a => Texts["explain.answered", culture, CauseOf(c.Cause), FollowUpMessage.DidOf(a, c, reader, company, playbook)])));
        if (opportunity.Facts.Status == OpportunityStatus.OnHold)
        {
            var owners = FollowUpPolicy.CalendarOf(company.Find(opportunity.Facts.Owner), playbook.FollowUps);
            soFar.Add(Texts[
                "explain.on-hold", culture, FollowUpMessage.DateOf(local.DateAt(Holds.Since(opportunity.Facts)), reader),
                FollowUpMessage.DateOf(Holds.LookAgainOn(opportunity.Facts, playbook.FollowUps, owners), reader)]);
        }

        var next = Forecast.Of(opportunity, customer, playbook, company, now, now + Ahead)
            .Select(f => Line(f.At, Reader(f.Step.To, f.Step.Room, f.Step.InPlaceOf), f.Step.Cause, f.Step.HeldBack))
            .ToList();
        return new ExplanationWords(title, Shortened(soFar, fromEnd: true), next.Count == 0 ? [Texts["explain.nobody-next", culture]] : Shortened(next, fromEnd: false));

        string Line(DateTimeOffset at, string who, FollowUpCause cause, HeldBack? held)
        {
            var when = Texts["explain.when", culture, local.LocalTime(at).DateTime];
            return held is null
                ? Texts["explain.told", culture, when, who, CauseOf(cause)]
                : Texts["explain.held", culture, when, who, CauseOf(cause), Texts[$"explain.held.{held.Reason}", culture]];
        }

        string CauseOf(FollowUpCause cause) => FollowUpMessage.ShortOf(cause, culture);

        string Reader(PersonId? person, Room? room, PersonId? away)
        {
            var name = room is not null ? Texts["explain.room", culture, room.Channel]
                : person is { } id ? FollowUpMessage.NameOf(company, id, culture)
                : Texts["explain.nobody", culture];
            return away is { } absent ? Texts["explain.in-place-of", culture, name, FollowUpMessage.NameOf(company, absent, culture)] : name;
        }

        List<string> Shortened(List<string> lines, bool fromEnd) => lines.Count <= Shown ? lines
            : fromEnd ? [Texts["explain.more", culture, lines.Count - Shown], .. lines[^Shown..]]
            : [.. lines[..Shown], Texts["explain.more", culture, lines.Count - Shown]];
    }

    /// <summary>All of it.</summary>
    public Message ToMessage(CultureInfo culture) => new()
    {
        Language = culture.Name,
        Title = Title,
        Body =
        [
            .. SoFar.Count > 0 ? [Section.Of(Texts["explain.so-far", culture], SoFar)] : Array.Empty<Part>(),
            Section.Of(Texts["explain.next", culture], Next),
        ],
    };
}
