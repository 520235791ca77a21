using KeyAccountBot.Language;

namespace KeyAccountBot.Sales.Reports;

/// <summary>
/// Reads what somebody says to a proposal that was shown to them: yes, no, what is wrong with it, or something else altogether. Pure; it
/// changes what the words speak of and nothing else, and where they can be meant in two ways it says so.
/// </summary>
public static class Corrections
{
    /// <summary>The longest reply that is read as a correction.</summary>
    public const int LongestText = 1_000;

    /// <summary>What the reply does.</summary>
    /// <param name="text">As written.</param>
    /// <param name="shown">What was shown.</param>
    /// <param name="scene">What is on record.</param>
    public static CorrectionReading Read(string text, Proposal shown, ReportScene scene)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(shown);
        ArgumentNullException.ThrowIfNull(scene);
        var words = Spelling.Fold(text).Trim();
        if (words.Length is 0 or > LongestText)
        {
            return new CorrectionReading(ReplyEffect.Interrupt, shown);
        }

        if (CorrectionWords.IsOnly(words, "change") && !CorrectionWords.Has(words, "clarify"))
        {
            return new CorrectionReading(ReplyEffect.Correct, shown) { WantsForm = true };
        }

        if (CorrectionWords.Has(words, "whoSees"))
        {
            return new CorrectionReading(ReplyEffect.Clarify, shown) { AsksWhoSees = true };
        }

        return CorrectionWords.Has(words, "clarify") || CorrectionWords.IsOnly(words, "clarifyAlone") ? new CorrectionReading(ReplyEffect.Clarify, shown) : new CorrectionReader(text, shown, scene).Read();
    }

    /// <summary>What a reply of a word or two does, which needs nothing that is on record; <c>null</c> for anything else.</summary>
    public static CorrectionReading? Plain(string text, Proposal shown)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = Spelling.Fold(text).Trim();
        return words.Length is 0 or > ShortText ? null
            : CorrectionWords.IsOnly(words, "change") ? new CorrectionReading(ReplyEffect.Correct, shown) { WantsForm = true }
            : CorrectionWords.IsOnly(words, "yes") ? new CorrectionReading(ReplyEffect.Answer, shown)
            : CorrectionWords.IsOnly(words, "no") ? new CorrectionReading(ReplyEffect.Abandon, shown)
            : null;
    }

    /// <summary>A part as it reads for another opportunity: the message is read once more in its light, and contacts do not carry over.</summary>
    public static OpportunityProposal Retargeted(OpportunityProposal part, OpportunityId to, string text, ReportScene scene) => CorrectionReader.Retargeted(part, to, text, scene);

    /// <summary>The scene with one opportunity and its customer, so that whatever is said is said of it.</summary>
    public static ReportScene Only(ReportScene scene, OpportunityId id) => CorrectionReader.Only(scene, id);

    private const int ShortText = 24;
}
