using KeyAccountBot.EndToEnd.Tests.Harness;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>A conversation is about something: "there", "him" and "it" mean what was spoken of, and what stands open is not lost.</summary>
public sealed class SpokenOfStories : IAsyncLifetime
{
    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task There_him_and_this_mean_the_customer_spoken_of()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("how is Castell going");
        await rep.SeesAsync("Business negotiation");
        await rep.SaysAsync("who decides there?");
        await rep.SeesAsync("Castell Brewery: who decides");
        await rep.SaysAsync("who will hear of this");
        await rep.SeesAsync("Castell Brewery · Keg washing hall: who will hear");
        await rep.SaysAsync("change the amount to 2 million");
        await rep.SeesAsync("Castell Brewery: this is what I understood");
    }

    [Fact]
    public async Task What_a_report_was_about_is_spoken_of_too_and_another_customer_takes_its_place()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("Brightwater: bid submitted this morning");
        await rep.SeesAsync("Bid submitted");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Recorded for Brightwater Foods");
        await rep.SaysAsync("what is missing there");
        await rep.SeesAsync("Brightwater Foods · Sterile filler: what is missing");
        await rep.SaysAsync("status Halden Paper");
        await rep.SeesAsync("Palletiser retrofit");
        await rep.SaysAsync("what is missing there");
        await rep.SeesAsync("Halden Paper · Palletiser retrofit: what is missing");
    }

    [Fact]
    public async Task An_order_waits_while_a_yes_or_no_stands_open()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("change the amount of Castell to 2 million");
        await rep.SeesAsync("Castell Brewery: this is what I understood");
        await rep.SaysAsync("hand Nordwind over to Li Na");
        await rep.SeesAsync("This first, please: yes or no.");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Recorded for Castell Brewery");
    }

    [Fact]
    public async Task A_question_at_a_list_is_answered_and_the_list_stands_again()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("check in Nordwnd");
        await rep.SeesAsync("Did you mean");
        await rep.SaysAsync("pipeline by stage");
        await rep.SeesAsync("Pipeline: ");
        await rep.SaysAsync("1");
        await rep.SeesAsync("Which milestones have been reached?");
    }

    [Fact]
    public async Task A_newcomer_is_offered_by_the_name_that_is_corrected_in_words()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("met Tom Baker at Nordwind");
        await rep.SeesAsync("Tom Baker – not on record at Nordwind Dairies");
        await rep.SaysAsync("no, it's Tom Bakker");
        await rep.SeesAsync("Tom Bakker – not on record at Nordwind Dairies");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Tom Bakker is not on record at Nordwind Dairies. Add them? If so, which department?");
        await rep.SaysAsync("no");
        await rep.SeesAsync("Tom Bakker was not added.");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Nothing waits for a yes or a no.");
    }

    [Fact]
    public async Task A_manager_asks_a_rep_in_one_sentence()
    {
        var manager = service.Teams("maria");

        await manager.SaysAsync("ask Ravi whether the board has met at Castell");
        await manager.SeesAsync("whether the board has met at Castell");
        await manager.SaysAsync("no");
        await manager.SeesAsync("Not sent.");
        await manager.SaysAsync("nudge Ravi about Halden");
        await manager.SeesAsync("How does Halden Paper · Palletiser retrofit stand?");
    }
}
