using System.Globalization;
using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations;
using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.Deliveries;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Messages;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Slack.Requests;
using KeyAccountBot.StandIns;
using KeyAccountBot.Storage;

namespace KeyAccountBot.SlackRequests;

/// <summary>What the inbox needs of Slack.</summary>
internal interface ISlackWorkspace
{
    /// <summary>Says something to a user where they just acted, seen by nobody else; in a channel it is gone when they reload.</summary>
    Task SayAsync(string channel, string user, string text, CancellationToken cancellationToken);

    /// <summary>Shows a message to a user where they just acted, in the place of an earlier one where that is named.</summary>
    Task ShowAsync(string channel, OutboundMessage message, string? inPlaceOf, CancellationToken cancellationToken);

    /// <summary>Whether something comes from our own workspace; <c>null</c>, kept before workspaces were told, does where its user is a member.</summary>
    Task<bool> IsOursAsync(SlackOrigin? origin, CancellationToken cancellationToken);

    /// <summary>A full member of our own workspace; <c>null</c> for anybody else: a guest, a bot, a user of another workspace.</summary>
    Task<SlackMember?> MemberAsync(string user, CancellationToken cancellationToken);
}

/// <summary>A full member of our own workspace.</summary>
/// <param name="Email">Their address, where they have shown that it is theirs and Slack tells it.</param>
internal sealed record SlackMember(string? Email);

