namespace KeyAccountBot.Slack.BlockKit;

/// <summary>
/// The lengths Block Kit allows (<see href="https://docs.slack.dev/reference/block-kit/blocks">blocks</see>,
/// <see href="https://docs.slack.dev/reference/block-kit/composition-objects">composition objects</see>), and how a text is cut to them.
/// </summary>
public static class TextLimit
{
    /// <summary>A message's text, as recommended (<see href="https://docs.slack.dev/reference/methods/chat.postMessage#truncating">truncating</see>).</summary>
    public const int Message = 4000;

    /// <summary>A section's text (<see href="https://docs.slack.dev/reference/block-kit/blocks/section-block">section</see>).</summary>
    public const int Section = 3000;

    /// <summary>One field of a section (<see href="https://docs.slack.dev/reference/block-kit/blocks/section-block">section</see>).</summary>
    public const int Field = 2000;

    /// <summary>A header (<see href="https://docs.slack.dev/reference/block-kit/blocks/header-block">header</see>).</summary>
    public const int Header = 150;

    /// <summary>One text of a context (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/text-object">text object</see>).</summary>
    public const int Context = 3000;

    /// <summary>A button's words (<see href="https://docs.slack.dev/reference/block-kit/block-elements/button-element">button</see>).</summary>
    public const int ButtonText = 75;

    /// <summary>A button's value (<see href="https://docs.slack.dev/reference/block-kit/block-elements/button-element">button</see>).</summary>
    public const int ButtonValue = 2000;

    /// <summary>An <c>action_id</c> or <c>block_id</c> (<see href="https://docs.slack.dev/reference/block-kit/block-elements/button-element">button</see>).</summary>
    public const int Id = 255;

    /// <summary>What a list or a calendar says while nothing is chosen (<see href="https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#static_select">static_select</see>).</summary>
    public const int Placeholder = 150;

    /// <summary>An option's words (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/option-object">option</see>).</summary>
    public const int OptionText = 75;

    /// <summary>An option's value (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/option-object">option</see>).</summary>
    public const int OptionValue = 150;

    /// <summary>A confirmation's title (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object">confirmation</see>).</summary>
    public const int ConfirmTitle = 100;

    /// <summary>A confirmation's text (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object">confirmation</see>).</summary>
    public const int ConfirmText = 300;

    /// <summary>A confirmation's two answers (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object">confirmation</see>).</summary>
    public const int ConfirmAnswer = 30;

    /// <summary>Stands for a text that is empty: Slack refuses a text object of no length.</summary>
    public const string Nothing = "–";

    /// <summary>
    /// Cuts plain text to <paramref name="length"/> UTF-16 units with an ellipsis, never inside a surrogate pair
    /// (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/text-object">text object</see>).
    /// </summary>
    public static string CutPlain(string text, int length) => Cut(text, length, BeforeAPair);

    /// <summary>
    /// Cuts mrkdwn as <see cref="CutPlain"/> does plain text, and never inside an escape, a mention, a link or a date either
    /// (<see href="https://docs.slack.dev/messaging/formatting-message-text">formatting message text</see>).
    /// </summary>
    public static string CutMrkdwn(string text, int length) => Cut(text, length, (whole, end) =>
        BeforeAnOpen('&', ';', whole, BeforeAnOpen('<', '>', whole, BeforeAPair(whole, end), TokenLength), EscapeLength));

    // the longest of &amp; &lt; &gt;, and what a mention, a link or a date may measure
    private const int EscapeLength = 5;
    private const int TokenLength = 1000;

    private static string Cut(string text, int length, Func<string, int, int> end) =>
        string.IsNullOrWhiteSpace(text) ? Nothing
        : text.Length <= length ? text
        : text[..end(text, length - 1)] + "…";

    private static int BeforeAPair(string text, int end) =>
        end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;

    private static int BeforeAnOpen(char opening, char closing, string text, int end, int within)
    {
        var open = text.AsSpan(0, end).LastIndexOf(opening);
        return open >= 0 && end - open <= within && text.IndexOf(closing, open, end - open) < 0 ? open : end;
    }
}
