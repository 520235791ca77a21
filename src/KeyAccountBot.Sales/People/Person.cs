using KeyAccountBot.Sales.Calendar;

namespace KeyAccountBot.Sales.People;

/// <summary>What one of us answers for; ordered from the field upwards.</summary>
public enum Role
{
    /// <summary>Key account manager: owns opportunities.</summary>
    Rep,

    /// <summary>Leads reps.</summary>
    Manager,

    /// <summary>Leads managers.</summary>
    Director,

    /// <summary>Deputy general manager or general manager.</summary>
    Executive,

    /// <summary>Looks after the bot; hears of what has no reader.</summary>
    Administrator,
}

/// <summary>Where a person is reached.</summary>
public enum Channel
{
    /// <summary>Microsoft Teams.</summary>
    Teams,

    /// <summary>Slack.</summary>
    Slack,
}

/// <summary>Somebody is not there for a while.</summary>
/// <param name="From">The first day, local date where they live.</param>
/// <param name="Until">The last day.</param>
/// <param name="StandIn">Who was named to hear and act in their place; <c>null</c> for whom they report to.</param>
/// <param name="NamedBy">Who named the stand-in; <c>null</c> in rows of older versions.</param>
/// <param name="AgreedBy">Who of those above agreed to a stand-in from outside the line; <c>null</c> where nobody did, or nobody had to.</param>
public sealed record Absence(DateOnly From, DateOnly Until, PersonId? StandIn, PersonId? NamedBy = null, PersonId? AgreedBy = null);

/// <summary>What a person chose for themselves in a conversation; <c>null</c> for what stands in the company's own list of people.</summary>
/// <param name="Locale">Their language, a culture name.</param>
/// <param name="Prefers">Where they like to hear.</param>
/// <param name="WorkingFrom">When their quiet hours end, local time.</param>
/// <param name="WorkingTo">When their quiet hours begin, local time.</param>
public sealed record OwnSettings(string? Locale = null, Channel? Prefers = null, TimeOnly? WorkingFrom = null, TimeOnly? WorkingTo = null);

/// <summary>One of ours.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Name">As shown.</param>
/// <param name="Role">What they answer for.</param>
/// <param name="Email">Lower case; matches a Teams or Slack account where ids are not known.</param>
/// <param name="Manager">Whom they report to.</param>
/// <param name="TeamsId">Entra object id; opaque.</param>
/// <param name="SlackId">Slack user id; opaque.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Locale">Culture name, for example <c>en</c> or <c>zh-Hans</c>.</param>
/// <param name="Prefers">Where they like to hear; <c>null</c> for the role's usual channel.</param>
/// <param name="Office">Regional office, as the CRM names it.</param>
/// <param name="Country">Whose holidays count, a code as the settings name it; <c>null</c> for none.</param>
/// <param name="WorkingDays">The days of their week; <c>null</c> for the playbook's.</param>
/// <param name="WorkingFrom">When their quiet hours end, local time; <c>null</c> for the playbook's.</param>
/// <param name="WorkingTo">When their quiet hours begin, local time; <c>null</c> for the playbook's.</param>
/// <param name="Away">When they are not there; <c>null</c> where nothing is known of it.</param>
/// <param name="WeeklyDigest">When they get the weekly digest, as the playbook writes it; <c>null</c> for the playbook's, empty for never.</param>
public sealed record Person(
    PersonId Id,
    string Name,
    Role Role,
    string? Email = null,
    PersonId? Manager = null,
    string? TeamsId = null,
    string? SlackId = null,
    string TimeZone = "Etc/UTC",
    string Locale = "en",
    Channel? Prefers = null,
    string? Office = null,
    string? Country = null,
    WorkingDays? WorkingDays = null,
    TimeOnly? WorkingFrom = null,
    TimeOnly? WorkingTo = null,
    Absence? Away = null,
    string? WeeklyDigest = null)
{
    /// <summary>What they chose for themselves; <c>null</c> for nothing. An import of people leaves it as it is.</summary>
    public OwnSettings? Own { get; init; }

    /// <summary>The person with what they chose in the place of what the company's list says.</summary>
    public Person AsChosen() => Own is null ? this : this with
    {
        Locale = Own.Locale ?? Locale, Prefers = Own.Prefers ?? Prefers, WorkingFrom = Own.WorkingFrom ?? WorkingFrom, WorkingTo = Own.WorkingTo ?? WorkingTo,
    };

    /// <summary>What colleagues call them beside their name, separated by semicolons; <c>null</c> for nothing.</summary>
    public string? Called { get; init; }

    /// <summary>Reps hear in Teams, everybody else in Slack unless they prefer otherwise.</summary>
    public Channel HearsIn => Prefers ?? (Role == Role.Rep ? Channel.Teams : Channel.Slack);

    /// <summary>Whether they are away on a local date of theirs.</summary>
    public bool IsAwayOn(DateOnly day) => Away is { } away && day >= away.From && day <= away.Until;
}
