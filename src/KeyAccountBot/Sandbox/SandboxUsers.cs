using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sandbox.FarEnds;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace KeyAccountBot.Sandbox;

/// <summary>The people at the page: what they say and press reaches the bot as Teams and Slack send it, with token and signature.</summary>
internal sealed class SandboxUsers(SandboxHost sandbox, HttpClient http, IServer server)
{
    private const string Tenant = "sandbox-tenant";
    private readonly string run = Guid.NewGuid().ToString("N")[..8];

    /// <summary>Installs the bot for a person in Teams, or upgrades it there (<see href="https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events#installation-update-event">installationUpdate</see>): it greets whom it has not greeted yet, and learns where to reach them.</summary>
    /// <param name="person">Who uses it.</param>
    /// <param name="action"><c>add</c> or <c>add-upgrade</c>.</param>
    /// <param name="cancellationToken">Stops waiting for the bot.</param>
    public Task InstallAsync(Person person, string action, CancellationToken cancellationToken) =>
        PostAsync(Activity(person, ActivityTypes.InstallationUpdate) with { Action = action }, cancellationToken);

    /// <summary>Says something to the bot in Teams.</summary>
    public async Task SayInTeamsAsync(Person person, string text, CancellationToken cancellationToken)
    {
        var activity = Activity(person, ActivityTypes.Message) with { Text = text };
        sandbox.Transcript.Put(new TranscriptLine(Transcript.Teams, person.Id.Value, activity.Id!, false, sandbox.Clock.GetUtcNow(), text));
        await PostAsync(activity, cancellationToken);
    }

    /// <summary>Presses a card's <c>Action.Execute</c>: the card in the answer takes the pressed one's place, a sentence stands below it.</summary>
    public async Task PressInTeamsAsync(Person person, string message, JsonElement action, CancellationToken cancellationToken)
    {
        var value = JsonSerializer.SerializeToElement(new { action }, JsonSerializerOptions.Web);
        var activity = Activity(person, ActivityTypes.Invoke) with { Name = "adaptiveCard/action", Value = value, ReplyToId = message };
        var body = await PostAsync(activity, cancellationToken);
        if (body.Length == 0 || JsonSerializer.Deserialize(body, ActivityJson.Default.AdaptiveCardInvokeResponse) is not { } answer)
        {
            return;
        }

        var now = sandbox.Clock.GetUtcNow();
        sandbox.Transcript.Put(answer.Type == Attachment.AdaptiveCard
            ? new TranscriptLine(Transcript.Teams, person.Id.Value, message, true, now, Card: answer.Value)
            : new TranscriptLine(Transcript.Teams, person.Id.Value, sandbox.Transcript.NextId("notice"), true, now, answer.Value?.GetString()));
    }

    /// <summary>Submits a card's <c>Action.Submit</c>.</summary>
    public Task SubmitInTeamsAsync(Person person, string message, JsonElement value, CancellationToken cancellationToken) =>
        PostAsync(Activity(person, ActivityTypes.Message) with { Value = value, ReplyToId = message }, cancellationToken);

    /// <summary>Writes to the bot in Slack (<see href="https://docs.slack.dev/reference/events/message.im">message.im</see>).</summary>
    public Task SayInSlackAsync(Person person, string text, CancellationToken cancellationToken)
    {
        var ts = sandbox.Transcript.NextId("ts");
        sandbox.Transcript.Put(new TranscriptLine(Transcript.Slack, person.Id.Value, ts, false, sandbox.Clock.GetUtcNow(), text));
        var body = new JsonObject
        {
            ["type"] = "event_callback",
            ["team_id"] = SlackFarEnd.Team,
            ["event_id"] = Unique(ts),
            ["event"] = new JsonObject
            {
                ["type"] = "message",
                ["channel_type"] = "im",
                ["channel"] = SlackFarEnd.ChannelOf(person),
                ["user"] = SlackFarEnd.UserOf(person),
                ["text"] = text,
                ["ts"] = ts,
            },
        };
        return PostSignedAsync("slack/events", body.ToJsonString(), "application/json", cancellationToken);
    }

    /// <summary>Presses a button in Slack (<see href="https://docs.slack.dev/reference/interaction-payloads/block_actions-payload">block_actions</see>).</summary>
    public Task PressInSlackAsync(Person person, string ts, JsonElement element, CancellationToken cancellationToken)
    {
        var press = sandbox.Transcript.NextId("press");
        var pressed = JsonNode.Parse(element.GetRawText())!.AsObject();
        pressed["action_ts"] = press;
        var channel = SlackFarEnd.ChannelOf(person);
        var payload = new JsonObject
        {
            ["type"] = "block_actions",
            ["user"] = new JsonObject { ["id"] = SlackFarEnd.UserOf(person), ["username"] = person.Name, ["team_id"] = SlackFarEnd.Team },
            ["team"] = new JsonObject { ["id"] = SlackFarEnd.Team },
            ["trigger_id"] = Unique(press),
            ["container"] = new JsonObject { ["type"] = "message", ["message_ts"] = ts, ["channel_id"] = channel },
            ["channel"] = new JsonObject { ["id"] = channel },
            ["message"] = new JsonObject { ["ts"] = ts },
            ["actions"] = new JsonArray(pressed),
        };
        return PostSignedAsync(
            "slack/interactions", "payload=" + Uri.EscapeDataString(payload.ToJsonString()), "application/x-www-form-urlencoded", cancellationToken);
    }

    private Activity Activity(Person person, string type) => new()
    {
        Type = type,
        Id = Unique(sandbox.Transcript.NextId("activity")),
        Timestamp = sandbox.Clock.GetUtcNow(),
        ChannelId = ChannelIds.Teams,
        ServiceUrl = sandbox.ServiceUrl,
        From = new ChannelAccount(TeamsFarEnd.UserOf(person.Id), person.Name, person.TeamsId),
        Recipient = new ChannelAccount("28:" + TeamsFarEnd.AppId, "Key Account Bot"),
        Conversation = new ConversationAccount(TeamsFarEnd.ConversationOf(person.Id), "personal", Tenant),
        Locale = person.Locale,
    };

    // ids begin anew at every start, and the bot remembers those it has answered
    private string Unique(string id) => $"{run}-{id}";

    private async Task<string> PostAsync(Activity activity, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Bot(), "api/messages"))
        {
            Content = JsonContent.Create(activity, ActivityJson.Default.Activity),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", sandbox.Teams.TokenFor(sandbox.ServiceUrl));
        return await SendAsync(request, cancellationToken);
    }

    private async Task PostSignedAsync(string path, string body, string mediaType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Bot(), path)) { Content = new StringContent(body, Encoding.UTF8, mediaType) };
        foreach (var (name, value) in sandbox.Slack.SignatureOf(body))
        {
            request.Headers.Add(name, value);
        }

        await SendAsync(request, cancellationToken);
    }

    private async Task<string> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? body
            : throw new HttpRequestException($"The bot answered {(int)response.StatusCode}: {body}", null, response.StatusCode);
    }

    // where the bot itself listens; a wildcard stands for this machine
    private Uri Bot()
    {
        var address = server.Features.Get<IServerAddressesFeature>()!.Addresses.OrderBy(a => a.StartsWith("https", StringComparison.Ordinal)).First();
        var uri = new UriBuilder(address.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal));
        if (uri.Host is "0.0.0.0" or "[::]")
        {
            uri.Host = "localhost";
        }

        return uri.Uri;
    }
}
