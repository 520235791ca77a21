using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Sales.Opportunities;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>A photo, a recording or a file instead of words: nobody is left without an answer, and a file's address is evidence where evidence is asked for.</summary>
public sealed class AttachedStories : IAsyncLifetime
{
    private const string File = "application/vnd.microsoft.teams.file.download.info";
    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Theory]
    [InlineData("image/jpeg", "I cannot see pictures")]
    [InlineData("audio/mp4", "I cannot listen to recordings")]
    [InlineData("video/mp4", "I cannot listen to recordings")]
    [InlineData(File, "I do not read files")]
    public async Task What_cannot_be_read_is_said_to_be_so(string type, string answer)
    {
        var rep = service.Teams("ravi");

        await rep.SendsAsync(new Attachment(type, ContentUrl: "https://contoso.example/protocol.pdf"));
        await rep.SeesAsync(answer);
    }

    [Fact]
    public async Task What_is_typed_comes_as_html_too_and_words_beside_a_picture_are_heard()
    {
        var rep = service.Teams("ravi");

        await rep.SendsAsync(new Attachment("text/html"), "status Castell Brewery");
        await rep.SeesAsync("Business negotiation");
        await rep.SendsAsync(new Attachment("image/png"), "status Halden Paper");
        await rep.SeesAsync("Palletiser retrofit");
    }

    [Fact]
    public async Task An_attachment_without_a_type_keeps_no_words_from_being_heard()
    {
        var rep = service.Teams("ravi");

        await rep.SendsAsync(new Attachment(null!), "status Castell Brewery");
        await rep.SeesAsync("Business negotiation");
    }

    [Fact]
    public async Task Where_evidence_is_asked_for_a_files_address_is_the_evidence_and_a_picture_is_asked_about()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("check in Nordwind Dairies");
        await rep.SaysAsync("3");
        await rep.SaysAsync("today");
        await rep.SeesAsync("What shows it?");
        await rep.SendsAsync(new Attachment("image/jpeg", ContentUrl: "https://connector.example/picture"));
        await rep.SeesAsync("I cannot see pictures");
        await rep.SeesAsync("What shows it?");
        await rep.SendsAsync(new Attachment(File, ContentUrl: "https://contoso.example/protocol.pdf"));
        await rep.SeesAsync("What is the next step?");
        await rep.SaysAsync("none");
        await rep.SeesAsync("Evidence");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Recorded for Nordwind Dairies");

        Assert.Equal("https://contoso.example/protocol.pdf", Assert.Single((await service.EntriesAsync("s-01")).Select(e => e.What).OfType<OpportunityEvent.MilestoneReached>()).Evidence);
    }

    [Fact]
    public async Task In_Slack_a_file_is_answered_and_words_beside_it_are_heard()
    {
        var manager = service.Slack("UMARIA");

        await manager.SendsAsync("audio/webm", "https://contoso.slack.com/files/U1/F1/memo.webm");
        await manager.GetsAsync("I cannot listen to recordings");
        await manager.SendsAsync("image/png", "https://contoso.slack.com/files/U1/F2/board.png", "status Castell Brewery");
        await manager.GetsAsync("Business negotiation");
    }
}
