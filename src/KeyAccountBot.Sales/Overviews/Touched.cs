using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Overviews;

/// <summary>When somebody of ours was last in touch with a contact.</summary>
/// <param name="Contact">With whom.</param>
/// <param name="Last">The last touch; <c>null</c> where there was none.</param>
/// <param name="Days">How many days ago that is; <c>null</c> where there was none.</param>
/// <param name="IsFresh">Whether that is recent enough by the playbook.</param>
public sealed record TouchedContact(Contact Contact, Touch? Last, int? Days, bool IsFresh);

/// <summary>When somebody of ours was last in touch with a customer. Pure.</summary>
/// <param name="Account">Which.</param>
/// <param name="Contacts">Its active contacts, who was never met first, then who was not met for longest; of the same day those who decide.</param>
/// <param name="Days">Days since anybody there was met; <c>null</c> for never.</param>
public sealed record TouchedAccount(Account Account, IReadOnlyList<TouchedContact> Contacts, int? Days)
{
    /// <summary>When anybody there was last met.</summary>
    public Touch? Last => Contacts.Select(c => c.Last).OfType<Touch>().OrderByDescending(t => t.On).FirstOrDefault();

    /// <summary>Who waits for us: never met, or not for too long.</summary>
    public IEnumerable<TouchedContact> Waiting => Contacts.Where(c => !c.IsFresh);

    /// <summary>A customer on a local date.</summary>
    public static TouchedAccount Of(Account account, Playbook playbook, DateOnly today)
    {
        List<TouchedContact> contacts =
        [
            .. account.Active
                .Select(c => new TouchedContact(
                    c, c.LastTouch, c.LastTouch is { } last ? Math.Max(0, today.DayNumber - last.On.DayNumber) : null,
                    c.LastTouch is { } touch && today <= WorkCalendar.Weekdays.AddBusinessDays(touch.On, playbook.Coverage.FreshDays)))
                .OrderByDescending(c => c.Days ?? int.MaxValue)
                .ThenByDescending(c => c.Contact.IsDecisionMaker),
        ];
        return new TouchedAccount(account, contacts, contacts.Min(c => c.Days));
    }
}
