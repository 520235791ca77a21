using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Dialogs;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Messages;
using KeyAccountBot.People;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Slack.BlockKit;
using KeyAccountBot.Slack.WebApi;
using PlainText = KeyAccountBot.Messages.PlainText;

namespace KeyAccountBot.Channels.Slack;

/// <summary>Slack: conversations in direct messages and their threads, presses wherever a message of ours stands, and news in direct messages and rooms.</summary>
/// <param name="client">Makes a client; <c>null</c> while Slack is not configured.</param>
/// <param name="workspace">Knows who is of our own workspace: nobody else is recognised.</param>
/// <param name="members">Knows which workspace is ours: nobody of another is written to.</param>
/// <param name="addresses">Keeps the channel that was opened with each person.</param>
/// <param name="directory">Our people.</param>
/// <param name="options">Whose what names no company is.</param>
/// <param name="log">Says what was passed over.</param>
internal sealed partial class SlackChannel(
    Func<SlackWebApi?> client, ISlackWorkspace workspace, SlackMembers members, PersonAddresses addresses, CompanyDirectory directory, BotOptions options,
    ILogger<SlackChannel> log) : IChannel
{
    private SlackWebApi? forReplies;

    /// <summary>A message a second in each conversation (<see href="https://docs.slack.dev/apis/web-api/rate-limits">rate limits</see>).</summary>
    public static ChannelPace Pace { get; } = new([new(1, TimeSpan.FromSeconds(1))], []);

    /// <inheritdoc/>
    public string Id => ChannelIds.Slack;

    /// <inheritdoc/>
    public Channel? Reaches => Channel.Slack;

    /// <inheritdoc/>
    public ChannelAbilities Abilities =>
        ChannelAbilities.Dialogs | ChannelAbilities.UpdateInPlace | ChannelAbilities.Rooms | ChannelAbilities.Threads | ChannelAbilities.EphemeralWords;

    /// <inheritdoc/>
    public ChannelPace Takes => Pace;

    /// <inheritdoc/>
    /// <remarks>Slack is asked who somebody is: no guest, no bot, nobody of another workspace counts. Those hear nothing.</remarks>
    public async ValueTask<(TenantId Tenant, Person Person)?> FindAsync(
        Arrival arrival, TurnContext turn, IConversationMemory memory, CancellationToken cancellationToken)
    {
        var item = ((SlackArrival)arrival).Item;
        if (!await workspace.IsOursAsync(item.Origin, cancellationToken))
        {
            OfAnotherWorkspace(log);
            return null;
        }

        var tenant = SlackAct.TenantOf(item.Block) ?? options.HomeTenant;
        var company = await directory.GetAsync(tenant, cancellationToken);
        var person = await workspace.MemberAsync(item.User, cancellationToken) is not { } member ? null
            : company.FindBySlackId(item.User)
                ?? (member.Email is { Length: > 0 } email && company.FindByEmail(email) is { SlackId: null } found ? found : null);
        if (person is null)
        {
            turn.Send(FollowUpMessage.Texts["Slack.WhoAreYou", Scene.CultureOf(null)]);
            return null;
        }

        memory.BelongsTo(person.Id);
        return (tenant, person);
    }

    /// <inheritdoc/>
    /// <remarks>Where the direct message cannot be opened, the speaker alone is shown the answer where they pressed.</remarks>
    public async ValueTask<Arrival?> AsideAsync(Arrival arrival, TenantId tenant, Person person, CancellationToken cancellationToken)
    {
        if (client()?.WithoutWaiting() is not { } web)
        {
            return null;
        }

        try
        {
            return ((SlackArrival)arrival).Aside(await web.OpenConversationAsync(arrival.User, cancellationToken));
        }
        catch (SlackApiException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The first card takes the place of the pressed message, and so does whatever follows a question that was answered by a button. What a
    /// follow-up's message turns into is shown by those who bring all sent messages in line, so its answer is said. Among others only the
    /// one who pressed reads the answer, and no buttons.
    /// </remarks>
    public DrawnTurn Draw(Arrival arrival, TenantId? tenant, IReadOnlyList<Message> said)
    {
        var (place, thread, pressed) = ((SlackArrival)arrival is var from ? from.Place : "", from.Item.Thread, from.PressedMessage);
        var isAnswer = arrival.What is Incoming.Pressed { Verb: PressAction.AnswerVerb };
        List<JsonElement> replies = [];
        foreach (var message in said)
        {
            if (arrival.IsAmongOthers)
            {
                replies.Add(Element(ChatCall.Ephemeral(place, arrival.User, PlainText.Of(message))));
                continue;
            }

            var document = SlackBlocks.Of(message, tenant ?? options.HomeTenant);
            if (pressed is not null && !message.LeavesPressed && (message.IsCard || isAnswer))
            {
                replies.Add(Element(ChatCall.Update(place, pressed, document)));
                pressed = null;
                continue;
            }

            replies.Add(Element(ChatCall.Post(place, document, thread)));
        }

        return new DrawnTurn(replies);
    }

    /// <inheritdoc/>
    public JsonElement Sentence(JsonElement like, string words) =>
        Read(like) is var call ? Element(ChatCall.Post(call.Channel, new BlockKitDocument(words), call.ThreadTs)) : like;

    /// <inheritdoc/>
    public async Task SendAsync(JsonElement reply, CancellationToken cancellationToken)
    {
        forReplies ??= Client().WithoutWaiting();
        try
        {
            await forReplies.SendAsync(Read(reply), cancellationToken);
        }
        catch (SlackApiException e) when (e.IsPermanentForRecipient)
        {
            // they closed the conversation, or left the channel, in the meantime
        }
        catch (SlackApiException e)
        {
            throw NotSent(e);
        }
    }

    /// <inheritdoc/>
    public string WordsOf(JsonElement reply) => Read(reply).Text;

    private static ChatCall Read(JsonElement reply) => new(reply.GetProperty("method").GetString()!, reply.GetProperty("body"));

    private static JsonElement Element(ChatCall call) => DialogJson.ToElement(new { method = call.Method, body = call.Body });

    [LoggerMessage(Level = LogLevel.Warning, Message = "Passed over what Slack told: it comes from another workspace than ours.")]
    private static partial void OfAnotherWorkspace(ILogger logger);
}
