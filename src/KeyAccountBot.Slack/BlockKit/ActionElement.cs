using System.Text.Json.Serialization;

namespace KeyAccountBot.Slack.BlockKit;

/// <summary>What can be pressed or chosen in a row (<see href="https://docs.slack.dev/reference/block-kit/block-elements">block elements</see>).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Button), "button")]
[JsonDerivedType(typeof(StaticSelect), "static_select")]
[JsonDerivedType(typeof(DatePicker), "datepicker")]
public abstract record ActionElement
{
    private protected ActionElement(string actionId) => ActionId = Refuse.TooLong(actionId, TextLimit.Id, "action_id");

    /// <summary>What its use comes back with; unique within its block (<see href="https://docs.slack.dev/reference/block-kit/block-elements">block elements</see>).</summary>
    [JsonPropertyOrder(-1)]
    public string ActionId { get; }
}
