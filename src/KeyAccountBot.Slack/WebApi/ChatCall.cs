using System.Text.Json;
using KeyAccountBot.Slack.BlockKit;

namespace KeyAccountBot.Slack.WebApi;

/// <summary>A call of the chat family, put together to be made later (<see href="https://docs.slack.dev/reference/methods?family=chat">chat</see>).</summary>
/// <param name="Method">Such as <c>chat.postMessage</c>.</param>
/// <param name="Body">Its JSON.</param>
public sealed record ChatCall(string Method, JsonElement Body)
{
    /// <summary>Where it goes.</summary>
    public string Channel => Body.GetProperty("channel").GetString()!;

    /// <summary>The thread that it stands in; <c>null</c> for none.</summary>
    public string? ThreadTs => Body.TryGetProperty("thread_ts", out var thread) ? thread.GetString() : null;

    /// <summary>The text of the message, which stands for its blocks too.</summary>
    public string Text => Body.GetProperty("text").GetString()!;

    /// <summary>Sends a message (<see href="https://docs.slack.dev/reference/methods/chat.postMessage">chat.postMessage</see>).</summary>
    public static ChatCall Post(string channel, BlockKitDocument message, string? threadTs = null) =>
        Of("chat.postMessage", new ChatBody(channel, message.Text, message.Blocks, ThreadTs: threadTs));

    /// <summary>Replaces a message of ours (<see href="https://docs.slack.dev/reference/methods/chat.update">chat.update</see>).</summary>
    public static ChatCall Update(string channel, string ts, BlockKitDocument message) =>
        Of("chat.update", new ChatBody(channel, message.Text, message.Blocks, Ts: ts));

    /// <summary>Says something to one user where others read; it is gone when they reload (<see href="https://docs.slack.dev/reference/methods/chat.postEphemeral">chat.postEphemeral</see>).</summary>
    public static ChatCall Ephemeral(string channel, string user, string text)
    {
        var message = new BlockKitDocument(text);
        return new ChatCall(
            "chat.postEphemeral",
            JsonSerializer.SerializeToElement(
                new EphemeralBody(channel, user, message.Text, message.Blocks.Count > 0 ? message.Blocks : null), WebApiJson.Default.EphemeralBody));
    }

    private static ChatCall Of(string method, ChatBody body) => new(method, JsonSerializer.SerializeToElement(body, WebApiJson.Default.ChatBody));
}
