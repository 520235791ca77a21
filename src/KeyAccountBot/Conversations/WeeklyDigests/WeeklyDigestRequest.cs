using System.Globalization;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.WeeklyDigests;

/// <summary><c>weekly digest</c> shows it now; with a weekday and a time it comes then every week; with <c>off</c> no more.</summary>
internal sealed class WeeklyDigestRequest(
    WeeklyReview review, Deliveries.WeeklyDigests digests, PeopleRepository people, CompanyDirectory directory, Playbook playbook)
{
    private static readonly Texts Texts = new("Conversations.WeeklyDigests.WeeklyDigestRequestTexts");
    private static readonly TimeOnly Usual = new(9, 0);
    private static readonly System.Collections.Frozen.FrozenSet<string> Off = AnswerWords.Of("off");

    /// <summary>Answers what was asked for.</summary>
    /// <param name="scene">Who asks.</param>
    /// <param name="words">What they said after <c>weekly digest</c>.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public async ValueTask<Message> AnswerAsync(Scene scene, string words, CancellationToken cancellationToken)
    {
        if (words.Length == 0)
        {
            return WeeklyDigestMessage.Of(await review.OfAsync(scene.Tenant, scene.Person, scene.Company, cancellationToken), scene.Person, playbook, scene.Company);
        }

        if (Off.Contains(words))
        {
            await ChooseAsync(scene, "", cancellationToken);
            return Message.Of(Texts["weekly.off", scene.Culture]);
        }

        if (TimeReading.Read(words, scene.Today, scene.Culture) is not { } moment)
        {
            return Message.Of(Texts["weekly.when", scene.Culture, words]);
        }

        var time = moment.Time ?? Usual;
        await ChooseAsync(
            scene,
            string.Create(CultureInfo.InvariantCulture, $"{time.Minute} {time.Hour} * * {(int)moment.Day.DayOfWeek}"),
            cancellationToken);
        return Message.Of(Texts["weekly.chosen", scene.Culture, moment.Day.ToString("dddd", scene.Culture), time]);
    }

    private async ValueTask ChooseAsync(Scene scene, string cron, CancellationToken cancellationToken)
    {
        var person = await people.ChangeAsync(scene.Tenant, scene.Person.Id, p => p with { WeeklyDigest = cron }, cancellationToken);
        directory.Forget();
        if (person is not null)
        {
            await digests.ArmAsync(scene.Tenant, person, cancellationToken);
        }
    }
}
