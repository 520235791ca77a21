using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using KeyAccountBot.Benchmarks.Wire;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Engines;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;

namespace KeyAccountBot.Benchmarks.Storage;

/// <summary>The real service in this process, on a real port, its storage counted.</summary>
internal sealed class CountedService : WebApplicationFactory<global::Program>, IInbox
{
    private readonly FarEnd end;
    private readonly string folder;
    private readonly HttpClient http;
    private Trips trips = new();
    private int ids;

    /// <summary>Starts it.</summary>
    public CountedService(FarEnd end, string folder)
    {
        (this.end, this.folder) = (end, folder);
        end.Inbox = this;
        UseKestrel(0);
        StartServer();
        http = CreateClient();
    }

    /// <summary>The last thing the bot said.</summary>
    public JsonNode? LastSaid { get; private set; }

    /// <summary>A rep says something; what it cost.</summary>
    public Task<Trips> SaysAsync(string text, string? id = null) => PostAsync(Activity() with { Text = text, Id = id ?? NextId() });

    /// <summary>A rep presses a card's first button.</summary>
    public async Task<Trips> PressesAsync(JsonNode card, Dictionary<string, string>? inputs = null)
    {
        var action = card["actions"]![0]!;
        var data = action["data"]!.DeepClone().AsObject();
        foreach (var (name, value) in inputs ?? [])
        {
            data[name] = value;
        }

        var pressed = new JsonObject
        {
            ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = (string?)action["verb"], ["data"] = data },
        };
        return await PostAsync(Activity() with
        {
            Type = ActivityTypes.Invoke, Name = "adaptiveCard/action", Value = JsonSerializer.SerializeToElement(pressed), Id = NextId(),
        });
    }

    /// <inheritdoc/>
    public void Take(int rep, in ReadOnlySequence<byte> body)
    {
        trips.Replied();
        LastSaid = JsonNode.Parse(body.ToArray());
    }

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in end.Settings())
        {
            builder.UseSetting(name.Replace("__", ":", StringComparison.Ordinal), value);
        }

        builder.UseEnvironment("Development").UseContentRoot(AppContext.BaseDirectory);
        builder.UseSetting("Storage:Path", folder);
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<ITableStore>(s => new CountedTables(s.GetRequiredService<StorageEngine>().Tables));
            services.AddSingleton<IDelayedQueue>(s => new CountedQueues(s.GetRequiredService<StorageEngine>().Queues));
            services.AddSingleton<IStartupFilter>(new CountingFilter(this));
        });
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        http.Dispose();
        base.Dispose(disposing);
    }

    private async Task<Trips> PostAsync(Activity activity)
    {
        trips = new Trips();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = JsonContent.Create(activity, ActivityJson.Default.Activity) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", end.Token());
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"The service answered {(int)response.StatusCode}: {body}");
        }

        if (body.Length > 0)
        {
            LastSaid = JsonNode.Parse(body);
        }

        return trips;
    }

    private string NextId() => "trip-" + Interlocked.Increment(ref ids).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private Activity Activity() => new()
    {
        Type = ActivityTypes.Message,
        ChannelId = ChannelIds.Teams,
        ServiceUrl = end.ServiceUrl,
        From = new ChannelAccount("29:rep", AadObjectId: SampleCompany.ObjectIdOf(0)),
        Recipient = new ChannelAccount("28:bot"),
        Conversation = new ConversationAccount(FarEnd.ConversationOf(0), "personal", SampleCompany.EntraTenant),
        Locale = "en-US",
    };

    private sealed class CountingFilter(CountedService service) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, then) =>
            {
                Trips.Current = service.trips;
                await then(context);
            });
            next(app);
        };
    }
}
