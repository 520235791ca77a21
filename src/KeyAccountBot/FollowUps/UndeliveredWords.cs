using System.Globalization;
using KeyAccountBot.Records;

namespace KeyAccountBot.FollowUps;

/// <summary>Says why a delivery reached nobody.</summary>
internal static class UndeliveredWords
{
    /// <summary>In one line, each channel with its reason.</summary>
    public static string Line(DeliveryRecord? dead, CultureInfo culture)
    {
        var texts = FollowUpMessage.Texts;
        if (dead?.Refused is not { Count: > 0 } refused)
        {
            return texts["Undelivered.NotOnRecord", culture];
        }

        var reasons = refused.Select(r => texts[$"Why.{r.Reason}", culture, r.Channel, r.Detail]);
        return texts["Undelivered.Why", culture, string.Join(texts["Undelivered.Separator", culture], reasons)];
    }
}
