using KeyAccountBot.EndToEnd.Tests.Harness;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

public sealed class TeamsClientStory
{
    [Fact]
    public async Task In_a_Teams_client_a_rep_checks_in_by_text_and_by_card_and_asks_how_it_stands()
    {
        using var store = new TemporaryFolder();
        await using var bot = await ServiceProcess.StartAsync(null, store.Path);
        await using var rep = await Playground.OpenAsync(bot.Address);

        // the client draws the conversation anew when the bot greets, and loses what is being typed
        await rep.SeesAsync("I do not know you yet");
        await rep.SaysAsync("I am Ravi Patel");
        await rep.SeesAsync("Hello Ravi Patel");

        await rep.SaysAsync("check in Nordwind Dairies");
        await rep.SeesAsync("Which milestones have been reached?");
        await rep.SaysAsync("3");
        await rep.SeesAsync("When was that?");
        await rep.SaysAsync("today");
        await rep.SeesAsync("What shows it?");
        await rep.SaysAsync("Letter from the works manager");
        await rep.SeesAsync("What is the next step?");
        await rep.SaysAsync("Visit the line");
        await rep.SeesAsync("By when?");
        await rep.SaysAsync("next friday");
        await rep.SeesAsync("Shall I record it?");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Recorded for Nordwind Dairies");
        await rep.ShowsAsync("teams-client-by-text");

        await rep.SaysAsync("check in Halden Paper");
        await rep.SeesAsync("Which milestones have been reached?");
        await rep.TicksAsync("2. ");
        await rep.FillsAsync("Evidence", "Organisation chart of the mill");
        await rep.ShowsAsync("teams-client-card");
        await rep.PressesAsync("Review");
        await rep.SeesAsync("Shall I record it?");
        await rep.ShowsAsync("teams-client-summary");
        await rep.PressesAsync("Yes, record it");
        await rep.SeesAsync("Recorded for Halden Paper");

        await rep.SaysAsync("status Nordwind Dairies");
        await rep.SeesAsync("Project establishment");
        await rep.ShowsAsync("teams-client-status");
    }
}
