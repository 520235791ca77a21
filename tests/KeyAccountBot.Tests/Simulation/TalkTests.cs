using System.Globalization;
using Xunit;

namespace KeyAccountBot.Tests.Simulation;

/// <summary>A year of talk; with the seed of the year of the company where one is given.</summary>
public sealed class TalkTests(ITestOutputHelper output)
{
    // a few where somebody just tries the tests
    private static int People => string.Equals(Environment.GetEnvironmentVariable("NOTHING_SKIPPED"), "true", StringComparison.OrdinalIgnoreCase) ? 30 : 4;

    [Fact]
    public async Task In_a_year_of_talk_nobody_is_muted_and_nothing_comes_more_than_ten_minutes_late()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SIMULATION_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Chance.Seed();
        output.WriteLine($"SIMULATION_SEED={seed}");
        var year = await TalkYear.LiveAsync(new TalkPlan(seed, People));

        output.WriteLine($"{year.Figures}");
        Assert.True(year.Violations.Count == 0, year.Violations.ToString());
        Assert.True(year.Figures is { Heard: > 800, Late: > 15, Lost: > 15 }, $"{year.Figures}");
    }
}
