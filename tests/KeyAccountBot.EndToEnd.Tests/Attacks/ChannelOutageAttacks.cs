using KeyAccountBot.Deliveries;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.People;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Attacks;

/// <summary>Slack or Teams takes nothing for minutes, an hour or days: not one nudge dies of it, and nobody is told twice.</summary>
public sealed class ChannelOutageAttacks : IAsyncLifetime
{
    private const int Nudges = 8;
    private const string Began = "has taken nothing from me";
    private const string Ended = "works again since";
    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync(services =>
        services.AddSingleton(_ => EachByItself(PlaybookFile.Load(PlaybookFile.Default))));

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Slack_unreachable_for_41_minutes_as_eight_nudges_come_due_leaves_none_of_them_dead_where_the_manager_has_Slack_alone()
    {
        await HasSlackAloneAsync("maria-santos");
        await UntilNudgesAreNearAsync();
        service.Ends.SlackIsUnreachable = true;
        for (var minutes = 0; minutes < 120 && await WaitingAsync() < Nudges; minutes++)
        {
            await MinutesAsync(1);
        }

        await MinutesAsync(41);
        Assert.Equal(Nudges, await WaitingAsync());

        service.Ends.SlackIsUnreachable = false;
        await service.ForwardAsync(hours: 1);

        await NothingDiedAsync();
        EachNudgeWasTold("D-UMARIA");
        Assert.Single(Told("a:ana", Began));
        Assert.Single(Told("D-UANA", Ended));
    }

    [Fact]
    public async Task Slack_unreachable_for_three_days_has_nudges_go_over_Teams_where_that_is_a_way()
    {
        await service.Teams("maria").SaysAsync("help");
        await UntilNudgesAreNearAsync();
        service.Ends.SlackIsUnreachable = true;
        await service.ForwardAsync(hours: 3);

        EachNudgeWasTold("a:maria");
        await service.ForwardAsync(hours: 72);
        service.Ends.SlackIsUnreachable = false;

        // to Monday: the weekly digest is the next that Slack is tried with
        await service.ForwardAsync(hours: 51);

        await NothingDiedAsync();
        EachNudgeWasTold("a:maria");
        Assert.Empty(Told("D-UMARIA", "Overdue"));
        Assert.Single(Told("a:ana", Began));
        Assert.Single(Told("D-UANA", Ended));
    }

    [Fact]
    public async Task Slack_unreachable_for_three_days_has_nudges_wait_where_there_is_no_other_way()
    {
        await HasSlackAloneAsync("maria-santos");
        await UntilNudgesAreNearAsync();
        service.Ends.SlackIsUnreachable = true;
        await service.ForwardAsync(hours: 72);
        Assert.Equal(Nudges, await WaitingAsync());

        service.Ends.SlackIsUnreachable = false;
        await service.ForwardAsync(hours: 51);

        await NothingDiedAsync();
        EachNudgeWasTold("D-UMARIA");
        Assert.Single(Told("a:ana", Began));
    }

