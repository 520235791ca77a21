using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;

namespace KeyAccountBot.Slack.WebApi;

/// <summary>
/// Slack's <see href="https://docs.slack.dev/apis/web-api/">Web API</see>; one file for each family of methods. Server errors and a lost
/// network are tried again, so a message may in rare cases arrive twice: Slack offers no key against it.
/// </summary>
public sealed partial class SlackWebApi(HttpClient http, IOptions<SlackOptions> options, TimeProvider time)
{
    /// <summary>How often one call is tried in all.</summary>
    public const int Tries = 4;

    /// <summary>How long one try may take.</summary>
    public static TimeSpan TryTimeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest <c>Retry-After</c> waited out here (<see href="https://docs.slack.dev/apis/web-api/rate-limits">rate limits</see>); a longer one is the caller's to schedule.</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromSeconds(60);

    private int tries = Tries;

    /// <summary>
    /// The same API for a caller that schedules its own tries: each call is tried once, and a failure says at once how long Slack asks to
    /// wait (<see href="https://docs.slack.dev/apis/web-api/rate-limits">rate limits</see>).
    /// </summary>
    public SlackWebApi WithoutWaiting() => new(http, options, time) { tries = 1 };

    private Task<TAnswer> PostJsonAsync<TBody, TAnswer>(
        string method, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellation)
        where TAnswer : ISlackAnswer
    {
        var json = JsonSerializer.Serialize(body, bodyType);
        return CallAsync(method, () => new StringContent(json, Encoding.UTF8, "application/json"), answerType, cancellation);
    }

    // the reading methods take no JSON; as a form, an e-mail address stays out of URLs and their logs
    private Task<TAnswer> PostFormAsync<TAnswer>(
        string method, string name, string value, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellation)
        where TAnswer : ISlackAnswer =>
        CallAsync(method, () => new FormUrlEncodedContent([KeyValuePair.Create(name, value)]), answerType, cancellation);

    private async Task<TAnswer> CallAsync<TAnswer>(
        string method, Func<HttpContent> content, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellation)
        where TAnswer : ISlackAnswer
    {
        for (var attempt = 1; ; attempt++)
        {
            var (answer, failure, wait) = await TryOnceAsync(method, content(), answerType, attempt, cancellation);
            if (failure is null)
            {
                return answer!;
            }

            if (wait is not { } pause || pause > LongestWait || attempt == tries)
            {
                throw failure;
            }

            await Task.Delay(pause, time, cancellation);
        }
    }

    private async Task<(TAnswer? Answer, SlackApiException? Failure, TimeSpan? Wait)> TryOnceAsync<TAnswer>(
        string method, HttpContent content, JsonTypeInfo<TAnswer> answerType, int attempt, CancellationToken cancellation)
        where TAnswer : ISlackAnswer
    {
        using var deadline = new CancellationTokenSource(TryTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(method)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.BotToken);
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                var asked = RetryAfter(response) ?? BackOff(attempt);
                return (default, new SlackApiException(method, "ratelimited", asked), asked);
            }

            if (!response.IsSuccessStatusCode)
            {
                return (default, new SlackApiException(method, $"http_{(int)response.StatusCode}"), (int)response.StatusCode >= 500 ? BackOff(attempt) : null);
            }

            var answer = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(either.Token), answerType);
            return answer switch
            {
                { Ok: true } => (answer, null, null),
                { Error: "ratelimited" } => (default, new SlackApiException(method, "ratelimited", RetryAfter(response)), RetryAfter(response) ?? BackOff(attempt)),
                { Error: "internal_error" or "service_unavailable" or "request_timeout" or "fatal_error" } =>
                    (default, new SlackApiException(method, answer.Error), BackOff(attempt)),
                _ => (default, new SlackApiException(method, answer?.Error ?? "unreadable"), null),
            };
        }
        catch (JsonException exception)
        {
            return (default, new SlackApiException(method, "unreadable", inner: exception), null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return (default, new SlackApiException(method, "unreachable", inner: exception), BackOff(attempt));
        }
    }

    private Uri AddressOf(string method)
    {
        var root = options.Value.ApiBaseUrl.AbsoluteUri;
        return new Uri(root.EndsWith('/') ? root + method : $"{root}/{method}");
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };

    // 1, 2, 4 seconds, each shortened by up to half, so that callers do not come back together
    private static TimeSpan BackOff(int attempt) =>
        TimeSpan.FromSeconds(Math.Pow(2, attempt - 1) * (1 - (Random.Shared.NextDouble() / 2)));

    private static T Present<T>(string method, T? value)
        where T : class =>
        value ?? throw new SlackApiException(method, "unreadable");
}
