using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;

namespace KeyAccountBot.Benchmarks.Load;

/// <summary>The floor: what any bot on Kestrel pays. It parses the activity, posts one reply with an <see cref="HttpClient"/>, answers; nothing is checked, decided or kept.</summary>
internal static class FloorCommand
{
    /// <summary>The command; <c>load</c> starts it as a process of its own.</summary>
    public static Command Create()
    {
        var command = new Command("floor", "Serves the floor that load compares with; started by load.");
        command.SetAction((_, _) => RunAsync());
        return command;
    }

    private static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        using var handler = new SocketsHttpHandler();
        using var http = new HttpClient(handler);
        app.MapPost("/api/messages", async context =>
        {
            var activity = (await JsonSerializer.DeserializeAsync(context.Request.Body, ActivityJson.Default.Activity))!;
            var reply = Activity.Message("You said: " + activity.Text) with
            {
                ChannelId = activity.ChannelId,
                ServiceUrl = activity.ServiceUrl,
                From = activity.Recipient,
                Recipient = activity.From,
                Conversation = activity.Conversation,
                ReplyToId = activity.Id,
            };
            using var request = new HttpRequestMessage(
                HttpMethod.Post, $"{activity.ServiceUrl}v3/conversations/{Uri.EscapeDataString(activity.Conversation!.Id!)}/activities");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "outbound-token");
            request.Content = JsonContent.Create(reply, ActivityJson.Default.Activity);
            using var response = await http.SendAsync(request);
            _ = response.EnsureSuccessStatusCode();
        });
        await app.RunAsync();
        return 0;
    }
}
