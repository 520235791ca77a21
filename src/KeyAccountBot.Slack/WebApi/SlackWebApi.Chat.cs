using KeyAccountBot.Slack.BlockKit;

namespace KeyAccountBot.Slack.WebApi;

/// <content>The <see href="https://docs.slack.dev/reference/methods?family=chat">chat</see> family.</content>
public sealed partial class SlackWebApi
{
    /// <summary>Sends a message (<see href="https://docs.slack.dev/reference/methods/chat.postMessage">chat.postMessage</see>).</summary>
    public Task<PostedMessage> PostMessageAsync(
        string channel, string text, IReadOnlyList<Block>? blocks, string? threadTs = null, CancellationToken cancellation = default) =>
        PostMessageAsync(channel, new BlockKitDocument(text, blocks), threadTs, cancellation);

    /// <summary>Sends a message (<see href="https://docs.slack.dev/reference/methods/chat.postMessage">chat.postMessage</see>).</summary>
    public Task<PostedMessage> PostMessageAsync(
        string channel, BlockKitDocument message, string? threadTs = null, CancellationToken cancellation = default) =>
        SendAsync("chat.postMessage", new ChatBody(channel, message.Text, message.Blocks, ThreadTs: threadTs), cancellation);

    /// <summary>Replaces a message of ours (<see href="https://docs.slack.dev/reference/methods/chat.update">chat.update</see>).</summary>
    public Task<PostedMessage> UpdateAsync(
        string channel, string ts, string text, IReadOnlyList<Block>? blocks, CancellationToken cancellation = default) =>
        UpdateAsync(channel, ts, new BlockKitDocument(text, blocks), cancellation);

    /// <summary>Replaces a message of ours; without blocks, those it had are gone (<see href="https://docs.slack.dev/reference/methods/chat.update">chat.update</see>).</summary>
    public Task<PostedMessage> UpdateAsync(
        string channel, string ts, BlockKitDocument message, CancellationToken cancellation = default) =>
        SendAsync("chat.update", new ChatBody(channel, message.Text, message.Blocks, Ts: ts), cancellation);

    /// <summary>
    /// Says something in a channel to one user, seen by nobody else and gone when they reload; it is not guaranteed to reach them
    /// (<see href="https://docs.slack.dev/reference/methods/chat.postEphemeral">chat.postEphemeral</see>).
    /// </summary>
    public Task PostEphemeralAsync(string channel, string user, string text, CancellationToken cancellation = default)
    {
        var message = new BlockKitDocument(text, null);
        var body = new EphemeralBody(channel, user, message.Text, message.Blocks.Count > 0 ? message.Blocks : null);
        return PostJsonAsync("chat.postEphemeral", body, WebApiJson.Default.EphemeralBody, WebApiJson.Default.ChatAnswer, cancellation);
    }

    /// <summary>Makes a call that was put together earlier (<see href="https://docs.slack.dev/reference/methods?family=chat">chat</see>).</summary>
    public Task SendAsync(ChatCall call, CancellationToken cancellation = default) =>
        PostJsonAsync(call.Method, call.Body, WebApiJson.Default.JsonElement, WebApiJson.Default.ChatAnswer, cancellation);

    private async Task<PostedMessage> SendAsync(string method, ChatBody body, CancellationToken cancellation)
    {
        var answer = await PostJsonAsync(method, body, WebApiJson.Default.ChatBody, WebApiJson.Default.ChatAnswer, cancellation);
        return new PostedMessage(answer.Channel ?? body.Channel, Present(method, answer.Ts));
    }
}

/// <summary>Where a message stands; both parts are needed to update it (<see href="https://docs.slack.dev/reference/methods/chat.postMessage">chat.postMessage</see>).</summary>
/// <param name="Channel">The channel, <c>D…</c> in a direct message.</param>
/// <param name="Ts">Its key in the channel.</param>
public sealed record PostedMessage(string Channel, string Ts);
