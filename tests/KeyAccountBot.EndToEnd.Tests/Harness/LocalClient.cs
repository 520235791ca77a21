using System.Net.Http.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Sandbox.FarEnds;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>Somebody at a Teams client on the sandbox's machine, which sends no token; its replies stand in the sandbox's transcript.</summary>
internal sealed class LocalClient(SandboxService service, string id)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private int said;
    private int read;

    /// <summary>Says something, on any channel and with any object id it likes.</summary>
    public async Task SaysAsync(string text, string channel = ChannelIds.Teams, string? objectId = null)
    {
        var activity = Activity.Message(text) with
        {
            Id = $"{id}-{++said}",
            ChannelId = channel,
            ServiceUrl = service.Sandbox.ServiceUrl,
            From = new ChannelAccount("29:" + id, AadObjectId: objectId),
            Recipient = new ChannelAccount("28:bot"),
            Conversation = new ConversationAccount("a:" + id, "personal", "any-tenant"),
            Locale = "en-US",
        };
        using var response = await service.Http.PostAsJsonAsync("/api/messages", activity, ActivityJson.Default.Activity);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>Waits until the bot has said this since it was last seen to say something.</summary>
    public async Task SeesAsync(string words)
    {
        using var bound = new CancellationTokenSource(Patience);
        List<string?> seen = [];
        try
        {
            await foreach (var line in service.Sandbox.Transcript.ReadAsync(bound.Token))
            {
                if (line is { FromBot: true, App: Transcript.Teams } && line.Person == id)
                {
                    seen.Add(line.Text);
                    if (seen.Count > read && line.Text?.Contains(words, StringComparison.OrdinalIgnoreCase) == true)
                    {
                        read = seen.Count;
                        return;
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // never said
        }

        Assert.Fail($"{id} did not see “{words}” but:\n{string.Join("\n---\n", seen.Skip(read))}");
    }
}
