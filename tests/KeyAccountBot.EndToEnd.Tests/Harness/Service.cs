using System.Net.Http.Headers;
using System.Net.Http.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>The real service on a real port, its real store, between far ends that record; with a clock that a story moves.</summary>
public sealed class Service : IBot, IAsyncDisposable
{
    public static readonly TenantId Tenant = new(FarEnds.Tenant);

    // a Monday, ten in the morning
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private readonly string folder;

    // settings of a process whose store and far ends this goes on with; they are not ours to end
    private readonly IReadOnlyDictionary<string, string>? borrowed;
    private readonly Factory factory;
    private readonly HttpClient http;
    private int said;

    // what a test puts in the place of the service's own
    private readonly Action<IServiceCollection>? with;

    private Service(
        FarEnds ends, string folder, DateTimeOffset begin, IReadOnlyDictionary<string, string>? borrowing = null, Action<IServiceCollection>? with = null)
    {
        Ends = ends;
        this.folder = folder;
        this.with = with;
        borrowed = borrowing;
        Clock = new FakeTimeProvider(begin);
        factory = new Factory(this);
        factory.UseKestrel(0);
        factory.StartServer();
        http = factory.CreateClient();
    }

    public FarEnds Ends { get; }

    public FakeTimeProvider Clock { get; }

    public IServiceProvider Services => factory.Services;

    internal OpportunityLedger Ledger => Services.GetRequiredService<OpportunityLedger>();

    internal AccountLedger Accounts => Services.GetRequiredService<AccountLedger>();

    public static async Task<Service> StartAsync(Action<IServiceCollection>? with = null) => new(
        await FarEnds.StartAsync(), Path.Combine(Path.GetTempPath(), "key-account-bot-" + Guid.NewGuid().ToString("N")), Begin, with: with);

    /// <summary>Goes on where a process that died left off: on its store, between its far ends, with its settings, at this time.</summary>
    public static Service GoOn(FarEnds ends, string folder, IReadOnlyDictionary<string, string> settings, DateTimeOffset now) => new(ends, folder, now, settings);

    /// <summary>A person who writes in Teams.</summary>
    internal TeamsUser Teams(string personId) => new(this, personId);

    /// <summary>A person who reads in Slack.</summary>
    internal SlackUser Slack(string slackId) => new(this, slackId);

    /// <summary>What is recorded of an opportunity.</summary>
    public async Task<IReadOnlyList<OpportunityEntry>> EntriesAsync(string opportunity)
    {
        List<OpportunityEntry> entries = [];
        await foreach (var entry in Ledger.EntriesAsync(Tenant, new OpportunityId(opportunity), CancellationToken.None))
        {
            entries.Add(entry);
        }

        return entries;
    }

    /// <summary>Puts a contact of a customer on record.</summary>
    internal async Task<ContactId> KnowsAsync(
        string account, string name, string department, Level level, BuyingRole role,
        string? id = null, int strength = 0, ContactId? superior = null, PersonId? maintainer = null, PersonId? by = null)
    {
        var contact = new ContactId(id ?? name.Replace(' ', '-'));
        var now = Clock.GetUtcNow();
        var add = new AccountCommand.AddContact(
            account, contact, new ContactData(name, new DepartmentId(department), level, role, strength, ReportsTo: superior), maintainer);
        var context = new CommandContext(new CommandId("know-" + contact), by, now, DateOnly.FromDateTime(now.UtcDateTime), "test");
        var outcome = await Accounts.RecordAsync(Tenant, AccountId.OfName(account), add, context, CancellationToken.None);
        Assert.Null(outcome.Refusal);
        return contact;
    }

    /// <summary>Somebody likes to hear in Slack from now on.</summary>
    public async Task PrefersSlackAsync(string person)
    {
        await Services.GetRequiredService<PeopleRepository>().ChangeAsync(
            Tenant, new PersonId(person), p => p with { Prefers = Sales.People.Channel.Slack }, CancellationToken.None);
        Services.GetRequiredService<CompanyDirectory>().Forget();
    }

    /// <summary>The id of the first message of a kind that was sent about an opportunity.</summary>
    public async Task<string?> SentAsync(string opportunity, DeliveryKind kind)
    {
        await foreach (var record in Services.GetRequiredService<Deliveries.DeliveryRows>().OfAsync(Tenant, new OpportunityId(opportunity), CancellationToken.None))
        {
            if (record.Delivery.Kind == kind && record.MessageId is { } sent)
            {
                return sent;
            }
        }

        return null;
    }

