using System.Text.Json;
using KeyAccountBot.Messages;
using KeyAccountBot.People;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Deliveries;

/// <summary>What the administrator is told of outages: that one lasts, over another channel, and that it is over.</summary>
internal sealed class OutageErrands(
    Outages outages, CompanyDirectory directory, Playbook playbook, Outbox outbox, BotOptions options, DeadLetters deadLetters, WorkTimes times) : IErrands
{
    private static readonly Texts Texts = new("Deliveries.OutageTexts");

    /// <inheritdoc/>
    public int Slots => 2;

    /// <inheritdoc/>
    public async ValueTask<Called> ReadAsync(LeasedMessage message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = JsonSerializer.Deserialize(message.Body.Span, DeliveryJson.Default.OutageDue)!;
        var (outage, etag) = await outages.FindAsync(due.Channel, cancellationToken);
        if (outage is null || etag is null || outage.Number < due.Number || (due.IsOver && outage.Number == due.Number && outage.OverAt is null))
        {
            return new Called.NotYet();
        }

        if (outage.Number > due.Number || !IsWorthTelling(outage, due) || WordOf(outage, due).IsFinal)
        {
            return new Called.Over();
        }

        if (times.ClaimedUntil(WordOf(outage, due).ClaimedAt, now) is { } until)
        {
            return new Called.Waits(until);
        }

        return (await directory.GetAsync(options.HomeTenant, cancellationToken)).Administrator is { } administrator
            ? new Called.Due(new OutageErrand(this, options.HomeTenant, due, outage, etag, administrator))
            : new Called.Over();
    }

    /// <summary>The word that a message of the queue stands for.</summary>
    internal static OutageWord WordOf(OutageRecord outage, OutageDue due) => (due.IsOver ? outage.Ended : outage.Began) ?? new OutageWord();

    /// <summary>The outage with that word.</summary>
    internal static OutageRecord With(OutageRecord outage, OutageDue due, OutageWord word) => due.IsOver ? outage with { Ended = word } : outage with { Began = word };

    /// <summary>Whether there is something to say: of its beginning while it lasts, of its end where it lasted or its beginning was told. Pure.</summary>
    internal static bool IsWorthTelling(OutageRecord outage, OutageDue due) => due.IsOver
        ? outage.OverAt - outage.Since >= SendingRules.ShortPatience || outage.Began is { IsFinal: true }
        : outage.OverAt is null;

    /// <summary>The channel to tell it over: of a beginning not the one that is paused.</summary>
    internal Channel WantedFor(OutageDue due, Person administrator) =>
        due.IsOver || administrator.HearsIn != due.Channel ? administrator.HearsIn : outbox.Channels.FirstOrDefault(c => c != due.Channel, administrator.HearsIn);

    /// <summary>When the administrator may be told, UTC.</summary>
    internal DateTimeOffset TellAt(Person administrator, DateTimeOffset now) => FollowUpPolicy.CalendarOf(administrator, playbook.FollowUps).NextWorkingMoment(now);

    /// <summary>What is said.</summary>
    internal Message MessageOf(OutageRecord outage, OutageDue due, Person administrator)
    {
        var culture = Cultures.Of(administrator.Locale);
        var calendar = FollowUpPolicy.CalendarOf(administrator, playbook.FollowUps);
        return Message.Of(Texts[
            due.IsOver ? "ended" : "began", culture, outage.Channel, calendar.LocalTime(outage.Since).DateTime, outage.Reason, calendar.LocalTime(outage.OverAt ?? outage.Since).DateTime]);
    }

    /// <summary>Writes the row if nobody wrote it since.</summary>
    internal ValueTask<string> WriteAsync(OutageRecord outage, string etag, CancellationToken cancellationToken) => outages.WriteAsync(outage, etag, cancellationToken);

    /// <summary>Changes the word, also where others write the row: the outage may end meanwhile.</summary>
    internal ValueTask ChangeAsync(OutageDue due, OutageWord word) => outages.ChangeAsync(due, outage => With(outage, due, word), CancellationToken.None);

    /// <summary>Keeps a dead letter.</summary>
    internal ValueTask BuryAsync(LeasedMessage message, SendingState state) => deadLetters.PutAsync(message, state, CancellationToken.None);
}
