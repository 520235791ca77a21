using KeyAccountBot.Sales.People;

namespace KeyAccountBot.StandIns;

/// <summary>Whether a notice still holds, and who reads it; asked right before it is sent. Pure.</summary>
internal static class NoticeStanding
{
    /// <summary>Whether to send it: while the absence is the one it speaks of, and stands as it says.</summary>
    public static bool Holds(Notice notice, Company company)
    {
        if (company.Find(notice.Absent) is not { } absent)
        {
            return false;
        }

        var away = absent.Away is { } said && said.From == notice.From && said.Until == notice.Until ? said : null;
        if (notice.Kind != NoticeKind.WhileAway && !company.IsOrWillBeAway(absent))
        {
            return false;
        }

        return notice.Kind switch
        {
            NoticeKind.Named => away?.StandIn == notice.To,
            NoticeKind.Asked => away is not null && away.StandIn == notice.StandIn && IsWaiting(absent, company),
            NoticeKind.Declined or NoticeKind.Refused => away is { StandIn: null },
            NoticeKind.Agreed => away is { AgreedBy: not null } && away.StandIn == notice.StandIn,
            NoticeKind.WhileAway => (absent.Away is null || away is not null) && !company.IsAway(absent),
            _ => throw new ArgumentOutOfRangeException(nameof(notice), notice.Kind, null),
        };
    }

    /// <summary>Whether somebody was named who takes a yes from above, and nobody has said it.</summary>
    public static bool IsWaiting(Person absent, Company company) =>
        absent.Away is { StandIn: { } named, AgreedBy: null } && !company.IsOfLine(absent.Id, named);

    /// <summary>Who reads it; what takes a yes is asked of the first above who is there, never of who stands in for them.</summary>
    public static Person? ReaderOf(Notice notice, Company company) => notice.Kind == NoticeKind.Asked
        ? company.LineAbove(notice.Absent).FirstOrDefault(p => !company.IsAway(p)) ?? company.Find(notice.To)
        : company.Find(notice.To);
}
