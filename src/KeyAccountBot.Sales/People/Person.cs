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
/// <param name="Prefers">Where nudges and alerts go; <c>null</c> for the role's usual one.</param>
/// <param name="Office">Regional office, as the CRM names it.</param>
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
    string? Office = null)
{
    /// <summary>Reps hear in Teams, everybody else in Slack unless they prefer otherwise.</summary>
    public Channel HearsIn => Prefers ?? (Role == Role.Rep ? Channel.Teams : Channel.Slack);
}
