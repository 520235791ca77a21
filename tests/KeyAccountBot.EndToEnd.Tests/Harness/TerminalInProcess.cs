using KeyAccountBot.Channels.Terminal;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.Sales.People;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>The terminal's conversation within a service whose clock moves.</summary>
internal sealed class TerminalInProcess(Service service, Person speaker) : ITerminal
{
    public async Task<string> TypeAsync(string line)
    {
        var screen = service.Services.GetRequiredService<TerminalScreen>();
        await using var printed = new StringWriter();
        screen.Output = printed;
        var said = screen.Read(line);
        Assert.True(said is not null, $"“{line}” presses what does not stand on the last message.");
        await service.Services.GetRequiredService<TurnEngine>().RunAsync(TerminalArrival.Of(speaker, said), CancellationToken.None);
        return printed.ToString();
    }
}
