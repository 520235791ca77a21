using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KeyAccountBot.Sales.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KeyAccountBot.Sandbox.FarEnds;

/// <summary>
/// What Slack is to the bot: its Web API, as far as the bot calls it (<see href="https://docs.slack.dev/reference/methods">methods</see>),
/// and its signature on what it posts. A direct message is <c>D</c> and the user's id.
/// </summary>
internal sealed class SlackFarEnd(Transcript transcript, TimeProvider clock)
{
    /// <summary>The workspace.</summary>
    public const string Team = "TSANDBOX";

    /// <summary>The bot's token here; another one at every start.</summary>
    public string BotToken { get; } = "xoxb-" + Secret();

    /// <summary>The secret that requests to the bot are signed with.</summary>
    public string SigningSecret { get; } = Secret();

    /// <summary>Knows the people, once the bot has opened its store.</summary>
    public Func<ValueTask<Company>> People { get; set; } = () => ValueTask.FromResult(Company.Empty);

    /// <summary>A person's user id in Slack.</summary>
    public static string UserOf(Person person) => person.SlackId ?? "U" + person.Id.Value;

    /// <summary>The direct message with a person.</summary>
    public static string ChannelOf(Person person) => "D" + UserOf(person);

    /// <summary>The headers that make a request ours (<see href="https://docs.slack.dev/authentication/verifying-requests-from-slack">verifying requests</see>).</summary>
    public IEnumerable<(string Name, string Value)> SignatureOf(string body)
    {
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(SigningSecret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}"));
        return [("X-Slack-Request-Timestamp", timestamp), ("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(mac))];
    }

    /// <summary>Maps the Web API.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/slack/api").AddEndpointFilter(async (call, next) =>
            call.HttpContext.Request.Headers.Authorization == "Bearer " + BotToken ? await next(call) : Failure("invalid_auth"));
        api.MapPost("/auth.test", () => Results.Json(new { ok = true, team_id = Team, team = "Sandbox", user_id = "UBOT", bot_id = "BBOT" }));
        api.MapPost("/conversations.open", async (JsonElement body) => await FindAsync(p => UserOf(p) == body.GetProperty("users").GetString()) is { } person
            ? Results.Json(new { ok = true, channel = new { id = ChannelOf(person) } })
            : Failure("user_not_found"));
        api.MapPost("/users.lookupByEmail", (HttpRequest request) => UserAsync(request, "email", (p, email) => string.Equals(p.Email, email, StringComparison.OrdinalIgnoreCase)));
        api.MapPost("/users.info", (HttpRequest request) => UserAsync(request, "user", (p, id) => UserOf(p) == id));
        api.MapPost("/chat.postMessage", (JsonElement body) => TakeAsync(body, null));
        api.MapPost("/chat.update", (JsonElement body) => TakeAsync(body, body.GetProperty("ts").GetString()));
    }

    private async Task<IResult> TakeAsync(JsonElement body, string? ts)
    {
        var channel = body.GetProperty("channel").GetString();
        if (await FindAsync(p => ChannelOf(p) == channel) is not { } person)
        {
            return Failure("channel_not_found");
        }

        ts ??= transcript.NextId("ts");
        transcript.Put(new TranscriptLine(
            Transcript.Slack, person.Id.Value, ts, true, clock.GetUtcNow(), body.GetProperty("text").GetString(),
            Blocks: body.TryGetProperty("blocks", out var blocks) && blocks.ValueKind == JsonValueKind.Array && blocks.GetArrayLength() > 0 ? blocks.Clone() : null));
        return Results.Json(new { ok = true, channel, ts });
    }

    private async Task<IResult> UserAsync(HttpRequest request, string field, Func<Person, string, bool> fits)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var wanted = form[field].ToString();
        return await FindAsync(p => fits(p, wanted)) is { } person
            ? Results.Json(new { ok = true, user = new { id = UserOf(person), team_id = Team, real_name = person.Name, tz = person.TimeZone, profile = new { email = person.Email } } })
            : Failure("users_not_found");
    }

    private async ValueTask<Person?> FindAsync(Func<Person, bool> fits) => (await People()).People.FirstOrDefault(fits);

    private static IResult Failure(string error) => Results.Json(new { ok = false, error });

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
