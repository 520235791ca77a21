using KeyAccountBot.Sales;

namespace KeyAccountBot;

/// <summary>Settings of the company that the bot works for.</summary>
internal sealed class BotOptions
{
    /// <summary>The company's tenant where neither the command line nor the activity names one: <c>Teams:TenantId</c>, else <c>local</c>.</summary>
    public TenantId HomeTenant { get; set; } = new("local");
}
