using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using KeyAccountBot.BotFramework.Schema;

namespace KeyAccountBot.BotFramework.Connector;

/// <summary>
/// The Bot Connector's REST calls (Bot Framework REST API, <c>v3/conversations</c>). Each is tried up to four times on 412, 429,
/// 5xx and network faults, waiting as <c>Retry-After</c> says, else ever longer; each try is bounded by ten seconds.
/// </summary>
public sealed partial class ConnectorClient(HttpClient http, ConnectorToken token, ConnectorCredentialsOptions options, TimeProvider clock)
{
    private const int Tries = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private const int LargestError = 16 * 1024;
    private const int LongestCode = 60;
    private static readonly MediaTypeHeaderValue Json = new("application/json", "utf-8");
    private int tries = Tries;

    /// <summary>The same connector for a caller that schedules its own tries: each call is tried once, and a failure says at once how long the connector asks to wait.</summary>
    public ConnectorClient WithoutWaiting() => new(http, token, options, clock) { tries = 1 };

    /// <summary>Sends an activity to a conversation; the new activity's id.</summary>
    /// <exception cref="ConnectorException">It was not taken.</exception>
    public async Task<string?> SendToConversationAsync(string serviceUrl, string conversationId, Activity activity, CancellationToken cancellationToken) =>
        (await CallAsync(
            HttpMethod.Post, serviceUrl, $"v3/conversations/{Uri.EscapeDataString(conversationId)}/activities",
            activity, ActivityJson.Default.Activity, ActivityJson.Default.ResourceResponse, cancellationToken))?.Id;

    /// <summary>Sends an activity that is written already; the new activity's id.</summary>
    /// <exception cref="ConnectorException">It was not taken.</exception>
    public async Task<string?> SendToConversationAsync(string serviceUrl, string conversationId, JsonElement activity, CancellationToken cancellationToken) =>
        (await CallAsync(
            HttpMethod.Post, serviceUrl, $"v3/conversations/{Uri.EscapeDataString(conversationId)}/activities",
            JsonMarshal.GetRawUtf8Value(activity).ToArray(), ActivityJson.Default.ResourceResponse, cancellationToken))?.Id;

    /// <summary>Replaces an activity that we sent.</summary>
    /// <exception cref="ConnectorException">It was not taken.</exception>
    public Task UpdateActivityAsync(string serviceUrl, string conversationId, string activityId, Activity activity, CancellationToken cancellationToken) =>
        CallAsync(
            HttpMethod.Put, serviceUrl, $"v3/conversations/{Uri.EscapeDataString(conversationId)}/activities/{Uri.EscapeDataString(activityId)}",
            activity, ActivityJson.Default.Activity, ActivityJson.Default.ResourceResponse, cancellationToken);

    /// <summary>Deletes an activity that we sent.</summary>
    /// <exception cref="ConnectorException">It was not taken.</exception>
    public Task DeleteActivityAsync(string serviceUrl, string conversationId, string activityId, CancellationToken cancellationToken) =>
        CallAsync<Activity, ResourceResponse>(
            HttpMethod.Delete, serviceUrl, $"v3/conversations/{Uri.EscapeDataString(conversationId)}/activities/{Uri.EscapeDataString(activityId)}",
            null, null, ActivityJson.Default.ResourceResponse, cancellationToken);

    /// <summary>Opens a personal conversation with a user; its id.</summary>
    /// <exception cref="ConnectorException">The bot is not installed for them, or they are gone.</exception>
    public async Task<string?> CreateConversationAsync(string serviceUrl, string botId, string? tenantId, string memberId, CancellationToken cancellationToken) =>
        (await CallAsync(
            HttpMethod.Post, serviceUrl, "v3/conversations",
            new ConversationParameters(new ChannelAccount(botId), [new ChannelAccount(memberId)], false, tenantId),
            ConnectorJson.Default.ConversationParameters, ActivityJson.Default.ResourceResponse, cancellationToken))?.Id;

    /// <summary>One member of a conversation, with e-mail and principal name.</summary>
    /// <exception cref="ConnectorException">They are no member, or the conversation is gone.</exception>
    public Task<ChannelAccount?> GetMemberAsync(string serviceUrl, string conversationId, string memberId, CancellationToken cancellationToken) =>
        CallAsync<Activity, ChannelAccount>(
            HttpMethod.Get, serviceUrl, $"v3/conversations/{Uri.EscapeDataString(conversationId)}/members/{Uri.EscapeDataString(memberId)}",
            null, null, ActivityJson.Default.ChannelAccount, cancellationToken);

