using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using KeyAccountBot.Deliveries;
using KeyAccountBot.People;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sandbox.FarEnds;
using KeyAccountBot.Storage.Engines;
using Microsoft.AspNetCore.Http.HttpResults;

namespace KeyAccountBot.Sandbox;

/// <summary>Something said at the page.</summary>
/// <param name="App"><c>teams</c> or <c>slack</c>.</param>
/// <param name="Person">Who says it.</param>
/// <param name="Text">What.</param>
internal sealed record SandboxWords(string App, string Person, string Text);

/// <summary>Something pressed at the page.</summary>
/// <param name="App"><c>teams</c> or <c>slack</c>.</param>
/// <param name="Person">Who presses it.</param>
/// <param name="Message">On which message.</param>
/// <param name="Action">An Adaptive Card action with its inputs among the data, or a Block Kit element.</param>
internal sealed record SandboxPress(string App, string Person, string Message, JsonElement Action);

/// <summary>A chat in Teams that is opened at the page.</summary>
/// <param name="Person">Whose.</param>
internal sealed record SandboxChat(string Person);

/// <summary>How far to move the clock.</summary>
/// <param name="Hours">Hours.</param>
/// <param name="BusinessDays">Business days.</param>
/// <param name="Days">Days.</param>
/// <param name="To">Instead of these a moment by its name, as <see cref="ClockMoments"/> knows it.</param>
internal sealed record SandboxMove(int Hours, int BusinessDays, int Days, string? To = null);

/// <summary>The sandbox's page and what it calls: from this machine only.</summary>
internal static class SandboxEndpoints
{
    private static readonly TimeSpan LongestMove = TimeSpan.FromMinutes(1);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Maps <c>/</c> and <c>/sandbox/…</c>.</summary>
    public static void MapSandbox(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/").AddEndpointFilter<FromThisMachine>();
        pages.MapGet("/", () => Page("sandbox.html", "text/html; charset=utf-8"));
        pages.MapGet("/sandbox/sandbox.css", () => Page("sandbox.css", "text/css; charset=utf-8"));
        pages.MapGet("/sandbox/{script:regex(^[a-z-]+\\.js$)}", (string script) => Page(script, "text/javascript; charset=utf-8"));
        pages.MapGet("/sandbox/{story:regex(^[a-z-]+\\.json$)}", (string story) => Page(story, "application/json"));

        // the page is there at once; what it asks is answered when the morning has come
        var asked = pages.MapGroup("/sandbox").AddEndpointFilter<OnceOpen>();
        asked.MapGet("/people", PeopleAsync);
        asked.MapGet("/events", Events);
        asked.MapGet("/clock", ClockAsync);
        asked.MapPost("/clock", MoveAsync);
        asked.MapPost("/open", OpenAsync);
        asked.MapPost("/say", SayAsync);
        asked.MapPost("/press", PressAsync);
    }

    private static async Task<IResult> PeopleAsync(CompanyDirectory directory, BotOptions options, CancellationToken cancellationToken)
    {
        var company = await directory.GetAsync(options.HomeTenant, cancellationToken);
        return Results.Json(
            company.People.OrderBy(p => p.Role).ThenBy(p => p.Name, StringComparer.OrdinalIgnoreCase).Select(p => new
            {
                id = p.Id.Value,
                name = p.Name,
                role = p.Role.ToString(),
                hearsIn = ChannelNames.Of(p.HearsIn),
                known = p.TeamsId is not null || p.Email is not null,
            }), Json);
    }

    // "line" for each, and "caughtUp" where what stood there before ends and what happens now begins
    private static ServerSentEventsResult<TranscriptLine?> Events(SandboxHost sandbox, IHostApplicationLifetime life, CancellationToken cancellationToken) =>
        TypedResults.ServerSentEvents(LinesAsync(sandbox.Transcript, life.ApplicationStopping, cancellationToken));

    private static async IAsyncEnumerable<SseItem<TranscriptLine?>> LinesAsync(
        Transcript transcript, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // a page left open must not keep the service from stopping
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        var lines = transcript.ReadAsync(ends.Token).GetAsyncEnumerator(ends.Token);
        while (await NextAsync())
        {
            yield return new SseItem<TranscriptLine?>(lines.Current, lines.Current is null ? "caughtUp" : "line");
        }

        async ValueTask<bool> NextAsync()
        {
            try
            {
                return await lines.MoveNextAsync();
            }
            catch (OperationCanceledException)
            {
                await lines.DisposeAsync();
                return false;
            }
        }
    }

    private static async Task<IResult> ClockAsync(SandboxHost sandbox, StorageOptions storage, WhoIsThere there, CancellationToken cancellationToken) =>
        Results.Json(
            new
            {
                now = sandbox.Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
                moves = SandboxClock.CanMoveOn(storage),
                digestAt = there.DigestAt.ToString("HH:mm", CultureInfo.InvariantCulture),
                people = await there.LookAsync(cancellationToken),
            }, Json);

