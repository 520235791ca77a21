using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;

namespace KeyAccountBot.Conversations;

/// <summary>
/// What somebody asks for in their own words: a wish, and what it is about. The names in it are settled: an id stands in a slot only where
/// one record is meant and the speaker may see it.
/// </summary>
/// <param name="Wish">Which wish, such as <c>move-visit</c>.</param>
/// <param name="Words">The whole message as it was said.</param>
internal sealed record Asked(string Wish, string Words)
{
    /// <summary>What it is about, by slot; ids of records, ISO dates, numbers, in invariant form.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Slots { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>How sure, from 0 to 1.</summary>
    public double Score { get; init; } = 1;

    /// <summary>The opportunity that is meant; <c>null</c> where none is named, or where several may be meant (<c>candidates</c>).</summary>
    public OpportunityId? Opportunity => One("opportunity") is { } id ? new OpportunityId(id) : null;

    /// <summary>The name of the customer that is meant, as its opportunities write it; <c>null</c> where none is named.</summary>
    public string? Account => One("account");

    /// <summary>The first value of a slot; <c>null</c> where it is empty.</summary>
    public string? One(string slot) => Slots.TryGetValue(slot, out var values) && values.Count > 0 ? values[0] : null;

    /// <summary>All values of a slot.</summary>
    public IReadOnlyList<string> All(string slot) => Slots.GetValueOrDefault(slot, []);

    /// <summary>A slot that is a person of ours.</summary>
    public PersonId? Person(string slot) => One(slot) is { } id ? new PersonId(id) : null;

    /// <summary>A slot that is a day; of a day with a time, the day.</summary>
    public DateOnly? Date(string slot) =>
        One(slot) is { Length: >= 10 } value && DateOnly.TryParseExact(value[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The time of day that stands alone or behind a day in a slot, such as 10:00 or 2027-03-04T10:00.</summary>
    public TimeOnly? Time(string slot) =>
        One(slot) is { } value && TimeOnly.TryParseExact(value[(value.IndexOf('T', StringComparison.Ordinal) + 1)..], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : null;

    /// <summary>A slot that is a number.</summary>
    public decimal? Number(string slot) => decimal.TryParse(One(slot), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The same with a slot of one value; <c>null</c> empties it.</summary>
    public Asked With(string slot, object? value) => With(slot, value is null ? [] : [Convert.ToString(value, CultureInfo.InvariantCulture)!]);

    /// <summary>The same with a slot of several values; none empties it.</summary>
    public Asked With(string slot, IReadOnlyList<string> values)
    {
        var slots = new Dictionary<string, IReadOnlyList<string>>(Slots, StringComparer.Ordinal);
        if (values.Count == 0)
        {
            slots.Remove(slot);
        }
        else
        {
            slots[slot] = values;
        }

        return this with { Slots = slots };
    }

    /// <summary>The same with the reason that the words give, where no slot holds one yet.</summary>
    public Asked WithReason(Scene scene) => One("reason") is null && Reasons.In(Words, scene.Today, scene.Culture) is { } reason ? With("reason", reason) : this;

    /// <summary>What the turn was taken for, in the words of the trace.</summary>
    public Understood Understood => new() { Wish = Wish, Slots = Slots, Score = Score };
}

/// <summary>Does what is asked for.</summary>
/// <param name="dialog">The talk as it stands.</param>
/// <param name="scene">Who asks.</param>
/// <param name="asked">What.</param>
/// <param name="cancellationToken">Stops before anything is recorded.</param>
internal delegate ValueTask AskedHandler(DialogContext dialog, Scene scene, Asked asked, CancellationToken cancellationToken);

/// <summary>A wish that a feature grants by what is meant, however it is said.</summary>
/// <param name="Wish">Which wish, such as <c>move-visit</c>; one feature grants it.</param>
/// <param name="Do">Does it.</param>
internal sealed record Grant(string Wish, AskedHandler Do)
{
    /// <summary>It is about one opportunity: where several may be meant, or none is named and several are theirs, people are asked which before it is done.</summary>
    public bool NeedsOpportunity { get; init; }

    /// <summary>Its answer may stand where others read.</summary>
    public bool IsForAll { get; init; }

    /// <summary>It only answers: a question that stands open stands again after it.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>Answers at once; the question that stands open is asked again.</summary>
    public static Grant Answers(string wish, Func<DialogContext, Scene, Asked, CancellationToken, ValueTask<Message>> answer) =>
        new(wish, async (talk, scene, asked, cancellationToken) =>
        {
            talk.Turn.Send(await answer(talk, scene, asked, cancellationToken));
            await talk.RepromptAsync(cancellationToken);
        }) { IsAnswer = true };

    /// <summary>The same as <see cref="Begins"/>, with the reason that the words give.</summary>
    public static Grant BeginsWithReason(string wish, string dialog, Func<Asked, JsonElement?> option) => new(wish, async (talk, scene, asked, cancellationToken) =>
    {
        var why = asked.WithReason(scene);
        talk.Turn.Set(why.Understood);
        talk.CancelAll();
        await talk.BeginAsync(dialog, option(why), cancellationToken);
    });

    /// <summary>Begins a dialog in the place of what stands open, with an option made of what is asked.</summary>
    public static Grant Begins(string wish, string dialog, Func<Asked, JsonElement?> option) => new(wish, async (talk, _, asked, cancellationToken) =>
    {
        talk.CancelAll();
        await talk.BeginAsync(dialog, option(asked), cancellationToken);
    });
}
