namespace KeyAccountBot.Slack.WebApi;

/// <content>The <see href="https://docs.slack.dev/reference/methods?family=conversations">conversations</see> family.</content>
public sealed partial class SlackWebApi
{
    /// <summary>
    /// Opens the direct message with a person and answers its channel, <c>D…</c>; the same one every time, so keep it
    /// (<see href="https://docs.slack.dev/reference/methods/conversations.open">conversations.open</see>).
    /// </summary>
    public async Task<string> OpenConversationAsync(string userId, CancellationToken cancellation = default)
    {
        const string Method = "conversations.open";
        var answer = await PostJsonAsync(
            Method, new OpenBody(userId), WebApiJson.Default.OpenBody, WebApiJson.Default.OpenAnswer, cancellation);
        return Present(Method, answer.Channel?.Id);
    }
}
