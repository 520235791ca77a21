using KeyAccountBot.Conversations.Turns;
using Xunit;

namespace KeyAccountBot.Tests.Conversations;

public sealed class TurnGateTests
{
    private readonly TurnGates gates = new();

    [Fact]
    public async Task Turns_of_one_conversation_wait_for_each_other_and_others_do_not()
    {
        var first = await gates.EnterAsync("a", CancellationToken.None);
        var second = gates.EnterAsync("a", CancellationToken.None).AsTask();
        using (await gates.EnterAsync("b", CancellationToken.None))
        {
            Assert.False(second.IsCompleted);
        }

        first.Dispose();
        (await second).Dispose();
    }

    [Fact]
    public async Task A_conversation_with_a_turn_under_way_is_not_taken_in_between()
    {
        using (await gates.EnterAsync("a", CancellationToken.None))
        {
            Assert.False(gates.TryEnter("a", out _));
        }

        Assert.True(gates.TryEnter("a", out var pass));
        pass.Dispose();
    }

    [Fact]
    public async Task A_turn_waits_for_what_was_taken_in_between()
    {
        Assert.True(gates.TryEnter("a", out var pass));
        var turn = gates.EnterAsync("a", CancellationToken.None).AsTask();
        Assert.False(turn.IsCompleted);

        pass.Dispose();
        (await turn).Dispose();
    }
}
