using System.Globalization;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Settings;

/// <summary>Keeps what people choose for themselves, and says what holds: their hours, language, channel and weekly digest.</summary>
internal sealed class OwnSettingsBook(PeopleRepository people, CompanyDirectory directory, Deliveries.WeeklyDigests digests, Outbox outbox, Playbook playbook)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(2);
    private static readonly Texts Texts = new("Conversations.Settings.SettingsTexts");

    /// <summary>Sets what the words ask for, and says what holds from then on; says what can be set where they ask for nothing.</summary>
    public async ValueTask<Message> AnswerAsync(Scene scene, SettingsWords wanted, CancellationToken cancellationToken)
    {
        if (wanted.IsEmpty)
        {
            return Holds(scene, scene.Person, Texts["settings.now", scene.Culture]);
        }

        if (!wanted.IsUsual && FaultOf(scene, wanted) is { } fault)
        {
            return Message.Of(fault);
        }

        if (wanted.Channel is { } channel && !await outbox.ReachesAsync(scene.Tenant, channel, scene.Person, cancellationToken))
        {
            return Message.Of(Texts["settings.not-reached", scene.Culture, channel]);
        }

        var digest = wanted.Digest is { } comes ? comes ? null : "" : scene.Person.WeeklyDigest;
        var after = await people.ChangeAsync(
            scene.Tenant, scene.Person.Id,
            p => (wanted.IsUsual ? p with { Own = null } : p with { Own = With(p.Own ?? new OwnSettings(), wanted) }) with { WeeklyDigest = wanted.Digest is null ? p.WeeklyDigest : digest },
            cancellationToken);
        directory.Forget();
        if (after is null)
        {
            return Message.Of(scene.Say("refusal.nothing-said"));
        }

        if (wanted.Digest is not null)
        {
            await digests.ArmAsync(scene.Tenant, after, cancellationToken);
        }

        // said in the language that holds from now on
        var heard = scene with { Person = after, Culture = Scene.CultureOf(after.Locale) };
        return Holds(heard, after, Texts[wanted.IsUsual ? "settings.usual" : "settings.set", heard.Culture]);
    }

    private static OwnSettings With(OwnSettings own, SettingsWords wanted) => own with
    {
        WorkingFrom = wanted.From ?? own.WorkingFrom,
        WorkingTo = wanted.To ?? own.WorkingTo,
        Locale = wanted.Language ?? own.Locale,
        Prefers = wanted.Channel ?? own.Prefers,
    };

    // some hours of the day have to be left
    private string? FaultOf(Scene scene, SettingsWords wanted)
    {
        var from = wanted.From ?? scene.Person.WorkingFrom ?? playbook.FollowUps.WorkingFrom;
        var to = wanted.To ?? scene.Person.WorkingTo ?? playbook.FollowUps.WorkingTo;
        return (wanted.From is not null || wanted.To is not null) && (from >= to || to - from < Shortest)
            ? Texts["settings.too-few-hours", scene.Culture, from, to]
            : null;
    }

    private Message Holds(Scene scene, Person person, string title)
    {
        var culture = scene.Culture;
        var hours = Texts["settings.hours", culture, person.WorkingFrom ?? playbook.FollowUps.WorkingFrom, person.WorkingTo ?? playbook.FollowUps.WorkingTo, ZoneOf(person)];
        List<(string, string)> facts =
        [
            (Texts["settings.label.hours", culture], hours),
            (Texts["settings.label.language", culture], CultureInfo.GetCultureInfo(person.Locale).NativeName),
            (Texts["settings.label.channel", culture], person.HearsIn.ToString()),
            (Texts["settings.label.digest", culture], Texts[Deliveries.WeeklyDigests.NextFor(person, playbook.FollowUps, scene.Now) is null ? "settings.digest-off" : "settings.digest-on", culture]),
        ];
        return ConversationCard.Of(scene, title, facts, Words.Sentences(culture, Texts["settings.urgent", culture], Texts["settings.how", culture])).Offering(
            [.. person.Own is null ? Array.Empty<ReadyAnswer>() : [new ReadyAnswer(Texts["settings.usual-button", culture], Texts["settings.usual-says", culture])]]);
    }

    private static string ZoneOf(Person person) => person.TimeZone == "Etc/UTC" ? "UTC" : person.TimeZone;
}