    /// <summary>Puts opportunities on record that have been in their stage for a year.</summary>
    public async Task OpenOverdueAsync(string owner, int count)
    {
        var company = await Services.GetRequiredService<CompanyDirectory>().GetAsync(Tenant, CancellationToken.None);
        var now = Clock.GetUtcNow();
        for (var i = 0; i < count; i++)
        {
            var open = new OpportunityCommand.Open(
                $"Overdue {i}", "Line", new Money(1000 + i, "EUR"), new PersonId(owner), null, StageEnteredAt: now.AddDays(-365));
            var context = new CommandContext(new CommandId($"overdue-{i}"), null, now, DateOnly.FromDateTime(now.UtcDateTime), "test");
            await Ledger.RecordAsync(Tenant, new OpportunityId($"overdue-{i}"), open, context, company, CancellationToken.None);
        }
    }

    /// <summary>Moves the clock hour by hour, letting everything that falls due be done before the next hour.</summary>
    public async Task ForwardAsync(int businessDays = 0, int hours = 0)
    {
        var target = Clock.GetUtcNow().AddHours(hours);
        for (var days = businessDays; days > 0;)
        {
            target = target.AddDays(1);
            days -= target.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
        }

        await SettleAsync();
        while (Clock.GetUtcNow() < target)
        {
            Clock.Advance(TimeSpan.FromHours(1));
            await SettleAsync();
        }
    }

    /// <summary>Posts anything to the service, with a token unless told otherwise.</summary>
    public async Task<HttpResponseMessage> PostAsync(HttpContent content, string? token = null, bool anonymous = false, string path = "/api/messages")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (!anonymous)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Ends.Token(now: Clock.GetUtcNow()));
        }

        return await http.SendAsync(request);
    }

    public Task<HttpResponseMessage> PostAsync(Activity activity, string? token = null, bool anonymous = false) =>
        PostAsync(JsonContent.Create(activity, ActivityJson.Default.Activity), token, anonymous);

    public Task<HttpResponseMessage> GetAsync(string path) => http.GetAsync(new Uri(path, UriKind.Relative));

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => http.SendAsync(request);

    public string NextId() => "activity-" + Interlocked.Increment(ref said);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await factory.DisposeAsync();
        if (borrowed is null)
        {
            await Ends.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    // idle: no message is visible or leased, and none waits its turn on a channel that takes one a second, or gathers with others
    private async Task SettleAsync()
    {
        // what a turn could not send is left to the worker a moment later in real time, and the clock of a story does not wait for that
        await Services.GetRequiredService<ConversationReplies>().NoteAsync(CancellationToken.None);
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "key-account-bot.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        await using var connection = new SqliteConnection(file.ToString());
        await connection.OpenAsync();
        await Eventually.FindAsync(
            () =>
            {
                Clock.Advance(TimeSpan.FromMilliseconds(1));
                Services.GetRequiredService<Deliveries.WorkSignal>().Set();
                using var command = connection.CreateCommand();
                command.CommandText = """
                    SELECT count(*), min(CASE WHEN receipt = '' THEN visible_at ELSE 0 END) FROM messages
                    WHERE visible_at <= $now OR receipt <> '' OR (visible_at <= $soon AND (queue LIKE 'deliveries-%' OR queue = 'weekly-digests'))
                    """;
                command.Parameters.AddWithValue("$now", Clock.GetUtcNow().UtcTicks);
                command.Parameters.AddWithValue("$soon", (Clock.GetUtcNow() + Deliveries.WorkTimes.Usual.Gathering + TimeSpan.FromSeconds(5)).UtcTicks);
                using var reader = command.ExecuteReader();
                reader.Read();
                if (!reader.IsDBNull(1) && new DateTimeOffset(reader.GetInt64(1), TimeSpan.Zero) is var turn && turn > Clock.GetUtcNow())
                {
                    Clock.SetUtcNow(turn);
                }

                return reader.GetInt64(0) == 0 ? this : null;
            },
            () =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = "SELECT group_concat(queue || ' ' || CAST(body AS TEXT) || ' tried ' || dequeued, char(10)) FROM messages WHERE visible_at <= $now OR receipt <> ''";
                command.Parameters.AddWithValue("$now", Clock.GetUtcNow().UtcTicks);
                return $"The queues do not drain; at {Clock.GetUtcNow():u} there waits:\n{command.ExecuteScalar()}";
            });
    }

    private sealed class Factory(Service service) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development");
            builder.UseSetting("Storage:Path", service.folder);
            foreach (var (name, value) in service.Ends.Settings().Concat(service.borrowed ?? new Dictionary<string, string>()))
            {
                builder.UseSetting(name, value);
            }

            builder.UseSetting("Logging:LogLevel:Default", "Warning");
            builder.UseSetting("Logging:LogLevel:KeyAccountBot.Start", "Error");
            builder.ConfigureTestServices(services =>
            {
                services.AddSingleton<TimeProvider>(service.Clock);
                service.with?.Invoke(services);
            });
        }
    }
}