    private static async Task<IResult> MoveAsync(
        SandboxMove move, SandboxHost sandbox, WorkSignal signal, SandboxRows rows, StorageOptions storage, Playbook playbook, WhoIsThere there,
        CancellationToken cancellationToken)
    {
        if (!SandboxClock.CanMoveOn(storage))
        {
            return TypedResults.Problem("The clock moves on the embedded store only: a storage account keeps its own time.", statusCode: StatusCodes.Status409Conflict);
        }

        if (TargetOf(move, FollowUpPolicy.CalendarOf(null, playbook.FollowUps), sandbox.Clock.GetUtcNow()) is not { } target)
        {
            return TypedResults.Problem($"No '{move.To}' lies ahead. Send the clock to evening, weekend or morning.", statusCode: StatusCodes.Status400BadRequest);
        }

        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(LongestMove);
        await sandbox.MoveToAsync(target, signal, bound.Token);
        await rows.KeepClockAsync(sandbox.Clock, CancellationToken.None);
        return await ClockAsync(sandbox, storage, there, cancellationToken);
    }

    private static DateTimeOffset? TargetOf(SandboxMove move, WorkCalendar calendar, DateTimeOffset now)
    {
        if (move.To is { } name)
        {
            return ClockMoments.Next(name, calendar, now);
        }

        var later = now.AddHours(Math.Clamp(move.Hours, 0, 24 * 31)).AddDays(Math.Clamp(move.Days, 0, 31));
        return Math.Clamp(move.BusinessDays, 0, 31) is > 0 and var days ? calendar.AddBusinessDays(later, days) : later;
    }

    // as Teams does when somebody first opens a chat with an app: it says so, and the app may greet them
    private static async Task<IResult> OpenAsync(
        SandboxChat chat, SandboxUsers users, CompanyDirectory directory, BotOptions options, CancellationToken cancellationToken)
    {
        await users.InstallAsync(await PersonAsync(chat.Person, directory, options, cancellationToken), "add", cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> SayAsync(
        SandboxWords words, SandboxUsers users, CompanyDirectory directory, BotOptions options, CancellationToken cancellationToken)
    {
        if (words.Text.Trim() is not { Length: > 0 } text)
        {
            return TypedResults.Problem("Nothing was said.", statusCode: StatusCodes.Status400BadRequest);
        }

        var person = await PersonAsync(words.Person, directory, options, cancellationToken);
        await (words.App == Transcript.Slack
            ? users.SayInSlackAsync(person, text, cancellationToken)
            : users.SayInTeamsAsync(person, text, cancellationToken));
        return TypedResults.NoContent();
    }

    private static async Task<IResult> PressAsync(
        SandboxPress press, SandboxUsers users, CompanyDirectory directory, BotOptions options, CancellationToken cancellationToken)
    {
        var person = await PersonAsync(press.Person, directory, options, cancellationToken);
        var type = press.Action.TryGetProperty("type", out var given) ? given.GetString() : null;
        await (press.App == Transcript.Slack ? users.PressInSlackAsync(person, press.Message, press.Action, cancellationToken)
            : type == "Action.Submit" ? users.SubmitInTeamsAsync(person, press.Message, press.Action.GetProperty("data"), cancellationToken)
            : users.PressInTeamsAsync(person, press.Message, press.Action, cancellationToken));
        return TypedResults.NoContent();
    }

    // somebody on no record may speak too, as in Teams: the bot asks who they are
    private static async ValueTask<Person> PersonAsync(string id, CompanyDirectory directory, BotOptions options, CancellationToken cancellationToken) =>
        (await directory.GetAsync(options.HomeTenant, cancellationToken)).Find(new PersonId(id)) ?? new Person(new PersonId(id), "A new user", Role.Rep);

    private static IResult Page(string name, string contentType) =>
        SandboxPage.Open(name) is { } page
            ? Results.Stream(page, contentType)
            : Results.NotFound();

    /// <summary>Waits until what happens before the page opens has happened.</summary>
    private sealed class OnceOpen(Opening opening) : IEndpointFilter
    {
        public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            await opening.Done.WaitAsync(context.HttpContext.RequestAborted);
            return await next(context);
        }
    }

    /// <summary>Lets in what a browser on this machine asks of this machine, and no page from elsewhere that it shows.</summary>
    private sealed class FromThisMachine : IEndpointFilter
    {
        public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            var http = context.HttpContext;
            var remote = http.Connection.RemoteIpAddress;
            var ours = remote is not null && System.Net.IPAddress.IsLoopback(remote)
                && new UriBuilder("http", http.Request.Host.Host).Uri.IsLoopback
                && (http.Request.Headers.Origin is not [{ Length: > 0 } origin] || origin == $"{http.Request.Scheme}://{http.Request.Host}");
            return ours ? next(context) : ValueTask.FromResult<object?>(TypedResults.Problem("The sandbox is for this machine only.", statusCode: StatusCodes.Status403Forbidden));
        }
    }
}
