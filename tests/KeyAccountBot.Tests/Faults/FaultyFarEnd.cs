using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using KeyAccountBot.Sales;

namespace KeyAccountBot.Tests.Faults;

/// <summary>What Slack or the connector does with a message.</summary>
public enum FarEndFault
{
    /// <summary>Takes it and says so.</summary>
    None,

    /// <summary>Answers 429 and wants to be left alone for two minutes.</summary>
    TooMany,

    /// <summary>Answers 500.</summary>
    ServerError,

    /// <summary>Refuses the app itself: 401, or <c>invalid_auth</c>.</summary>
    RefusesApp,

    /// <summary>Cannot be reached.</summary>
    Unreachable,

    /// <summary>Is silent for 30 seconds, by the story's clock, and has not taken it.</summary>
    Hangs,

    /// <summary>Takes it, and is silent for 30 seconds.</summary>
    HangsAfterTaking,

    /// <summary>Takes it, and drops the connection.</summary>
    DropsAfterTaking,
}

/// <summary>Slack and the connector behind the real clients: every message may meet a fault, and all that is taken is remembered.</summary>
internal sealed class FaultyFarEnd(TimeProvider clock, List<Told> told, Func<int, FarEndFault> befalls) : HttpMessageHandler
{
    public static readonly TimeSpan LeaveAlone = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
    private readonly Lock gate = new();
    private readonly Dictionary<(string Conversation, string Words), DateTimeOffset> quietUntil = [];
    private int messages;

    /// <summary>How often a message was taken without the bot's hearing so.</summary>
    public int Unanswered { get; private set; }

    /// <summary>How often a message came again before the time that its refusal had asked for.</summary>
    public int Pestered { get; private set; }

    /// <summary>How many messages came, taken or not.</summary>
    public int Messages => messages;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        var text = await request.Content!.ReadAsStringAsync(cancellationToken);
        var body = text.StartsWith('{') ? JsonNode.Parse(text)! : null;
        if (path.EndsWith("/v3/conversations", StringComparison.Ordinal))
        {
            return Json(new { id = (string)body!["members"]![0]!["id"]! });
        }

        if (path.EndsWith("/auth.test", StringComparison.Ordinal))
        {
            return Json(new { ok = true, team_id = "T1", user_id = "UBOT" });
        }

        if (path.EndsWith("/users.info", StringComparison.Ordinal))
        {
            return Json(new { ok = true, user = new { id = text.Split('=')[1], team_id = "T1" } });
        }

        if (path.EndsWith("/conversations.open", StringComparison.Ordinal))
        {
            return Json(new { ok = true, channel = new { id = (string?)body?["users"] } });
        }

        var isSlack = path.EndsWith("/chat.postMessage", StringComparison.Ordinal);
        var conversation = isSlack ? (string)body!["channel"]! : Uri.UnescapeDataString(path.Split('/')[^2]);
        var words = (string)(isSlack ? body!["text"] : body!["summary"])!;
        return await TakeAsync(conversation, words, isSlack, cancellationToken);
    }

    private async Task<HttpResponseMessage> TakeAsync(string conversation, string words, bool isSlack, CancellationToken cancellationToken)
    {
        FarEndFault fault;
        lock (gate)
        {
            fault = befalls(++messages);
            var now = clock.GetUtcNow();
            Pestered += quietUntil.TryGetValue((conversation, words), out var quiet) && now < quiet ? 1 : 0;
            if (fault == FarEndFault.TooMany)
            {
                quietUntil[(conversation, words)] = now + LeaveAlone;
            }
            else if (fault is FarEndFault.None or FarEndFault.HangsAfterTaking or FarEndFault.DropsAfterTaking)
            {
                // t-anna and U-melvin: who they are stands behind the channel's letter
                told.Add(new Told(new PersonId(conversation[2..]), words, now));
                Unanswered += fault == FarEndFault.None ? 0 : 1;
            }
        }

        switch (fault)
        {
            case FarEndFault.TooMany:
                var tooMany = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
                tooMany.Headers.RetryAfter = new RetryConditionHeaderValue(LeaveAlone);
                return tooMany;
            case FarEndFault.ServerError:
                return new HttpResponseMessage(HttpStatusCode.InternalServerError);
            case FarEndFault.RefusesApp:
                return isSlack ? Json(new { ok = false, error = "invalid_auth" }) : new HttpResponseMessage(HttpStatusCode.Unauthorized);
            case FarEndFault.Unreachable:
                throw new HttpRequestException("The far end cannot be reached.");
            case FarEndFault.Hangs or FarEndFault.HangsAfterTaking:
                await Task.Delay(Silence, clock, cancellationToken);
                throw new HttpRequestException("The far end said nothing and closed the connection.");
            case FarEndFault.DropsAfterTaking:
                throw new HttpRequestException("The far end dropped the connection.");
            default:
                return isSlack ? Json(new { ok = true, channel = conversation, ts = $"{messages}.1" }) : Json(new { id = $"sent-{messages}" });
        }
    }

    private static HttpResponseMessage Json<T>(T body) => new(HttpStatusCode.OK) { Content = JsonContent.Create(body) };
}
