using System.Globalization;
using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.Tests.Simulation;

/// <summary>A year runs alone: it is timed, and it takes all there is.</summary>
[CollectionDefinition(nameof(YearsAlone), DisableParallelization = true)]
public sealed class YearsAlone;

[Collection(nameof(YearsAlone))]
public sealed class YearTests(ITestOutputHelper output)
{
    // three minutes on two cores, however many others share them
    private static readonly TimeSpan MostProcessorTime = TimeSpan.FromMinutes(6);

    // the whole year where everything is run whole; else a part of it that shows most of what can happen
    private static YearPlan Plan(int seed) => Needs.Whole ? new YearPlan(seed) : new YearPlan(seed, Reps: 120, Opportunities: 4_000, Days: 150);

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("SIMULATION_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Chance.Seed();

    [Fact]
    public async Task A_year_of_a_company_breaks_no_promise()
    {
        var seed = Seed;
        output.WriteLine($"SIMULATION_SEED={seed}");
        var year = await Year.LiveAsync(Plan(seed));

        output.WriteLine(year.Figures.ToString());
        Assert.True(year.Violations.Count == 0, year.Violations.ToString());
        Assert.InRange(year.Figures.Processor, TimeSpan.Zero, MostProcessorTime);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_year()
    {
        var plan = new YearPlan(Seed, Reps: 60, Opportunities: 600, Days: 60);
        var once = await Year.LiveAsync(plan);
        var again = await Year.LiveAsync(plan);
        var other = await Year.LiveAsync(plan with { Seed = plan.Seed ^ 1 });

        output.WriteLine(once.Figures.ToString());
        Assert.True(once.Violations.Count == 0, once.Violations.ToString());
        Assert.Equal(once.Figures.Fingerprint, again.Figures.Fingerprint);
        Assert.NotEqual(once.Figures.Fingerprint, other.Figures.Fingerprint);
    }
}
