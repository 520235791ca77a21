using System.Net;
using System.Text;
using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Channels;
using KeyAccountBot.Channels.Teams;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Deliveries;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Messages;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Attacks;

/// <summary>Somebody with a valid token of a real Teams app, in Development where the most is allowed, wants to be somebody else.</summary>
public sealed class IdentityAttacks : IAsyncLifetime
{
    private const string Unknown = "I do not know you yet. Please ask your administrator";
    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Theory]
    [InlineData("tenant-of-others")]
    [InlineData(FarEnds.Tenant)]
    public async Task A_stranger_who_says_I_am_Grace_stays_a_stranger_where_a_real_app_is_set_in_any_environment(string tenant)
    {
        foreach (var said in new[] { "I am Grace Okafor", "my opportunities", "lost Castell Brewery", "1", "price", "yes" })
        {
            Assert.StartsWith(Unknown, await AnswerAsync(Stranger(tenant) with { Text = said }), StringComparison.Ordinal);
        }

        Assert.True((await service.Ledger.FindAsync(Service.Tenant, new("s-03"), CancellationToken.None))!.Opportunity.IsOpen);
        Assert.Null(await AddressOfAsync("grace-okafor"));
    }

    [Fact]
    public async Task Of_another_tenant_even_the_right_object_id_and_address_are_a_strangers()
    {
        var twin = service.Teams("grace").Activity("who am i") with { Conversation = new("a:elsewhere", "personal", "tenant-of-others") };

        Assert.StartsWith(Unknown, await AnswerAsync(twin), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Known_people_never_become_somebody_else_by_saying_so()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("I am Grace Okafor");
        Assert.DoesNotContain(rep.Heard(), a => TeamsUser.Words(a).Contains("Grace", StringComparison.Ordinal));
        await rep.SaysAsync("who am i");
        await rep.SeesAsync("You are Ravi Patel");
    }

    [Theory]
    [InlineData("""{"version":1,"people":{"29:stranger":"grace-okafor"}}""")]
    [InlineData("""{"version":1,"person":"grace-okafor","claims":{"29:stranger":"grace-okafor"}}""")]
    public async Task What_somebody_said_to_be_in_the_sandbox_counts_for_nothing_once_a_real_app_is_set(string kept)
    {
        var stranger = Stranger(FarEnds.Tenant);
        await service.Services.GetRequiredService<ITableStore>().SubmitAsync(
            ConversationTable.Name, TeamsArrival.KeyOf(stranger), [new TableOperation.Put(ConversationTable.Row, Encoding.UTF8.GetBytes(kept))], CancellationToken.None);

        Assert.StartsWith(Unknown, await AnswerAsync(stranger with { Text = "my opportunities" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_object_id_is_given_to_somebody_else_is_that_person_from_then_on_and_hears_nothing_of_the_former()
    {
        var user = service.Teams("ravi");
        await user.SaysAsync("who am i");
        await user.SeesAsync("You are Ravi Patel");
        Assert.Equal("a:ravi", await ToldAsync("ravi-patel"));

        // it was a mistake: the id is Rosa's, and Ravi's is another
        await PutAsync(SamplePerson("ravi-patel") with { TeamsId = "the-real-ravi" }, new Person(new("rosa"), "Rosa Lind", Role.Rep, "rosa@sample.invalid", TeamsId: "sandbox-ravi"));
        await user.SaysAsync("who am i");
        await user.SeesAsync("You are Rosa Lind");
        Assert.Equal("a:ravi", await ToldAsync("rosa"));
        Assert.Equal("a:the-real-ravi", await ToldAsync("ravi-patel"));
    }

    [Fact]
    public async Task Somebody_with_an_address_of_ours_and_another_object_id_than_on_record_is_a_stranger()
    {
        // the far end gives grace@sample.invalid as this user's e-mail
        var twin = service.Teams("grace").Activity("who am i") with { From = new ChannelAccount("29:grace", AadObjectId: "another") };

        Assert.StartsWith(Unknown, await AnswerAsync(twin), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_told_by_their_address_is_a_stranger_once_the_record_has_another_address_or_object_id()
    {
        await PutAsync(SamplePerson("grace-okafor") with { TeamsId = null });
        var user = service.Teams("grace").Activity("who am i") with { From = new ChannelAccount("29:grace", AadObjectId: "another") };
        Assert.StartsWith("You are Grace Okafor", await AnswerAsync(user), StringComparison.Ordinal);

        await PutAsync(SamplePerson("grace-okafor") with { TeamsId = "the-real-grace" });
        Assert.StartsWith(Unknown, await AnswerAsync(user), StringComparison.Ordinal);
        await PutAsync(SamplePerson("grace-okafor") with { TeamsId = null, Email = "g.okafor@sample.invalid" });
        Assert.StartsWith(Unknown, await AnswerAsync(user), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_two_people_carry_one_id_or_one_address_neither_is_taken_for_the_other()
    {
        await PutAsync(SamplePerson("ravi-patel") with { TeamsId = "sandbox-grace" }, SamplePerson("li-na") with { Email = "maria@sample.invalid" });

        Assert.StartsWith(Unknown, await AnswerAsync(service.Teams("grace").Activity("who am i")), StringComparison.Ordinal);
        Assert.StartsWith(Unknown, await AnswerAsync(service.Teams("maria").Activity("who am i") with { From = new ChannelAccount("29:maria") }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_person_was_in_the_middle_of_is_not_gone_on_with_by_another()
    {
        var user = service.Teams("ravi");
        await user.SaysAsync("lost Halden Paper");
        await PutAsync(SamplePerson("ravi-patel") with { TeamsId = "the-real-ravi" }, SamplePerson("maria-santos") with { TeamsId = "sandbox-ravi" });

        await user.SaysAsync("price");
        await user.SaysAsync("yes");
        Assert.True((await service.Ledger.FindAsync(Service.Tenant, new("s-02"), CancellationToken.None))!.Opportunity.IsOpen);
    }

    [Fact]
    public async Task On_a_channel_that_cannot_tell_who_somebody_is_nobody_is_looked_up_and_no_address_is_kept()
    {
        service.Ends.Endorsements = [ChannelIds.Teams, "webchat"];
        var grace = service.Teams("grace");
        await grace.SaysAsync("who am i");
        var before = await AddressOfAsync("grace-okafor");
        service.Ends.Asked.Clear();

        // the page that web chat stands on writes id and tenant itself
        var selfMade = grace.Activity("my opportunities") with { ChannelId = "webchat", Conversation = new("a:webchat", "personal", FarEnds.Tenant) };
        Assert.Equal("I cannot tell who you are in this app. Please write to me in Teams.", await AnswerAsync(selfMade));
        Assert.Equal(
            "我在这个应用里无法确认您的身份，请在 Teams 中联系我。", await AnswerAsync(selfMade with { Locale = "zh-CN", From = new("29:grace") }));
        Assert.DoesNotContain(service.Ends.Asked, path => path.Contains("/members/", StringComparison.Ordinal));
        Assert.Equal(before, await AddressOfAsync("grace-okafor"));
        Assert.Null(await service.Services.GetRequiredService<ITableStore>().GetAsync(ConversationTable.Name, TeamsArrival.KeyOf(selfMade), ConversationTable.Row, CancellationToken.None));

        // a press is answered in the response, and nothing else is answered
        var heard = service.Ends.ToTeams.Count;
        using var pressed = await service.PostAsync(selfMade with { Type = ActivityTypes.Invoke, Name = "adaptiveCard/action", Text = null, Id = service.NextId() });
        Assert.Contains("write to me in Teams", JsonDocument.Parse(await pressed.Content.ReadAsStringAsync()).RootElement.GetProperty("value").GetString(), StringComparison.Ordinal);
        using var installed = await service.PostAsync(selfMade with { Type = ActivityTypes.InstallationUpdate, Action = "add", Text = null, Id = service.NextId() });
        Assert.Equal(HttpStatusCode.OK, installed.StatusCode);
        Assert.Equal(heard, service.Ends.ToTeams.Count);
    }

    [Theory]
    [InlineData("Origin", "http://localhost:3978", "application/json", 403)]
    [InlineData("Origin", "null", "application/json", 403)]
    [InlineData(null, null, "text/plain", 415)]
    [InlineData(null, null, "application/x-www-form-urlencoded", 415)]
    [InlineData(null, null, "application/json-patch+json", 415)]
    [InlineData(null, null, null, 415)]
    [InlineData(null, null, "application/json", 400)]
    [InlineData(null, null, "Application/JSON; charset=utf-8", 400)]
    public async Task Neither_a_page_in_a_browser_nor_anything_but_JSON_is_read(string? header, string? value, string? type, int status)
    {
        // what is read is refused as no activity, with 400
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new ByteArrayContent("{ not json"u8.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.TryAddWithoutValidation(header ?? "X-None", value ?? "");

        using var response = await service.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private Activity Stranger(string tenant) => service.Teams("stranger").Activity(null) with { Conversation = new("a:stranger", "personal", tenant) };

    private async Task<string?> AnswerAsync(Activity activity)
    {
        var before = service.Ends.ToTeams.Count;
        using var response = await service.PostAsync(activity with { Id = service.NextId() });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return Assert.Single(service.Ends.ToTeams.Skip(before)).Text;
    }

    private ValueTask<TeamsAddress?> AddressOfAsync(string person) =>
        service.Services.GetRequiredService<PersonAddresses>().GetTeamsAsync(Service.Tenant, new PersonId(person), CancellationToken.None);

    private static Person SamplePerson(string id) => Sandbox.SamplePipeline.People.Single(p => p.Id.Value == id);

    // the conversation in which a message of ours reaches them
    private async Task<string> ToldAsync(string id)
    {
        var person = (await service.Services.GetRequiredService<CompanyDirectory>().GetAsync(Service.Tenant, CancellationToken.None)).Find(new PersonId(id))!;
        var sender = service.Services.GetServices<IChannel>().Single(s => s.Reaches == Channel.Teams);
        return (await sender.SendAsync(Service.Tenant, person, Message.Of("news"), CancellationToken.None)).ConversationId;
    }

    // as an import does
    private async Task PutAsync(params Person[] people)
    {
        await service.Services.GetRequiredService<PeopleRepository>().PutAsync(Service.Tenant, people, CancellationToken.None);
        service.Services.GetRequiredService<CompanyDirectory>().Forget();
    }
}
