using System.Globalization;
using KeyAccountBot.Conversations.FreeText;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace KeyAccountBot.Tests.FreeText;

/// <summary>A chat model may propose; what it makes up is dropped, and where it fails the rules propose.</summary>
public sealed class ChatProposerTests
{
    private const string Text = "met Li Wei, contract signed yesterday, kick-off on Friday";
    private static readonly Playbook Playbook = PlaybookFile.Load(PlaybookFile.Default);
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 4, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task What_the_model_makes_up_is_dropped_and_what_it_quotes_is_kept()
    {
        var read = await ProposeAsync((_, _) => Task.FromResult(
            """
            ```json
            {"contacts": ["Li Wei", "Zhang San"],
             "milestones": [{"id": "contract-signed", "quote": "Contract signed"}, {"id": "contract-approved", "quote": "the board approved it"}, {"id": "champagne", "quote": "met Li Wei"}],
             "answers": [{"id": "why-this-price", "quote": "the price is fine"}],
             "nextStep": "kick-off on Friday"}
            ```
            """));

        Assert.Equal("li", Assert.Single(read.Met).Contact.Value);
        Assert.Equal(("contract-signed", new DateOnly(2026, 3, 3)), Assert.Single(read.Milestones.Select(m => (m.Milestone.Value, m.On))));
        Assert.Empty(read.Answers);
        Assert.Equal(new DateOnly(2026, 3, 6), read.NextStep!.Due);
    }

    [Theory]
    [InlineData("I am sorry, I cannot do that.")]
    [InlineData("{ \"contacts\": 7 }")]
    [InlineData("")]
    public async Task An_answer_that_is_no_answer_leaves_the_word_to_the_rules(string answer) =>
        Assert.Single((await ProposeAsync((_, _) => Task.FromResult(answer))).Milestones);

    [Fact]
    public async Task A_model_out_of_reach_leaves_the_word_to_the_rules() =>
        Assert.Single((await ProposeAsync((_, _) => throw new HttpRequestException("refused"))).Milestones);

    [Fact]
    public async Task A_model_that_thinks_for_more_than_five_seconds_is_not_waited_for()
    {
        var never = new TaskCompletionSource<string>();
        var proposing = ProposeAsync((_, _) => never.Task);
        Assert.False(proposing.IsCompleted);

        clock.Advance(ChatProposer.Patience);

        Assert.Single((await proposing).Milestones);
    }

    private async Task<Sales.Reports.ReportProposal> ProposeAsync(Func<IEnumerable<ChatMessage>, CancellationToken, Task<string>> answer)
    {
        using var chat = new FakeChat(answer);
        var proposer = new ChatProposer(chat, Playbook, clock, NullLogger<ChatProposer>.Instance);
        return await proposer.ProposeAsync(new WrittenReport(Text, InNegotiation(), Customer(), new DateOnly(2026, 3, 4), CultureInfo.GetCultureInfo("en")), CancellationToken.None);
    }

    private static Account Customer() => new(AccountId.OfName("Cancity"), "Cancity", 1,
        [new Contact(new("li"), new ContactData("Li Wei", new("quality"), Level.Staff, BuyingRole.QualityInspector), null, new DateOnly(2026, 1, 1), [])]);

    private static Opportunity InNegotiation() => new(new("o"), 1, new OpportunityFacts(
        "Cancity", "Line", new Money(1, "EUR"), new("rep"), null, new("negotiation"), new("negotiation"), default, OpportunityStatus.Open, null, null, null,
        new Dictionary<MilestoneId, ReachedMilestone>(), null, default, null), null, []);

    private sealed class FakeChat(Func<IEnumerable<ChatMessage>, CancellationToken, Task<string>> answer) : IChatClient
    {
        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            new(new ChatMessage(ChatRole.Assistant, await answer(messages, cancellationToken)));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