/// <summary>Works on what Slack told us, each act once, and only if it is of our own workspace.</summary>
internal sealed partial class SlackInboxWorker(
    ITableStore tables, IDelayedQueue queues, CompanyDirectory directory, FollowUpAnswers answers, SlackAnswers written, StandInAnswers standIns, DecisionMakers decisionMakers, Playbook playbook,
    ISlackWorkspace slack, BotOptions options,
    DeadLetters deadLetters, WorkTimes times, TimeProvider clock, WorkSignal signal, ILogger<SlackInboxWorker> logger)
    : QueueWorker(SlackInbox.Name, queues, deadLetters, times, clock, signal, logger)
{
    /// <inheritdoc/>
    protected override async Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        var item = JsonSerializer.Deserialize(message.Body.Span, SlackInboxJson.Default.SlackInboxItem)!;
        if (!await WasSeenAsync(item, cancellationToken))
        {
            await WorkOnAsync(item, cancellationToken);
            await tables.SubmitAsync(SlackInbox.Seen, DayOf(Clock.GetUtcNow()), [new TableOperation.Put(SeenKey(item), "{}"u8.ToArray())], CancellationToken.None);
        }

        await Queues.CompleteAsync(message, cancellationToken);
    }

    private async Task WorkOnAsync(SlackInboxItem item, CancellationToken cancellationToken)
    {
        if (!await slack.IsOursAsync(item.Origin, cancellationToken))
        {
            OfAnotherWorkspace(Logger);
            return;
        }

        var press = SlackPress.From(item.Value);
        var row = SlackRow.Read(item.Block);
        var touch = item.Action == DecisionMakersMessage.Verb ? TouchPress.From(item.Value) : null;
        var notice = StandInPress.IsVerb(item.Action) ? StandInPress.Of(item.Value) : null;
        var tenant = press?.T ?? row?.T ?? touch?.Tenant ?? notice?.Tenant ?? options.HomeTenant;
        var person = await FindAsync(tenant, item.User, cancellationToken);
        var texts = FollowUpMessage.Texts;
        var culture = FollowUpMessage.CultureOf(person);
        if (person is not null && item.Channel is { } here && (touch is not null || item.Action == DecisionMakersMessage.Asked))
        {
            await ShowDecisionMakersAsync(tenant, person, here, touch, item.Message, cancellationToken);
            return;
        }

        if (person is not null && item is { Action: SlackAnswers.Written, Value: { } words, Channel: { } direct }
            && await written.AnswerAsync(await SceneAsync(tenant, person, cancellationToken), words, CommandOf(item), cancellationToken) is { } said)
        {
            await slack.ShowAsync(direct, said, null, cancellationToken);
            return;
        }

        string sentence;
        if (person is null)
        {
            sentence = texts["Slack.WhoAreYou", culture];
        }
        else if (StandInPress.IsVerb(item.Action))
        {
            sentence = await standIns.PressAsync(await SceneAsync(tenant, person, cancellationToken), item.Action!, notice, CommandOf(item), cancellationToken);
        }
        else if (item is { Action: StandInPress.Written, Value: { } answer })
        {
            var (intent, whom) = Intents.Of(answer);
            sentence = await standIns.SayAsync(await SceneAsync(tenant, person, cancellationToken), intent, whom, CommandOf(item), cancellationToken);
        }
        else if (item.Type == SlackInboxItem.Written)
        {
            sentence = texts["Slack.InTeams", culture];
        }
        else if (item.Action?.StartsWith(FollowUpAnswers.Verb + "/", StringComparison.Ordinal) != true
            || (press ?? SlackRow.Chosen(item.Action, item.Block, item.Choice, culture)) is not { } given)
        {
            sentence = texts["Slack.UnknownAction", culture];
        }
        else
        {
            var result = await answers.AnswerAsync(
                tenant, person, given.O, given.C, given.Given, new CommandId(CommandOf(item)), ChannelIds.Slack, cancellationToken);
            sentence = result.Sentence;

            // among others nobody is shown what somebody may press instead
            if (result.Blocks is { Count: > 0 } && item.Channel is ['D', ..] chat)
            {
                await slack.ShowAsync(chat, SlackAnswers.MessageOf(result), null, cancellationToken);
                return;
            }
        }

        if (item.Channel is not { } channel)
        {
            return;
        }

        // what was asked which one is meant is answered in its place
        await (item.Action?.StartsWith(SlackAnswers.Which, StringComparison.Ordinal) == true
            ? slack.ShowAsync(channel, new OutboundMessage(sentence), item.Message, cancellationToken)
            : slack.SayAsync(channel, item.User, sentence, cancellationToken));
    }

    private static string CommandOf(SlackInboxItem item) => $"slack~{item.RepeatKey}";

    private async Task ShowDecisionMakersAsync(
        TenantId tenant, Person person, string channel, TouchPress? touch, string? pressed, CancellationToken cancellationToken)
    {
        var scene = await SceneAsync(tenant, person, cancellationToken);
        var news = touch is null ? null : await decisionMakers.TouchTodayAsync(scene, touch.Account, touch.Contact, cancellationToken);
        var message = DecisionMakersMessage.Of(scene, await decisionMakers.OfAsync(scene, cancellationToken), news);
        await slack.ShowAsync(channel, message, pressed, cancellationToken);
    }

    private async ValueTask<Scene> SceneAsync(TenantId tenant, Person person, CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        var company = await directory.GetAsync(tenant, cancellationToken);
        var today = FollowUpPolicy.CalendarOf(person, playbook.FollowUps).DateAt(now);
        return new Scene(tenant, person, company, Scene.CultureOf(person.Locale), now, today, ChannelIds.Slack);
    }

    private async ValueTask<Person?> FindAsync(TenantId tenant, string user, CancellationToken cancellationToken)
    {
        if (await slack.MemberAsync(user, cancellationToken) is not { } member)
        {
            return null;
        }

        var company = await directory.GetAsync(tenant, cancellationToken);
        return company.FindBySlackId(user)
            ?? (member.Email is { Length: > 0 } email && company.FindByEmail(email) is { SlackId: null } found ? found : null);
    }

    private async ValueTask<bool> WasSeenAsync(SlackInboxItem item, CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        return await tables.GetAsync(SlackInbox.Seen, DayOf(now), SeenKey(item), cancellationToken) is not null
            || await tables.GetAsync(SlackInbox.Seen, DayOf(now.AddDays(-1)), SeenKey(item), cancellationToken) is not null;
    }

    private static string DayOf(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string SeenKey(SlackInboxItem item) => $"seen|{item.Type}|{RowKeys.Escape(item.RepeatKey)}";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Passed over what Slack told: it comes from another workspace than ours.")]
    private static partial void OfAnotherWorkspace(ILogger logger);
}
