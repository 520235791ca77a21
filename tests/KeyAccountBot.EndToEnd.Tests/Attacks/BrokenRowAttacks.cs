using System.Text;
using System.Text.Json.Nodes;
using KeyAccountBot.Commands;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Operations;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Attacks;

/// <summary>Rows of the real store are spoilt, one of each kind: everybody else's day goes on, and the operator is told which rows they are.</summary>
public sealed class BrokenRowAttacks : IAsyncLifetime
{
    private const string Ours = FarEnds.Tenant;
    private const string Spoilt = "{\"spoilt";
    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    private ITableStore Tables => service.Services.GetRequiredService<ITableStore>();

    [Fact]
    public async Task One_row_of_each_kind_is_spoilt_and_everybody_elses_day_goes_on()
    {
        var (rep, manager) = (service.Teams("ravi"), service.Teams("maria"));
        await rep.SaysAsync("help");
        await manager.SaysAsync("help");
        await service.KnowsAsync("Nordwind Dairies", "Li Wei", "technical", Level.Manager, BuyingRole.DecisionMaker, maintainer: new PersonId("ravi-patel"));
        await service.ForwardAsync(hours: 1);
        var spoilt = await SpoilAsync();

        // turns: the rep's whole list, a check-in, a snapshot folded anew; only the one opportunity rests, and says so
        await rep.SaysAsync("my opportunities");
        await rep.SeesAsync("Your opportunities (4)");
        await rep.SaysAsync("status Halden Paper");
        await rep.SeesAsync("Palletiser retrofit");
        await rep.SaysAsync("status Castell Brewery");
        await rep.SeesAsync("The record of this opportunity has a fault, so I leave it as it is.");
        await rep.SaysAsync("check in Castell Brewery");
        await rep.SeesAsync("The record of this opportunity has a fault");
        await rep.SaysAsync("contacts Nordwind Dairies");
        await rep.SeesAsync("Li Wei");
        await CheckInAsync(rep, "Nordwind Dairies");

        // the person who cannot be read is unknown; what they own is not lost from their manager's view
        await service.Teams("lina").SaysAsync("my opportunities");
        await service.Teams("lina").SeesAsync("I do not know you yet");
        await manager.SaysAsync("status 苏州恒力化工");
        await manager.SeesAsync("桶装线改造");

        // doctor names every row, and not one of them stops a command
        var (code, said) = await TypesAsync("doctor", "--json");
        Assert.Equal(CommandLine.Refused, code);
        var found = JsonNode.Parse(said)!["checks"]!.AsArray().Single(c => (string?)c!["name"] == "rows")!["findings"]!.AsArray().Select(f => (string)f!["what"]!).ToList();
        Assert.All(spoilt, s => Assert.Contains(found, f => f.Contains($"of {s.Table}, '{s.Partition}' '{s.Row}', cannot be read", StringComparison.Ordinal)));
        var (exported, lines) = await TypesAsync("export", "opportunities");
        Assert.Equal((CommandLine.Done, 7), (exported, lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.Equal(CommandLine.Done, (await TypesAsync("deliveries", "list")).Code);
        Assert.Equal(CommandLine.Done, (await TypesAsync("deliveries", "reconcile")).Code);
        Assert.Equal(CommandLine.Done, (await TypesAsync("show", "Halden")).Code);

        // the reconciliation wrote the line and the snapshot anew
        var after = await service.Services.GetRequiredService<RowScan>().RunAsync(null, CancellationToken.None);
        Assert.DoesNotContain(after.Found, r => r.Table == RowKeys.Index && r.RowKey == "s-01");
        Assert.DoesNotContain(after.Found, r => r.Table == RowKeys.Opportunities && r.PartitionKey == Ours + "|s-02");
        Assert.Contains(after.Found, r => r.Table == RowKeys.Opportunities && r.PartitionKey == Ours + "|s-03");

        // a week: reminders, nudges, the unknown rep's chain goes to who is above them, and the manager's weekly digest
        await service.ForwardAsync(businessDays: 10);
        Assert.Contains(rep.Heard(), a => TeamsUser.Words(a).Contains("Brightwater Foods", StringComparison.Ordinal) && TeamsUser.Words(a).Contains("check-in", StringComparison.OrdinalIgnoreCase));
        var toManager = service.Slack("UMARIA").Messages().Select(m => m.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })).ToList();
        Assert.Contains(toManager, m => m.Contains("Brightwater Foods", StringComparison.Ordinal));
        Assert.Contains(toManager, m => m.Contains("青岛海源食品", StringComparison.Ordinal));
        Assert.Contains(toManager, m => m.Contains("open opportunities", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(service.Ends.ToTeams, a => a.Conversation!.Id == "a:lina" && TeamsUser.Words(a).Contains("青岛海源食品", StringComparison.Ordinal));

        using var ready = await service.GetAsync("/health/ready");
        Assert.Equal(200, (int)ready.StatusCode);
    }

    [Fact]
    public async Task What_waits_to_be_told_of_a_spoilt_opportunity_is_told_once_it_is_mended()
    {
        await service.Teams("ravi").SaysAsync("help");
        var snapshot = await Tables.GetAsync(RowKeys.Opportunities, Ours + "|s-04", RowKeys.Snapshot, CancellationToken.None);
        var entry = await Tables.GetAsync(RowKeys.Opportunities, Ours + "|s-04", RowKeys.Entry(1), CancellationToken.None);
        await SpoilAsync(RowKeys.Opportunities, Ours + "|s-04", RowKeys.Snapshot);
        await SpoilAsync(RowKeys.Opportunities, Ours + "|s-04", RowKeys.Entry(1));
        await service.ForwardAsync(businessDays: 6);
        Assert.DoesNotContain(service.Ends.ToTeams, a => TeamsUser.Words(a).Contains("Brightwater", StringComparison.Ordinal));

        await PutAsync(RowKeys.Opportunities, Ours + "|s-04", RowKeys.Snapshot, snapshot!.Body);
        await PutAsync(RowKeys.Opportunities, Ours + "|s-04", RowKeys.Entry(1), entry!.Body);
        await service.Services.GetRequiredService<Reconciliation>().RunAsync(null, CancellationToken.None);
        await service.ForwardAsync(hours: 3);

        Assert.Contains(service.Ends.ToTeams, a => TeamsUser.Words(a).Contains("Brightwater", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_rollback_what_the_newer_version_wrote_is_passed_over_and_still_there()
    {
        const string newer = "{\"v\":7,\"shape\":\"of tomorrow\"}";
        var rep = service.Teams("ravi");
        await rep.SaysAsync("help");
        (string Table, string Partition, string Row)[] written =
        [
            (RowKeys.Opportunities, Ours + "|s-04", RowKeys.Snapshot), (RowKeys.People, Ours, "li-na"), ("addresses", Ours, "ravi-patel"),
            ("mailboxes", Ours + "|maria-santos", "weekly"), ("operations", "reconciliation", "reconciliation"),
        ];
        foreach (var (table, partition, row) in written)
        {
            await PutAsync(table, partition, row, Encoding.UTF8.GetBytes(newer));
        }

        service.Services.GetRequiredService<CompanyDirectory>().Forget();
        await rep.SaysAsync("status Brightwater Foods");
        await rep.SeesAsync("Sterile filler");
        await rep.SaysAsync("lost Brightwater Foods");
        await rep.SeesAsync("The record of this opportunity has a fault, so I leave it as it is.");
        await CheckInAsync(rep, "Halden Paper");
        await service.ForwardAsync(businessDays: 6);
        Assert.Equal(CommandLine.Done, (await TypesAsync("deliveries", "reconcile")).Code);

        foreach (var (table, partition, row) in written)
        {
            var still = await Tables.GetAsync(table, partition, row, CancellationToken.None);
            Assert.Equal(newer, Encoding.UTF8.GetString(still!.Body.Span));
        }
    }

    private static async Task CheckInAsync(TeamsUser rep, string account)
    {
        await rep.SaysAsync("check in " + account);
        await rep.SaysAsync("none");
        await rep.SaysAsync("none");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Recorded for " + account);
    }

    private async Task<IReadOnlyList<(string Table, string Partition, string Row)>> SpoilAsync()
    {
        var today = service.Clock.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        List<(string Table, string Partition, string Row)> rows =
        [
            (RowKeys.Index, Ours + "|owner|ravi-patel", "s-01"),
            (RowKeys.Opportunities, Ours + "|s-02", RowKeys.Snapshot),
            (RowKeys.Opportunities, Ours + "|s-03", RowKeys.Snapshot),
            (RowKeys.Opportunities, Ours + "|s-03", RowKeys.Entry(1)),
            (RowKeys.Opportunities, Ours + "|s-04", RowKeys.Delivery("spoilt")),
            (RowKeys.Index, Ours + "|maintainer|ravi-patel", RowKeys.Escape(AccountId.OfName("Nordwind Dairies").Value)),
            (RowKeys.Accounts, RowKeys.Partition(Service.Tenant, AccountId.OfName("Nordwind Dairies")), RowKeys.Snapshot),
            ("addresses", Ours, "ravi-patel"),
            ("mailboxes", Ours + "|ravi-patel", today),
            ("mailboxes", Ours + "|maria-santos", "weekly"),
            ("deadletters", Ours, "message|spoilt|1"),
            ("operations", "reconciliation", "reconciliation"),
            (ConversationTable.Name, "msteams|a:nobody", ConversationTable.Row),
        ];
        foreach (var (table, partition, row) in rows)
        {
            await SpoilAsync(table, partition, row);
        }

        await PutAsync(RowKeys.People, Ours, "li-na", """{"id":"li-na","name":"Li Na","role":"Regional","manager":"maria-santos"}"""u8.ToArray());
        service.Services.GetRequiredService<CompanyDirectory>().Forget();
        return [.. rows, (RowKeys.People, Ours, "li-na")];
    }

    private Task SpoilAsync(string table, string partition, string row) => PutAsync(table, partition, row, Encoding.UTF8.GetBytes(Spoilt));

    private async Task PutAsync(string table, string partition, string row, ReadOnlyMemory<byte> body)
    {
        var label = row.StartsWith("delivery|", StringComparison.Ordinal) ? DeliveryRecord.Unsent : null;
        await Tables.SubmitAsync(table, partition, [new TableOperation.Put(row, body, label)], CancellationToken.None);
    }

    private async Task<(int Code, string Said)> TypesAsync(params string[] args)
    {
        await using var output = new StringWriter();
        var code = await CommandLine.RunAsync(args, () => new Lent(service.Services), output, output);
        return (code, output.ToString());
    }

    // the command line disposes what it was given
    private sealed class Lent(IServiceProvider services) : IServiceProvider
    {
        public object? GetService(Type serviceType) => services.GetService(serviceType);
    }
}
