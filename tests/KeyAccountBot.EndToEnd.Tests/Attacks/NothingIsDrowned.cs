using System.Globalization;
using System.Text;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.People;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Attacks;

/// <summary>Who floods the bot, with small things due or with large files, neither drowns what matters nor takes the service down.</summary>
public sealed class NothingIsDrowned : IDisposable
{
    // of which the runtime itself takes a part; a file of twenty megabytes read whole needs more than that
    private const int HeapLimit = 64 * 1024 * 1024;
    private const string Header = "id,account,name,amount,currency,stage,owner_email,expected_close,stage_entered\n";
    private readonly TemporaryFolder files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task A_deal_of_nine_million_among_thirty_small_ones_due_the_same_morning_is_told_by_itself_with_its_buttons()
    {
        await using var service = await Service.StartAsync();
        var rep = service.Teams("ravi");
        await rep.SaysAsync("help");
        var before = rep.Heard().Count;
        await service.OpenOverdueAsync("ravi-patel", 30);
        await OpenAsync(service, "Zenith Motors", 9_000_000);

        await service.ForwardAsync(hours: 7);

        var messages = rep.Heard().Skip(before).Select(TeamsUser.Words).ToList();
        Assert.Equal(6, messages.Count);
        Assert.Contains("Zenith Motors", messages[0], StringComparison.Ordinal);
        Assert.Contains("Snooze", messages[0], StringComparison.Ordinal);
        Assert.All(messages.Take(5), m => Assert.DoesNotContain("more opportunities", m, StringComparison.Ordinal));
        Assert.Contains("26 more opportunities need you", messages[5], StringComparison.Ordinal);
        Assert.DoesNotContain("Zenith Motors", messages[5], StringComparison.Ordinal);
        Assert.Contains("and 16 more, worth", messages[5], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, "--dry-run", 0)]
    [InlineData(20, "--dry-run", 0)]
    [InlineData(20, "--strict", 2)]
    public async Task A_file_four_times_as_large_is_imported_in_the_same_memory(int megabytes, string how, int code)
    {
        var (people, opportunities) = (files.Write("people.csv", "name,email,role\nRavi,ravi@sample.invalid,rep\n"), Path.Combine(files.Path, "opportunities.csv"));
        var count = Write(opportunities, megabytes, how == "--strict" ? "last,,,nothing,,,nobody,,\n" : "");
        await using (var command = ServiceProcess.Launch(null, files.Path, arguments: ["import", "people", people]))
        {
            Assert.Equal(0, await command.ExitAsync());
        }

        var limit = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = HeapLimit.ToString("x", CultureInfo.InvariantCulture) };
        await using var import = ServiceProcess.Launch(null, files.Path, settings: limit, arguments: ["import", "opportunities", opportunities, how]);

        Assert.True(await import.ExitAsync() == code, import.Output);
        await import.WritesAsync(how == "--strict" ? "Nothing was written: --strict takes all lines or none." : count.ToString("N0", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_quotation_mark_that_is_never_closed_is_named_with_its_line_and_does_not_swallow_the_memory()
    {
        var people = files.Write("people.csv", "name,email,role\nRavi,ravi@sample.invalid,rep\n");
        var file = Path.Combine(files.Path, "opportunities.csv");
        Write(file, 8, "", first: "1,Cancity,Press line,5,EUR,,ravi@sample.invalid,,\n2,\"Cancity,Press line,5,EUR,,ravi@sample.invalid,,\n");
        await using (var command = ServiceProcess.Launch(null, files.Path, arguments: ["import", "people", people]))
        {
            Assert.Equal(0, await command.ExitAsync());
        }

        var limit = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = HeapLimit.ToString("x", CultureInfo.InvariantCulture) };
        await using var import = ServiceProcess.Launch(null, files.Path, settings: limit, arguments: ["import", "opportunities", file]);

        Assert.True(await import.ExitAsync() == 2, import.Output);
        Assert.Contains("opportunities.csv:3:1: a cell begun here has more than a million characters", import.Output, StringComparison.Ordinal);
    }

    private static int Write(string path, int megabytes, string last, string first = "")
    {
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false));
        file.Write(Header + first);
        var count = 0;
        for (var written = 0; written < megabytes * 1024 * 1024; count++)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"opp-{count:D7},Customer {count / 10:D6},Filling line and its spare parts,{1000 + count}.50,EUR,,ravi@sample.invalid,2027-03-01,\n");
            file.Write(line);
            written += line.Length;
        }

        file.Write(last);
        return count;
    }

    private static async Task OpenAsync(Service service, string account, decimal amount)
    {
        var company = await service.Services.GetRequiredService<CompanyDirectory>().GetAsync(Service.Tenant, CancellationToken.None);
        var now = service.Clock.GetUtcNow();
        var open = new OpportunityCommand.Open(account, "Line", new Money(amount, "EUR"), new PersonId("ravi-patel"), null, StageEnteredAt: now.AddDays(-365));
        var context = new CommandContext(new CommandId("open-" + account), null, now, DateOnly.FromDateTime(now.UtcDateTime), "test");
        await service.Ledger.RecordAsync(Service.Tenant, new OpportunityId("o-zenith"), open, context, company, CancellationToken.None);
    }
}
