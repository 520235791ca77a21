using System.Text.Json;
using KeyAccountBot.Sales;

namespace KeyAccountBot.StandIns;

/// <summary>What the button of a notice carries.</summary>
/// <param name="Absent">Who is away.</param>
/// <param name="From">Since when: a later absence is another one.</param>
/// <param name="StandIn">Who was named.</param>
internal sealed record StandInPress(PersonId Absent, DateOnly From, PersonId StandIn)
{
    /// <summary>The verb of the button to decline.</summary>
    public const string Decline = "stand-in/decline";

    /// <summary>The verb of the button to agree.</summary>
    public const string Agree = "stand-in/agree";

    /// <summary>The verb of the button not to agree.</summary>
    public const string Refuse = "stand-in/refuse";

    /// <summary>Whether a verb is one of a notice's buttons.</summary>
    public static bool IsVerb(string? verb) => verb is Decline or Agree or Refuse;

    /// <summary>Reads a button's data; <c>null</c> where it is no notice's.</summary>
    public static StandInPress? Of(JsonElement data)
    {
        try
        {
            return data.ValueKind == JsonValueKind.Object && data.Deserialize(NoticeJson.Default.StandInPress) is { Absent.Value.Length: > 0, StandIn.Value.Length: > 0 } press
                ? press
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
