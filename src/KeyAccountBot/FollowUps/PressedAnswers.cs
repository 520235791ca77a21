using System.Text.Json;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.FollowUps;

/// <summary>Takes what is pressed on a follow-up, with what was filled in beside it.</summary>
internal sealed class PressedAnswers(FollowUpAnswers answers)
{
    /// <summary>Whether a verb is one of a follow-up's.</summary>
    public static bool IsVerb(string verb) => verb is FollowUpAnswers.Verb or FollowUpAnswers.ReplyVerb;

    /// <summary>Records the press; <c>null</c> where the data is no follow-up's.</summary>
    public async Task<AnswerResult?> AnswerAsync(
        TenantId tenant, Person by, string verb, JsonElement data, CommandId command, string channel, CancellationToken cancellationToken)
    {
        if (verb == FollowUpAnswers.ReplyVerb)
        {
            return ReplyPress.From(data) is { } reply
                ? await answers.ReplyAsync(tenant, by, reply.Opportunity, reply.Chain, reply.Reply, command, channel, cancellationToken)
                : null;
        }

        if (FollowUpPress.From(data) is not { } press)
        {
            return null;
        }

        var culture = FollowUpMessage.CultureOf(by);
        return press.LacksDate
            ? new AnswerResult(AnswerOutcome.Unfit, FollowUpMessage.Texts["Until.Missing", culture])
            : await answers.AnswerAsync(tenant, by, press.Opportunity, press.Chain, press.Given(culture), command, channel, cancellationToken);
    }
}
