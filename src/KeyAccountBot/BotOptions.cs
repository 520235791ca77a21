using KeyAccountBot.Sales;

namespace KeyAccountBot;

/// <summary>Settings of the company that the bot works for.</summary>
internal sealed class BotOptions
{
    /// <summary>The company's tenant where neither the command line nor the activity names one: <c>Teams:TenantId</c>, else <c>local</c>.</summary>
    public TenantId HomeTenant { get; set; } = new("local");

    /// <summary>
    /// The sandbox stands around this process: Development, and no real Teams app. Only then anybody at this machine may say who they
    /// are, and everybody belongs to the company at home. Decided once, at the start.
    /// </summary>
    public bool IsAtPlay { get; init; }
}