    [Fact]
    public async Task A_token_that_was_revoked_and_given_back_costs_nobody_a_message()
    {
        await HasSlackAloneAsync("maria-santos");
        await UntilNudgesAreNearAsync();
        service.Ends.SlackRefuses = (_, _) => "token_revoked";
        await service.ForwardAsync(hours: 5);
        Assert.Equal(Nudges, await WaitingAsync());
        Assert.Contains("token_revoked", await (await service.GetAsync("/health/ready")).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        service.Ends.SlackRefuses = null;
        await service.ForwardAsync(hours: 1);

        await NothingDiedAsync();
        EachNudgeWasTold("D-UMARIA");
        Assert.Single(Told("a:ana", Began), t => t.Words.Contains("token_revoked", StringComparison.Ordinal));
        Assert.Single(Told("D-UANA", Ended));
        Assert.Equal("ready", await (await service.GetAsync("/health/ready")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_connector_that_answers_401_for_an_hour_delays_reminders_and_refuses_nobody()
    {
        await service.Teams("ravi").SaysAsync("help");
        service.Ends.Refuses = _ => 401;
        await service.OpenOverdueAsync("ravi-patel", Nudges);
        await service.ForwardAsync(hours: 1);
        Assert.Equal(Nudges, await WaitingAsync());

        service.Ends.Refuses = null;
        await service.ForwardAsync(hours: 1);

        await NothingDiedAsync();
        Assert.All(Enumerable.Range(0, Nudges), i => Assert.Single(Told("a:ravi", $"Overdue {i}")));
        Assert.Empty(Told("D-URAVI", "Overdue"));
        Assert.Single(Told("D-UANA", Began));
        Assert.Single(Told("D-UANA", Ended));
    }

    [Fact]
    public async Task One_manager_whom_Slack_does_not_know_is_told_over_Teams_and_the_channel_goes_on()
    {
        await UntilNudgesAreNearAsync();
        service.Ends.SlackRefuses = (method, body) => method == "users.info" && body.Contains("UMARIA", StringComparison.Ordinal) ? "user_not_found" : null;
        await service.ForwardAsync(businessDays: 3);

        await NothingDiedAsync();
        EachNudgeWasTold("a:maria");
        Assert.Equal(Nudges, Enumerable.Range(0, Nudges).Count(i => Told("D-UDIETER", $"Overdue {i}").Count == 1));
        Assert.Empty(Told("a:ana", Began));
        Assert.Empty(service.Services.GetRequiredService<ChannelHealth>().Paused);
    }

    // to the evening before the nudges come due: the reminders have been told
    private async Task UntilNudgesAreNearAsync()
    {
        await service.Teams("ravi").SaysAsync("help");
        await service.OpenOverdueAsync("ravi-patel", Nudges);
        await service.ForwardAsync(businessDays: 1, hours: 9);
        Assert.All(Enumerable.Range(0, Nudges), i => Assert.Single(Told("a:ravi", $"Overdue {i}")));
        Assert.Empty(Told("D-UMARIA", "Overdue"));
        await service.ForwardAsync(hours: 14);
    }

    private async Task MinutesAsync(int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            service.Clock.Advance(TimeSpan.FromMinutes(1));
            await service.ForwardAsync();
        }
    }

    private async Task HasSlackAloneAsync(string person)
    {
        var company = await service.Services.GetRequiredService<CompanyDirectory>().GetAsync(Service.Tenant, CancellationToken.None);
        await service.Services.GetRequiredService<PeopleRepository>().PutAsync(
            Service.Tenant, [company.Find(new PersonId(person))! with { TeamsId = null, Email = null }], CancellationToken.None);
        service.Services.GetRequiredService<CompanyDirectory>().Forget();
    }

    private List<(string Conversation, string Words)> Told(string conversation, string words) =>
        [.. service.Ends.Told.Where(t => t.Conversation == conversation && t.Words.Contains(words, StringComparison.Ordinal))];

    private void EachNudgeWasTold(string conversation) =>
        Assert.All(Enumerable.Range(0, Nudges), i => Assert.Single(Told(conversation, $"Overdue {i}")));

    private async Task<int> WaitingAsync()
    {
        var waiting = 0;
        await foreach (var row in service.Services.GetRequiredService<DeliveryRows>().UnsentAsync(CancellationToken.None))
        {
            var record = row.Record!;
            if (row.Key.Opportunity.Value.Contains("overdue-", StringComparison.Ordinal) && record is { Status: DeliveryStatus.Pending, Delivery.Kind: DeliveryKind.Nudge or DeliveryKind.Reminder })
            {
                Assert.InRange(record.Attempts, 0, 1);
                Assert.Null(record.Refused);
                waiting++;
            }
        }

        return waiting;
    }

    private async Task NothingDiedAsync() =>
        Assert.Empty(await service.Services.GetRequiredService<DeadLetters>().ListAsync(Service.Tenant, CancellationToken.None));

    private static Playbook EachByItself(Playbook playbook) => playbook with { FollowUps = playbook.FollowUps with { SeparateMessagesADay = 50 } };
}
