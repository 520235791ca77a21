using System.Security.Cryptography.X509Certificates;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>A process in Production, its far ends over https: which doors are closed, and how it goes.</summary>
public sealed class ProductionStories : IAsyncLifetime
{
    private const string Production = "Production";

    private readonly TemporaryFolder store = new();
    private readonly TemporaryFolder files = new();
    private readonly X509Certificate2 certificate = TestCertificate.Create();
    private readonly Dictionary<string, string> settings = [];
    private FarEnds ends = null!;

    public async ValueTask InitializeAsync()
    {
        ends = await FarEnds.StartAsync(certificate);
        settings["SSL_CERT_FILE"] = files.Write("root.pem", certificate.ExportCertificatePem());
    }

    public async ValueTask DisposeAsync()
    {
        await ends.DisposeAsync();
        certificate.Dispose();
        store.Dispose();
        files.Dispose();
    }

    [Fact]
    public async Task Without_an_app_id_it_does_not_start_and_says_why_in_one_sentence()
    {
        await using var bot = Launch(("Teams:AppId", ""));

        Assert.Equal(1, await bot.ExitAsync());
        Assert.StartsWith("Teams:AppId is empty, so anybody could speak as anybody.", bot.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', bot.Output.Trim());
    }

    [Theory]
    [InlineData("Teams:OpenIdMetadata", "http://127.0.0.1:1/openid")]
    [InlineData("Teams:TokenEndpoint", "http://login.example.invalid/token")]
    [InlineData("Teams:ServiceUrl", "http://127.0.0.1:1/")]
    [InlineData("Slack:ApiBaseUrl", "http://slack.example.invalid/api/")]
    [InlineData("Teams:TokenEndpoint", "login.example.invalid")]
    public async Task With_an_address_that_is_not_https_it_does_not_start_and_names_the_setting(string name, string address)
    {
        await using var bot = Launch((name, address));

        Assert.Equal(1, await bot.ExitAsync());
        Assert.StartsWith($"{name} is '{address}', which is no https address", bot.Output, StringComparison.Ordinal);
        Assert.Empty(ends.Asked);
    }

    [Theory]
    [InlineData("{ not json", "", "Invalid")]
    [InlineData("""{ "stages": [] }""", "", "PropertyRequired")]
    public async Task With_a_broken_playbook_it_does_not_start_and_names_file_place_and_reason(string content, string place, string reason)
    {
        var file = files.Write("our-playbook.json", content);
        await using var bot = Launch(("Playbook:Path", file));

        Assert.Equal(1, await bot.ExitAsync());
        Assert.Contains(file, bot.Output, StringComparison.Ordinal);
        Assert.Contains(place, bot.Output, StringComparison.Ordinal);
        Assert.Contains(reason, bot.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", bot.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_activity_without_a_token_is_refused_even_from_this_machine()
    {
        await using var bot = await StartAsync();

        using var response = await bot.PostAsync(bot.Teams("ravi").Activity("who am i") with { Id = "x" }, anonymous: true);

        Assert.Equal(401, (int)response.StatusCode);
        Assert.Empty(ends.ToTeams);
    }

    [Fact]
    public async Task Who_says_to_be_somebody_stays_unknown()
    {
        await ImportAsync();
        await using var bot = await StartAsync();
        var stranger = bot.Teams("stranger");

        await stranger.SaysAsync("I am Ravi Patel");
        await stranger.SeesAsync("I do not know you yet. Please ask your administrator");
        await stranger.SaysAsync("my opportunities");
        await stranger.SeesAsync("I do not know you yet. Please ask your administrator");
        Assert.DoesNotContain(stranger.Heard(), a => TeamsUser.Words(a).Contains("Nordwind", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_user_of_another_tenant_never_sees_the_companys_opportunities()
    {
        await ImportAsync();
        await using var bot = await StartAsync();
        var rep = bot.Teams("ravi");
        await rep.SaysAsync("my opportunities");
        await rep.SeesAsync("Nordwind Dairies");

        // the same ids and the same e-mail address, but another company's
        var other = bot.Teams("ravi").Activity(null) with { Conversation = new ConversationAccount("a:elsewhere", "personal", "tenant-of-others") };
        foreach (var said in new[] { "my opportunities", "status Nordwind Dairies", "check in Nordwind Dairies", "who am i" })
        {
            using var response = await bot.PostAsync(other with { Text = said, Id = bot.NextId() });
            Assert.Equal(200, (int)response.StatusCode);
        }

        var heard = ends.ToTeams.Where(a => a.Conversation!.Id == "a:elsewhere").ToList();
        Assert.Equal(4, heard.Count);
        Assert.All(heard, a => Assert.StartsWith("I do not know you yet.", a.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_single_tenant_app_refuses_activities_of_other_tenants()
    {
        await using var bot = await StartAsync(("Teams:TenantId", "tenant-of-the-app"));

        using var response = await bot.PostAsync(bot.Teams("ravi").Activity("who am i") with { Id = "x" });

        Assert.Equal(401, (int)response.StatusCode);
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_plain_http_address_even_where_a_valid_token_names_it()
    {
        await ImportAsync();
        await using var open = await FarEnds.StartAsync();
        await using var bot = await StartAsync();

        using var response = await bot.PostAsync(
            bot.Teams("ravi").Activity("my opportunities") with { Id = "x", ServiceUrl = open.ServiceUrl }, ends.Token(serviceUrl: open.ServiceUrl));

        Assert.Equal(200, (int)response.StatusCode);
        await bot.WritesAsync("Activities are sent over https only");
        Assert.Empty(open.Asked);
    }

    [Fact]
    public async Task Asked_to_end_it_finishes_the_turn_in_flight_and_owes_nothing()
    {
        Needs.Signals();
        await ImportAsync();
        var (waiting, released) = (Signal(), Signal());
        ends.Arriving = path =>
        {
            if (path != "/token")
            {
                return Task.CompletedTask;
            }

            // the reply is committed, and cannot be sent yet
            waiting.TrySetResult();
            return released.Task;
        };
        await using (var bot = await StartAsync())
        {
            var answer = bot.PostAsync(bot.Teams("ravi").Activity("who am i") with { Id = "x" });
            await waiting.Task;
            await bot.TerminateAsync();
            await bot.WritesAsync("Application is shutting down");
            Assert.Empty(ends.ToTeams);
            released.SetResult();

            using var response = await answer;
            Assert.Equal(200, (int)response.StatusCode);
            Assert.Equal(0, await bot.ExitAsync());
        }

        Assert.StartsWith("You are Ravi Patel", Assert.Single(ends.ToTeams).Text, StringComparison.Ordinal);

        await using var next = await StartAsync();
        await next.Teams("ravi").SaysAsync("help");
        Assert.Equal(2, ends.ToTeams.Count);
    }

    [Fact]
    public async Task Its_log_holds_neither_what_was_said_nor_names_nor_tokens()
    {
        await ImportAsync();
        await using var bot = await StartAsync(("Logging:LogLevel:Default", "Trace"));
        var rep = bot.Teams("ravi");
        foreach (var said in new[] { "check in Nordwind Dairies", "3", "today", "Zanzibar letter", "Visit Timbuktu", "next friday", "yes" })
        {
            await rep.SaysAsync(said);
        }

        await rep.SeesAsync("Recorded for Nordwind Dairies");

        // and where things go wrong, which is when logs talk
        ends.ConnectorFaults.Enqueue(403);
        await rep.SaysAsync("status Nordwind Dairies");
        var forged = ends.Token(audience: "another-bot");
        using var refused = await bot.PostAsync(rep.Activity("Zanzibar again") with { Id = "x" }, forged);
        await bot.WritesAsync("Refused an activity with 401");
        await bot.WritesAsync("could not be delivered");

        foreach (var secret in new[]
        {
            "Zanzibar", "Timbuktu", "Nordwind", "Ravi", "ravi@", FarEnds.OutboundToken, FarEnds.AppPassword, FarEnds.BotToken, FarEnds.SigningSecret,
            forged, forged.Split('.')[2], "Bearer", "eyJ",
        })
        {
            Assert.DoesNotContain(secret, bot.Output, StringComparison.OrdinalIgnoreCase);
        }
    }

    private ServiceProcess Launch(params (string Name, string Value)[] over) => ServiceProcess.Launch(ends, store.Path, Production, With(over));

    private Task<ServiceProcess> StartAsync(params (string Name, string Value)[] over) => ServiceProcess.StartAsync(ends, store.Path, Production, With(over));

    private Dictionary<string, string> With((string Name, string Value)[] over)
    {
        var all = new Dictionary<string, string>(settings);
        foreach (var (name, value) in over)
        {
            all[name] = value;
        }

        return all;
    }

    private async Task ImportAsync()
    {
        var people = files.Write("people.csv", """
            name,email,role,manager_email,teams_id
            Maria Santos,maria@sample.invalid,manager,,sandbox-maria
            Ravi Patel,ravi@sample.invalid,rep,maria@sample.invalid,sandbox-ravi
            """);
        var opportunities = files.Write("opportunities.csv", """
            id,account,name,amount,currency,stage,owner_email
            o-1,Nordwind Dairies,Filling line 4,820000,EUR,development,ravi@sample.invalid
            """);
        await ServiceProcess.CommandAsync(ends, store.Path, Production, settings, "import", "people", people);
        await ServiceProcess.CommandAsync(ends, store.Path, Production, settings, "import", "opportunities", opportunities);
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
