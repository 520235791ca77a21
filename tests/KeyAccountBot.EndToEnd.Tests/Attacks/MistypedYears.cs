using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.People;
using KeyAccountBot.Sales.Opportunities;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Attacks;

/// <summary>A year mistyped is asked about wherever a date is said, and taken only after a yes.</summary>
public sealed class MistypedYears : IAsyncLifetime
{
    private Service service = null!;
    private TeamsUser rep = null!;

    public async ValueTask InitializeAsync()
    {
        service = await Service.StartAsync();
        rep = service.Teams("ravi");
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Of_a_next_step_the_likely_day_is_offered_and_yes_keeps_what_was_said()
    {
        foreach (var words in new[] { "check in Halden Paper", "none", "call them", "15 March 2127" })
        {
            await rep.SaysAsync(words);
        }

        await rep.SeesAsync("You said 15 Mar 2127. Did you mean 15 Mar 2026?");
        await rep.SaysAsync("15 Mar 2026");
        await rep.SeesAsync("call them, by 15 Mar 2026");
        await rep.SaysAsync("no");

        foreach (var words in new[] { "check in Halden Paper", "none", "call them", "15 March 9999" })
        {
            await rep.SaysAsync(words);
        }

        await rep.SaysAsync("yes");
        await rep.SeesAsync("call them, by 15 Mar 9999");
    }

    [Fact]
    public async Task Of_a_card_it_is_asked_before_anything_is_shown_to_be_recorded()
    {
        await rep.SaysAsync("check in Halden Paper");
        var asked = await rep.PressesAsync("Review", new() { ["nextStep"] = "call them", ["due"] = "0026-03-20" }, "Halden Paper");
        Assert.Contains("Did you mean 20 Mar 2026?", asked, StringComparison.Ordinal);
        await rep.SaysAsync("20 March");
        await rep.SeesAsync("call them, by 20 Mar 2026");
    }

    [Fact]
    public async Task Of_an_absence_in_one_sentence_it_is_asked_and_nobody_is_away_for_a_century()
    {
        await rep.SaysAsync("away until 15 March 2127, Li Na stands in");
        await rep.SeesAsync("Did you mean 15 Mar 2026?");
        await rep.SaysAsync("15 March");
        await rep.SeesAsync("Li Na hears in your place");
        var company = await service.Services.GetRequiredService<CompanyDirectory>().GetAsync(Service.Tenant, CancellationToken.None);
        Assert.Equal(new DateOnly(2026, 3, 15), company.Find(new("ravi-patel"))!.Away!.Until);
    }

    [Fact]
    public async Task Of_a_visit_a_close_a_report_in_own_words_and_a_tenders_deadline_too()
    {
        await rep.SaysAsync("plan a visit Halden Paper");
        await rep.SaysAsync("15 March 2127 at 10");
        await rep.SeesAsync("Did you mean 15 Mar 2026?");

        foreach (var words in new[] { "open opportunity", "Cancity", "Pumps", "1000", "1 June 2126" })
        {
            await rep.SaysAsync(words);
        }

        await rep.SeesAsync("Did you mean 1 Jun 2026?");
        await rep.SaysAsync("cancel");

        await rep.SaysAsync("Spoke with Halden Paper on the phone today, we send the offer by 20 March 2126");
        await rep.SeesAsync("Did you mean 20 Mar 2026?");
        await rep.SaysAsync("20 Mar 2026");
        await rep.SeesAsync("20 Mar 2026");

        foreach (var words in new[] { "bid Brightwater Foods", "1", "20 March 2226" })
        {
            await rep.SaysAsync(words);
        }

        await rep.SeesAsync("Did you mean 20 Mar 2026?");
        Assert.DoesNotContain((await service.EntriesAsync("s-04")).Select(e => e.What), e => e is OpportunityEvent.BidBranchChosen);
    }
}
