namespace KeyAccountBot.Slack.BlockKit;

/// <summary>One of a list to choose from (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/option-object">option</see>).</summary>
public sealed record SelectOption
{
    /// <summary>An option with its words and the value that its choice comes back with (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/option-object">option</see>).</summary>
    public SelectOption(string plainText, string value)
    {
        Text = PlainText.Of(plainText, TextLimit.OptionText);
        Value = Refuse.TooLong(value, TextLimit.OptionValue, "value of an option");
    }

    /// <summary>The words (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/option-object">option</see>).</summary>
    public PlainText Text { get; }

    /// <summary>What choosing it carries (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/option-object">option</see>).</summary>
    public string Value { get; }
}

/// <summary>A list to choose one from (<see href="https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#static_select">static_select</see>).</summary>
public sealed record StaticSelect : ActionElement
{
    /// <summary>Options in a list (<see href="https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#static_select">static_select</see>).</summary>
    public const int MaxOptions = 100;

    /// <summary>A list that says what it is for while nothing is chosen (<see href="https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#static_select">static_select</see>).</summary>
    public StaticSelect(string placeholder, string actionId, IReadOnlyList<SelectOption> options)
        : base(actionId)
    {
        Placeholder = PlainText.Of(placeholder, TextLimit.Placeholder);
        Options = options.Count is > 0 and <= MaxOptions
            ? options
            : throw new ArgumentException($"Slack takes 1 to {MaxOptions} options in a list; these are {options.Count}.", nameof(options));
    }

    /// <summary>What it is for (<see href="https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#static_select">static_select</see>).</summary>
    public PlainText Placeholder { get; }

    /// <summary>What can be chosen, in the order shown (<see href="https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#static_select">static_select</see>).</summary>
    public IReadOnlyList<SelectOption> Options { get; }
}

/// <summary>A day to choose (<see href="https://docs.slack.dev/reference/block-kit/block-elements/date-picker-element">datepicker</see>).</summary>
public sealed record DatePicker : ActionElement
{
    /// <summary>A calendar that says what it is for while no day is chosen (<see href="https://docs.slack.dev/reference/block-kit/block-elements/date-picker-element">datepicker</see>).</summary>
    public DatePicker(string placeholder, string actionId)
        : base(actionId) => Placeholder = PlainText.Of(placeholder, TextLimit.Placeholder);

    /// <summary>What it is for (<see href="https://docs.slack.dev/reference/block-kit/block-elements/date-picker-element">datepicker</see>).</summary>
    public PlainText Placeholder { get; }
}
