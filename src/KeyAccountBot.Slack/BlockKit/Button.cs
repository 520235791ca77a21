using System.Text.Json.Serialization;

namespace KeyAccountBot.Slack.BlockKit;

/// <summary>How a button looks (<see href="https://docs.slack.dev/reference/block-kit/block-elements/button-element">button</see>).</summary>
public enum ButtonStyle
{
    /// <summary>Green: the one thing to do.</summary>
    Primary,

    /// <summary>Red: what cannot be taken back.</summary>
    Danger,
}

/// <summary>A button (<see href="https://docs.slack.dev/reference/block-kit/block-elements/button-element">button</see>).</summary>
public sealed record Button : ActionElement
{
    /// <summary>A button with its words and the id its press comes back with (<see href="https://docs.slack.dev/reference/block-kit/block-elements/button-element">button</see>).</summary>
    public Button(string plainText, string actionId, string? value = null)
        : base(actionId)
    {
        Text = PlainText.Of(plainText, TextLimit.ButtonText);
        Value = value is null ? null : Refuse.TooLong(value, TextLimit.ButtonValue, "value");
    }

    /// <summary>The words on it (<see href="https://docs.slack.dev/reference/block-kit/block-elements/button-element">button</see>).</summary>
    [JsonPropertyOrder(-2)]
    public PlainText Text { get; }

    /// <summary>What the press carries (<see href="https://docs.slack.dev/reference/block-kit/block-elements/button-element">button</see>).</summary>
    public string? Value { get; }

    /// <summary>Its look; absent, the plain one (<see href="https://docs.slack.dev/reference/block-kit/block-elements/button-element">button</see>).</summary>
    public ButtonStyle? Style { get; init; }

    /// <summary>Asks back before the press counts (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object">confirmation</see>).</summary>
    public Confirmation? Confirm { get; init; }

    /// <summary>What a screen reader says in place of the words on it (<see href="https://docs.slack.dev/reference/block-kit/block-elements/button-element">button</see>).</summary>
    public string? AccessibilityLabel
    {
        get;
        init => field = value is null ? null : TextLimit.CutPlain(value, TextLimit.ButtonText);
    }
}

/// <summary>The question before a press counts (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object">confirmation</see>).</summary>
public sealed record Confirmation
{
    /// <summary>A question and its two answers (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object">confirmation</see>).</summary>
    public Confirmation(string title, string plainText, string confirm, string deny)
    {
        Title = PlainText.Of(title, TextLimit.ConfirmTitle);
        Text = PlainText.Of(plainText, TextLimit.ConfirmText);
        Confirm = PlainText.Of(confirm, TextLimit.ConfirmAnswer);
        Deny = PlainText.Of(deny, TextLimit.ConfirmAnswer);
    }

    /// <summary>The title (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object">confirmation</see>).</summary>
    public PlainText Title { get; }

    /// <summary>The question (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object">confirmation</see>).</summary>
    public PlainText Text { get; }

    /// <summary>The answer yes (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object">confirmation</see>).</summary>
    public PlainText Confirm { get; }

    /// <summary>The answer no (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object">confirmation</see>).</summary>
    public PlainText Deny { get; }
}
