using System.Text.Json.Nodes;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage.Engines;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Attacks;

/// <summary>A playbook that would strand opportunities, put before the real service.</summary>
public sealed class PlaybookAttacks : IAsyncLifetime
{
    private readonly TemporaryFolder store = new();
    private readonly TemporaryFolder files = new();
    private FarEnds ends = null!;

    public async ValueTask InitializeAsync() => ends = await FarEnds.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await ends.DisposeAsync();
        store.Dispose();
        files.Dispose();
    }

    [Fact]
    public async Task A_playbook_without_a_stage_is_refused_by_service_import_and_policy_check_with_the_opportunities_named_and_one_that_says_where_it_went_is_taken()
    {
        await SeedAsync(store.Path);
        var without = Playbook("without.json", _ => { });

        await using (var service = Launch(without))
        {
            Assert.Equal(1, await service.ExitAsync());
            Assert.StartsWith("The playbook 'key-account' does not know what 1 opportunity that is open or on hold has on record", service.Output, StringComparison.Ordinal);
            Assert.Contains("the stage 'proposal' (1: Skyline Bakery: Filling line)", service.Output, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', service.Output.Trim());
        }

        await using (var import = Launch(without, "import", "opportunities", Opportunities("8,Berg,Press line,5000,EUR,development,ravi@sample.invalid\n")))
        {
            Assert.Equal(1, await import.ExitAsync());
            Assert.StartsWith("The playbook 'key-account' does not know", import.Output, StringComparison.Ordinal);
        }

        var with = Playbook("with.json", p =>
        {
            p["stages"]![2]!["was"] = new JsonArray("proposal");
            p["stages"]![2]!["name"]!["en"] = "Tender";
        });
        await using (var check = Launch(null, "policy", "check", "--playbook", with))
        {
            Assert.Equal(0, await check.ExitAsync());
            Assert.Contains("Skyline Bakery: Filling line", check.Output, StringComparison.Ordinal);
        }

        await using var bot = Launch(with);
        Assert.True(await bot.ListensAsync(), bot.Output);
        var rep = bot.Teams("ravi");
        await rep.SaysAsync("my opportunities");
        await rep.SeesAsync("Tender (3 of 5)");
        await rep.SaysAsync("status Skyline Bakery");
        await rep.SeesAsync("Tender");
    }

    [Fact]
    public async Task A_stage_that_a_running_replica_does_not_know_is_said_in_one_sentence_and_the_rest_goes_on()
    {
        // it starts on an empty store, and then meets the record of a replica with another playbook
        await using var bot = Launch(Playbook("without.json", _ => { }));
        Assert.True(await bot.ListensAsync(), bot.Output);
        await SeedAsync(store.Path);
        var rep = bot.Teams("ravi");

        await rep.SaysAsync("my opportunities");
        await rep.SeesAsync("in a stage that the playbook does not have");
        await rep.SaysAsync("check in Skyline Bakery");
        await rep.SeesAsync("stands in a stage that the playbook does not have. Nothing was recorded");
        await rep.SaysAsync("status Skyline Bakery");
        await rep.SaysAsync("who am i");
        await rep.SeesAsync("Ravi Patel");
        Assert.DoesNotContain(rep.Heard(), a => TeamsUser.Words(a).Contains("went wrong on my side", StringComparison.Ordinal) || TeamsUser.Words(a).Contains("stage 0", StringComparison.Ordinal));
        await bot.WritesAsync("has no stage 'proposal'");
    }

    // what another process put on record, by the shipped playbook
    private static async Task SeedAsync(string folder)
    {
        await using var engine = StorageEngine.Open(new StorageOptions { Path = folder }, TimeProvider.System);
        var ravi = new Person(new PersonId("ravi-patel"), "Ravi Patel", Role.Rep, "ravi@sample.invalid", TeamsId: "sandbox-ravi");
        await new PeopleRepository(new Tables(engine.Tables)).PutAsync(Service.Tenant, [ravi], CancellationToken.None);
        var ledger = new OpportunityLedger(new Tables(engine.Tables), engine.Queues, PlaybookFile.Load(PlaybookFile.Default), TimeProvider.System);
        var now = DateTimeOffset.UtcNow;
        var outcome = await ledger.RecordAsync(
            Service.Tenant, new OpportunityId("7"),
            new OpportunityCommand.Open("Skyline Bakery", "Filling line", new Money(5_000, "EUR"), ravi.Id, null, new StageId("proposal")),
            new CommandContext(new CommandId("seed"), ravi.Id, now, DateOnly.FromDateTime(now.UtcDateTime), "test"), new Company([ravi]), CancellationToken.None);
        Assert.Null(outcome.Refusal);
    }

    private string Opportunities(string lines) => files.Write("opportunities.csv", "id,account,name,amount,currency,stage,owner_email\n" + lines);

    private string Playbook(string name, Action<JsonNode> edit)
    {
        var playbook = JsonNode.Parse(File.ReadAllText(PlaybookFile.Default))!;
        var stages = playbook["stages"]!.AsArray();
        stages.Remove(stages.Single(s => (string?)s!["id"] == "proposal"));
        playbook["coverage"]!["decisionMakerFrom"] = "bidding";
        playbook["followUps"]!["deadlines"]!["coverageFrom"] = "bidding";
        edit(playbook);
        return files.Write(name, playbook.ToJsonString());
    }

    private ServiceProcess Launch(string? playbook, params string[] arguments)
    {
        var settings = Settings();
        if (playbook is not null)
        {
            settings["Playbook:Path"] = playbook;
        }

        return ServiceProcess.Launch(ends, store.Path, settings: settings, arguments: arguments);
    }

    private static Dictionary<string, string> Settings() => new() { ["Company:Tenant"] = Service.Tenant.Value };
}
