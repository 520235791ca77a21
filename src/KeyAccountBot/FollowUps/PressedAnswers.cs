using System.Text.Json;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.FollowUps;

/// <summary>Takes what is pressed on a follow-up's card in Teams, with what was filled in beside it.</summary>
internal sealed class PressedAnswers(FollowUpAnswers answers)
{
    /// <summary>Records the press; <c>null</c> where the data is no follow-up's.</summary>
    public async Task<AnswerResult?> AnswerAsync(
        TenantId tenant, Person by, JsonElement? value, CommandId command, string channel, CancellationToken cancellationToken)
    {
        if (value is not { ValueKind: JsonValueKind.Object } data || !data.TryGetProperty("verb", out var verb) || verb.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        if (verb.ValueEquals(FollowUpAnswers.ReplyVerb) && ReplyPress.From(data) is { } reply)
        {
            return await answers.ReplyAsync(tenant, by, reply.Opportunity, reply.Chain, reply.Reply, command, channel, cancellationToken);
        }

        if (!verb.ValueEquals(FollowUpAnswers.Verb) || FollowUpPress.From(data) is not { } press)
        {
            return null;
        }

        var culture = FollowUpMessage.CultureOf(by);
        return press.LacksDate
            ? new AnswerResult(AnswerOutcome.Unfit, FollowUpMessage.Texts["Until.Missing", culture])
            : await answers.AnswerAsync(tenant, by, press.Opportunity, press.Chain, press.Given(culture), command, channel, cancellationToken);
    }
}
