using System.Globalization;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Records;
using Microsoft.AspNetCore.Http.Features;

namespace KeyAccountBot.Operations;

/// <summary>
/// The operator's page: what was given up, with a button to have it tried again, and how the queues do. Not there at all while
/// <c>Operator:Key</c> is empty; with it, for who gives the key.
/// </summary>
internal static partial class OperatorEndpoints
{
    private const string Path = "/operator";
    private const string Cookie = "operator";
    private const int Shown = 100;
    private const int LargestForm = 8 * 1024;

    // the page answers soon; 'doctor' looks at everything
    private static readonly TimeSpan ScanFor = TimeSpan.FromSeconds(2);

    /// <summary>Maps <c>/operator</c>.</summary>
    public static void MapOperator(this IEndpointRouteBuilder routes)
    {
        var operators = routes.MapGroup("").AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (!http.RequestServices.GetRequiredService<OperatorDoor>().Exists)
            {
                return TypedResults.NotFound();
            }

            var headers = http.Response.Headers;
            headers.CacheControl = "no-store";
            headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            return await next(context);
        });
        operators.MapGet(Path, ShowAsync);
        operators.MapPost(Path + "/sign-in", SignInAsync);
        operators.MapPost(Path + "/replay", ReplayAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, OperatorDoor door, DeadLetterLines letters, ReconciliationWorker reconciliation, IEnumerable<QueueWorker> workers, RowScan scan, RowReader rows, Outages outages, BotOptions options,
        CancellationToken cancellationToken)
    {
        if (SessionOf(http, door) is not { } session)
        {
            return Html(OperatorPage.SignIn(wrong: false));
        }

        var lines = await letters.OfAsync(options.HomeTenant, Shown, cancellationToken);
        var state = await reconciliation.StateAsync(cancellationToken);
        var looked = await scan.RunAsync(ScanFor, cancellationToken);
        return Html(OperatorPage.Show(
            [.. lines.Take(Shown)], lines.Count, [.. workers.SelectMany(w => w.Lanes)], state, OutageLine.Html(await outages.OpenAsync(cancellationToken)),
            RowsSetAside.Html(looked, looked.IsWhole ? looked.Found : [.. looked.Found.Union(rows.SetAside).Take(Shown)]), door.FormToken(session)));
    }

    private static async Task<IResult> SignInAsync(
        HttpContext http, OperatorDoor door, SignInPace pace, IHostEnvironment environment, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        if (await FormAsync(http, cancellationToken) is not { } form)
        {
            return TypedResults.BadRequest();
        }

        var attempt = pace.Try(http.Connection.RemoteIpAddress, () => door.IsKey(form["key"]));
        if (attempt.Outcome != SignInOutcome.Opened)
        {
            return Refuse(http, attempt, logs.CreateLogger("KeyAccountBot.Operator"));
        }

        // in Development the page is opened over plain http; elsewhere TLS stands before us
        http.Response.Cookies.Append(Cookie, door.Begin(), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = !environment.IsDevelopment() || http.Request.IsHttps,
            Path = Path,
            MaxAge = OperatorDoor.SessionHolds,
            IsEssential = true,
        });
        return Back(http);
    }

    // who it was is not logged: an address is personal data, and the number of failures says what an operator must know
    private static IResult Refuse(HttpContext http, SignInAttempt attempt, ILogger logger)
    {
        var seconds = (int)Math.Ceiling(attempt.Wait.TotalSeconds);
        if (attempt.Outcome == SignInOutcome.TooSoon)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return Html(OperatorPage.SignIn(wrong: false, waitSeconds: seconds), StatusCodes.Status429TooManyRequests);
        }

        WrongKey(logger, attempt.Failures, seconds);
        return Html(OperatorPage.SignIn(wrong: true, waitSeconds: seconds), StatusCodes.Status401Unauthorized);
    }

    private static async Task<IResult> ReplayAsync(
        HttpContext http, OperatorDoor door, DeadLetters letters, Replay replay, BotOptions options, CancellationToken cancellationToken)
    {
        if (SessionOf(http, door) is not { } session || await FormAsync(http, cancellationToken) is not { } form || !door.IsForm(session, form["token"]))
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        var (which, partition) = (form["letter"].ToString(), form["partition"].ToString());
        var key = new DeadLetterKey(partition, which);
        foreach (var letter in await letters.ListAsync(options.HomeTenant, cancellationToken))
        {
            if (which == "all" || letter.Key == key)
            {
                await replay.RunAsync(options.HomeTenant, letter, cancellationToken);
            }
        }

        return Back(http);
    }

    private static string? SessionOf(HttpContext http, OperatorDoor door) => http.Request.Cookies[Cookie] is { } session && door.Holds(session) ? session : null;

    private static async Task<IFormCollection?> FormAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (!http.Request.HasFormContentType)
        {
            return null;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = LargestForm;
        }

        return await http.Request.ReadFormAsync(cancellationToken);
    }

    // after a post the browser asks anew, so that reloading posts nothing again
    private static IResult Back(HttpContext http)
    {
        http.Response.Headers.Location = Path;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A wrong key was given at the operator's page, {Failures} in a row from one place; it is looked at again after {Seconds} seconds.")]
    private static partial void WrongKey(ILogger logger, int failures, int seconds);

    private static IResult Html(string page, int status = StatusCodes.Status200OK) => Results.Content(page, "text/html; charset=utf-8", statusCode: status);
}
