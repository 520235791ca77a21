namespace KeyAccountBot.Sales;

/// <summary>Who gives a command and when.</summary>
/// <param name="Command">The same id again changes nothing.</param>
/// <param name="By">Who; <c>null</c> for the bot itself.</param>
/// <param name="At">UTC.</param>
/// <param name="Today">The local date where they are.</param>
/// <param name="Channel">Through which channel.</param>
public sealed record CommandContext(CommandId Command, PersonId? By, DateTimeOffset At, DateOnly Today, string Channel);
