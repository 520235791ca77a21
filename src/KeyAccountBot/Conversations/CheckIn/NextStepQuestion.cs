using System.Globalization;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Conversations.CheckIn;

/// <summary>The question for the next step: its day may be said with it, and what is on record may be said again.</summary>
internal static class NextStepQuestion
{
    /// <summary>What the answer is for.</summary>
    public const string Field = "nextStep";

    /// <summary>What its day is for.</summary>
    public const string Due = "nextStepDate";

    /// <summary>The question with what may be said to it.</summary>
    public static PromptOptions Of(PromptOptions question, NextStep? onRecord) => question with
    {
        Field = Field,
        Further = [Due],
        MayBeLeftOut = true,
        Former = onRecord?.What,
        FormerFurther = onRecord is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { [Due] = onRecord.Due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) },
    };
}
