using System.CommandLine;
using System.Globalization;
using KeyAccountBot.Benchmarks.Wire;

namespace KeyAccountBot.Benchmarks.Storage;

/// <summary><c>storage-trips</c>: how often a turn goes to storage between the activity and its reply.</summary>
internal static class StorageTripsCommand
{
    private const int Aim = 3;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("storage-trips", "Counts the storage round trips between activity and reply, for each kind of turn.");
        command.SetAction((_, stop) => RunAsync(stop));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken stop)
    {
        using var folder = new TemporaryFolder();
        await using var end = await FarEnd.StartAsync();
        await new SampleCompany(1, 3).SeedAsync(folder.Path, stop);
        await using var service = new CountedService(end, folder.Path);
        Console.WriteLine($"{"turn",-44} {"trips",5} {"waits",5}  (aim: at most {Aim.ToString(CultureInfo.InvariantCulture)})");

        Write("help, the first words ever", await service.SaysAsync("help"));
        Write("help", await service.SaysAsync("help"));
        Write("my opportunities", await service.SaysAsync("my opportunities"));
        Write("status …", await service.SaysAsync("status " + SampleCompany.AccountOf(0, 0)));
        for (var turn = 0; turn < CheckInWords.Turns; turn++)
        {
            var words = CheckInWords.Says(turn, SampleCompany.AccountOf(0, 0));
            Write(turn == 0 ? "check in …" : words, await service.SaysAsync(words, "check-in-" + turn.ToString(CultureInfo.InvariantCulture)));
        }

        Write("yes, delivered once more", await service.SaysAsync("yes", "check-in-" + (CheckInWords.Turns - 1).ToString(CultureInfo.InvariantCulture)));
        await service.SaysAsync("check in " + SampleCompany.AccountOf(0, 1));
        Write("the check-in card's button", await service.PressesAsync(
            service.LastSaid!["attachments"]![0]!["content"]!, new(StringComparer.Ordinal) { ["milestones"] = "customer-profile", ["on"] = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["evidence"] = "CRM" }));
        Write("the summary card's yes (no change of stage)", await service.PressesAsync(service.LastSaid!["value"]!));
        Write("hold …", await service.SaysAsync("hold " + SampleCompany.AccountOf(0, 2)));
        Write("the reason for it", await service.SaysAsync("budget frozen"));
        Write("the day to look at it again", await service.SaysAsync("in two weeks"));
        Write("yes", await service.SaysAsync("yes"));
        Write("undo …", await service.SaysAsync("undo " + SampleCompany.AccountOf(0, 2)));
        Write("yes", await service.SaysAsync("yes"));
        return 0;
    }

    private static void Write(string turn, Trips trips) => Console.WriteLine(
        $"{turn,-44} {trips.BeforeReply.ToString(CultureInfo.InvariantCulture),5} {trips.WaitsBeforeReply.ToString(CultureInfo.InvariantCulture),5}  {string.Join(", ", trips.Calls.Take(trips.BeforeReply))}");
}
