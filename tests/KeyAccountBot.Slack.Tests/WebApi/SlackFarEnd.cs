using System.Net;
using System.Text;
using System.Threading.Channels;
using KeyAccountBot.Slack.WebApi;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace KeyAccountBot.Slack.Tests.WebApi;

/// <summary>A far end that answers as told, and a clock that moves only as far as the call waits.</summary>
internal sealed class SlackFarEnd : HttpMessageHandler
{
    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> answers = new();

    private readonly WaitingClock clock = new();

    public List<(string Path, string? Token, string? MediaType, string Body)> Requests { get; } = [];

    public SlackWebApi Api => new(
        new HttpClient(this) { Timeout = Timeout.InfiniteTimeSpan },
        Options.Create(new SlackOptions { BotToken = "xoxb-1", SigningSecret = "s" }),
        clock);

    public SlackFarEnd Answers(string json, HttpStatusCode status = HttpStatusCode.OK, string? retryAfter = null)
    {
        answers.Enqueue(_ =>
        {
            var response = new HttpResponseMessage(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
            if (retryAfter is not null)
            {
                response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
            }

            return Task.FromResult(response);
        });
        return this;
    }

    public SlackFarEnd Breaks()
    {
        answers.Enqueue(_ => throw new HttpRequestException("Connection reset."));
        return this;
    }

    public SlackFarEnd KeepsSilent()
    {
        answers.Enqueue(async cancellation =>
        {
            clock.Waits.Writer.TryWrite(SlackWebApi.TryTimeout);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            throw new InvalidOperationException("Never reached.");
        });
        return this;
    }

    /// <summary>Moves the clock by each wait the call comes to, until it is done; answers how long that took.</summary>
    public async Task<TimeSpan> TimeUntilDone(Task call)
    {
        var waited = TimeSpan.Zero;
        while (true)
        {
            var next = clock.Waits.Reader.WaitToReadAsync().AsTask();
            if (await Task.WhenAny(call, next) == call)
            {
                return waited;
            }

            var wait = await clock.Waits.Reader.ReadAsync();
            waited += wait;
            clock.Advance(wait);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add((
            request.RequestUri!.AbsoluteUri,
            request.Headers.Authorization?.ToString(),
            request.Content!.Headers.ContentType?.MediaType,
            await request.Content.ReadAsStringAsync(cancellationToken)));
        return await answers.Dequeue()(cancellationToken);
    }
}

/// <summary>A clock that tells of every wait begun on it, but for the limit of a try, which only a silent far end lets pass.</summary>
internal sealed class WaitingClock() : FakeTimeProvider(new DateTimeOffset(2024, 11, 24, 8, 0, 0, TimeSpan.Zero))
{
    public Channel<TimeSpan> Waits { get; } = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime != SlackWebApi.TryTimeout)
        {
            Waits.Writer.TryWrite(dueTime);
        }

        return timer;
    }
}
