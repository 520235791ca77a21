using KeyAccountBot.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.StandIns;
using Microsoft.Extensions.DependencyInjection;

namespace KeyAccountBot.Tests.Cards;

/// <content>Every kind of notice about an absence, with its buttons.</content>
internal sealed partial class Gallery
{
    private async Task NoticeAsync()
    {
        var messages = services.GetRequiredService<NoticeMessage>();
        var (rep, colleague, manager) = (company.Find(new("person-x2"))!, company.Find(new("person-x3"))!, company.Find(new("person-x4"))!);
        foreach (var kind in Enum.GetValues<NoticeKind>().Where(k => k != NoticeKind.WhileAway))
        {
            var reader = kind switch { NoticeKind.Named => colleague, NoticeKind.Asked => manager, _ => rep };
            var by = kind switch { NoticeKind.Declined => colleague, NoticeKind.Agreed or NoticeKind.Refused => manager, _ => rep };
            var notice = new Notice(kind, reader.Id, rep.Id, new(2026, 3, 2), new(2026, 3, 20), colleague.Id, by.Id);
            Add($"notice {kind}", (await messages.OfAsync(Tenant, notice, reader, company, default))!);
        }

        var away = new Notice(NoticeKind.WhileAway, rep.Id, rep.Id, new(2026, 3, 2), new(2026, 3, 20));
        List<string> lines =
        [
            .. new[] { Deed.HandedOver, Deed.CheckedIn }.Select((deed, i) => StandInTexts.Texts[
                "away.line", FollowUpMessage.CultureOf(rep), i == 0 ? Or("Cancity Glass", "海螺玻璃") : Or("Halden Paper", "哈尔滨纸业"),
                FollowUpMessage.Texts[$"Deed.{deed}", FollowUpMessage.CultureOf(rep)], colleague.Name, FollowUpMessage.DateOf(new(2026, 3, 9), rep)]),
            StandInTexts.Texts["away.more", FollowUpMessage.CultureOf(rep), 3],
        ];
        Add($"notice {away.Kind}", NoticeMessage.Build(away, rep, StandInTexts.Texts["away.title", FollowUpMessage.CultureOf(rep)], lines));
        foreach (var deed in Enum.GetValues<Deed>())
        {
            var (delivery, opportunity, _) = Stuck(DeliveryKind.DoneInName, CheckInMissedCause.Id, null);
            Add($"done in name {deed}", services.GetRequiredService<FollowUpMessage>().Build(delivery with { To = manager.Id, Deed = deed }, opportunity, manager, company));
        }
    }
}