    private Task<TAnswer?> CallAsync<TBody, TAnswer>(
        HttpMethod method, string serviceUrl, string path, TBody? body, JsonTypeInfo<TBody>? bodyType,
        JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
        where TBody : class
        where TAnswer : class =>
        CallAsync(method, serviceUrl, path, body is null ? null : JsonSerializer.SerializeToUtf8Bytes(body, bodyType!), answerType, cancellationToken);

    // the body is written once for all tries, and of known length: no chunks on the wire
    private async Task<TAnswer?> CallAsync<TAnswer>(
        HttpMethod method, string serviceUrl, string path, byte[]? bytes, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
        where TAnswer : class
    {
        var uri = new Uri(AddressOf(serviceUrl), path);
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? wait = null;
            string problem;
            HttpStatusCode? status = null;
            try
            {
                using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                bound.CancelAfter(Patience);
                using var request = new HttpRequestMessage(method, uri);
                if (await token.GetAsync(bound.Token) is { } bearer)
                {
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
                }

                if (bytes is not null)
                {
                    request.Content = new ByteArrayContent(bytes) { Headers = { ContentType = Json } };
                }

                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, bound.Token);
                if (response.IsSuccessStatusCode)
                {
                    return await AnswerOfAsync(response, answerType, bound.Token);
                }

                status = response.StatusCode;
                if (status == HttpStatusCode.Unauthorized)
                {
                    // what proves us is asked for anew, should it have been mended meanwhile
                    token.Forget();
                }

                problem = $"The connector answered {(int)response.StatusCode} to {method} v3/conversations.";
                if (!MayPass(response.StatusCode))
                {
                    throw new ConnectorException(status, problem, isPermanent: status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound
                        or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest)
                    {
                        Code = await CodeOfAsync(response, bound.Token),
                    };
                }

                wait = response.Headers.RetryAfter is { } retry ? retry.Delta ?? (retry.Date - clock.GetUtcNow()) : null;
            }
            catch (HttpRequestException e)
            {
                problem = $"The connector cannot be reached: {e.HttpRequestError}.";
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                problem = $"The connector did not answer within {Patience.TotalSeconds:0} s.";
            }

            if (attempt == tries || wait > LongestWait)
            {
                throw new ConnectorException(status, problem, isPermanent: false, wait);
            }

            var backOff = TimeSpan.FromMilliseconds(200 * (1 << attempt) * (0.75 + (Random.Shared.NextDouble() / 2)));
            await Task.Delay(wait is { } asked && asked > TimeSpan.Zero ? asked : backOff, clock, cancellationToken);
        }
    }

    private static async Task<TAnswer?> AnswerOfAsync<TAnswer>(HttpResponseMessage response, JsonTypeInfo<TAnswer> type, CancellationToken cancellationToken)
        where TAnswer : class
    {
        if (response.Content.Headers.ContentLength == 0 || response.StatusCode == HttpStatusCode.NoContent)
        {
            return null;
        }

        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken);
        }
        catch (JsonException)
        {
            // taken, but answered with something else than its id: there is nothing to update later
            return null;
        }
    }

    // {"error":{"code":"BotNotInConversationRoster","message":"…"}}; the message may name somebody and is left out
    private static async Task<string?> CodeOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(LargestError, cancellationToken);
            var code = (await response.Content.ReadFromJsonAsync(ConnectorJson.Default.ConnectorError, cancellationToken))?.Error?.Code;
            return code is { Length: > 0 and <= LongestCode } && code.All(char.IsAsciiLetterOrDigit) ? code : null;
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or InvalidOperationException or OperationCanceledException)
        {
            // the status says enough
            return null;
        }
    }

    private Uri AddressOf(string serviceUrl)
    {
        var address = new Uri(serviceUrl.EndsWith('/') ? serviceUrl : serviceUrl + "/", UriKind.Absolute);
        return address.Scheme == Uri.UriSchemeHttps || (options.AllowPlainHttpLoopback && address.IsLoopback)
            ? address
            : throw new ConnectorException(null, "Activities are sent over https only.", isPermanent: true);
    }

    private static bool MayPass(HttpStatusCode status) =>
        status is HttpStatusCode.PreconditionFailed or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500;

    internal sealed record ConversationParameters(ChannelAccount Bot, IReadOnlyList<ChannelAccount> Members, bool IsGroup, string? TenantId);

    internal sealed record ConnectorError(ConnectorErrorDetail? Error);

    internal sealed record ConnectorErrorDetail(string? Code);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(ConversationParameters))]
    [JsonSerializable(typeof(ConnectorError))]
    private sealed partial class ConnectorJson : JsonSerializerContext;
}
