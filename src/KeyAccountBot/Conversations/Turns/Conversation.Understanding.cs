using System.Diagnostics;
using System.Diagnostics.Metrics;
using KeyAccountBot.Conversations.FreeText;
using KeyAccountBot.Conversations.Understanding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;

namespace KeyAccountBot.Conversations.Turns;

/// <content>Words that begin with no phrase: what they want is read, and done, offered, or asked about.</content>
internal sealed partial class Conversation
{
    // what a phrase begins must be clearly something else before it is taken for that
    private const double ClearlyElse = 0.8;
    private const double SureOrder = 0.85;
    private const int LongestQuoted = 400;
    private const int Offered = 3;

    private static readonly Meter Meter = new("KeyAccountBot");
    private static readonly Counter<long> Taken = Meter.CreateCounter<long>("keyaccountbot.understood", "{message}", "Messages by what they were taken for.");
    private static readonly Counter<long> Chosen = Meter.CreateCounter<long>("keyaccountbot.meant", "{press}", "What people chose where the bot was not sure, by its place among the likeliest.");

    /// <summary>A message and its reading, made once it is needed.</summary>
    private sealed class Heard(Understander understander, Scene scene, string words)
    {
        private ReadMessage? read;

        public string Words => words;

        public async ValueTask<ReadMessage> ReadAsync(CancellationToken cancellationToken) => read ??= await understander.ReadAsync(scene, words, cancellationToken);

        public async ValueTask<Asked> AskedAsync(WishReading reading, CancellationToken cancellationToken) =>
            await understander.AskedAsync(scene, await ReadAsync(cancellationToken), reading, cancellationToken);
    }

    // "hold on, I am driving" begins with a phrase and asks for nothing; "contacts at Nordwind" says a name in more words than the phrase knows
    private async ValueTask<bool> IsSomethingElseAsync(DialogContext dialog, Heard message, Scene scene, Wish wish, string rest, CancellationToken cancellationToken)
    {
        if (rest.Length == 0)
        {
            // "who will hear of this" is about what was spoken of
            return dialog.ActiveInstance is null && scene.Lately is not null && grants.ContainsKey(PhraseMeanings.Of(wish.Id))
                && await message.ReadAsync(cancellationToken) is { First: { Score: >= WishReadings.Clear } spoken } whole && spoken.Wish == PhraseMeanings.Of(wish.Id) && WishSlots.RefersBack(whole.Text);
        }

        var found = await search.MatchAsync(scene, wish.NameIn?.Invoke(scene, rest) ?? rest, _ => true, cancellationToken);
        if (found.Exact.Count > 0)
        {
            return false;
        }

        var read = await message.ReadAsync(cancellationToken);
        if (read.First is { Wish: WishReadings.Report, Score: >= WishReadings.Likely } && wish.MayBeginReport && found.Near.Count == 0)
        {
            return true;
        }

        if (read.First is not { } first || first.Score < WishReadings.Clear)
        {
            return false;
        }

        var meaning = PhraseMeanings.Of(wish.Id);
        return first.Wish == WishReadings.Report ? meaning != WishReadings.Report
            : first.Wish != meaning ? first.Score >= ClearlyElse && meaning != WishReadings.Report
            : grants.ContainsKey(first.Wish) && (PhraseMeanings.IsReadWhole(wish.Id) || read.Text.Names.Any(n => n is { IsLoose: false, Kind: NameKind.Account or NameKind.Opportunity or NameKind.Contact } && n.Span.Length < rest.Length - 1));
    }

    // "today" is a day where a day is asked for
    private static bool IsDayAsked(DialogContext dialog, Scene scene, string words) =>
        dialog.ActiveInstance is { DialogId: Prompts.Date or Prompts.PastDate or Prompts.CloseDate or Prompts.HoldDate } && DateReading.Read(words, scene.Today, scene.Culture) is not null;

    private async ValueTask UnderstandAsync(DialogContext dialog, Scene scene, Heard message, CancellationToken cancellationToken)
    {
        if (WishReadings.Wordless(message.Words) is { } sign)
        {
            await ActAsync(dialog, scene, sign == "sign" && !WishReadings.IsAsked(message.Words) ? new Asked("small-talk", message.Words).With("topic", "ok") : new Asked("unclear", message.Words).With("topic", sign == "sign" ? null : sign), cancellationToken);
            return;
        }

        var read = await message.ReadAsync(cancellationToken);
        var (first, wish) = (read.First, read.FirstWish);
        // "ok" is only polite where nothing was asked
        if (ReplyReadings.IsYesOrNo(message.Words) && (wish is null || (await message.AskedAsync(wish, cancellationToken)).One("topic") != "ok"))
        {
            Note(dialog, new Understood { Wish = "unclear" });
            dialog.Turn.Send(Message.ForAll(scene.Say("nothing-open")));
            return;
        }

        if (wish is { Score: >= WishReadings.Clear } && first == wish)
        {
            await ActAsync(dialog, scene, await message.AskedAsync(wish, cancellationToken), cancellationToken);
            return;
        }

        if (!dialog.Turn.IsAmongOthers && (first?.Wish == WishReadings.Report || wish is not { Score: >= WishReadings.Likely })
            && (read.Report >= WishReadings.Likely || FreeTextDialog.IsReport(dialog.Turn, message.Words)))
        {
            Note(dialog, new Understood { Wish = WishReadings.Report, Score = Math.Round(read.Report, 2) });
            await dialog.BeginAsync(FreeTextDialog.Id, DialogJson.ToElement(message.Words), cancellationToken);
            return;
        }

        if (wish is { Score: >= WishReadings.Likely })
        {
            await OfferAsync(dialog, scene, message, [.. read.Readings.Where(r => r.Score >= WishReadings.Likely && r.Wish != WishReadings.Report).Take(Offered)], cancellationToken);
            return;
        }

        await ActAsync(dialog, scene, new Asked("unclear", message.Words), cancellationToken);
    }

    // where a yes or no stands open, an order that begins a talk of its own waits: else what was gathered would be lost
    private static async ValueTask<bool> IsPutOffAsync(DialogContext dialog, Heard message, CancellationToken cancellationToken) =>
        dialog.ActiveInstance is { DialogId: Prompts.Confirm } && message.Words.Length <= LongestQuoted && dialog.Read(message.Words) is null or { Effect: ReplyEffect.Reask or ReplyEffect.Interrupt }
        && (await message.ReadAsync(cancellationToken)).First is { Score: >= SureOrder } first && first.Wish is not ("remind" or "settings" or "undo") && WishReadings.IsOrder(first.Wish);

    // another wish than the open question's answer is granted, and the question stands again
    private async ValueTask<bool> InterruptAsync(DialogContext dialog, Scene scene, Heard message, CancellationToken cancellationToken)
    {
        if (message.Words.Length > LongestQuoted || dialog.ActiveInstance is { DialogId: Prompts.Name })
        {
            return false;
        }

        var read = await message.ReadAsync(cancellationToken);
        if (WishReadings.IsClearlyAnother(read.Text, read.Readings, () => IsUnanswered(dialog, message.Words)) is not { } reading || reading.Wish == WishReadings.Report || !grants.ContainsKey(reading.Wish))
        {
            return false;
        }

        var asked = await message.AskedAsync(reading, cancellationToken);
        await ActAsync(dialog, scene, asked, cancellationToken);
        dialog.Turn.Set((dialog.Turn.Find<Understood>() ?? asked.Understood) with { Effect = ReplyEffect.Interrupt });
        return true;
    }

    // none of the few answers that fit: "pipeline by stage" at a list of customers asks for something else
    private static bool IsUnanswered(DialogContext dialog, string words) =>
        dialog.ActiveInstance is { DialogId: var open } && Prompts.IsClosed(open) && dialog.Read(words) is null or { Effect: ReplyEffect.Reask or ReplyEffect.Interrupt };

    // where the bot is not sure, the likeliest readings are buttons
    private async ValueTask OfferAsync(DialogContext dialog, Scene scene, Heard message, IReadOnlyList<WishReading> readings, CancellationToken cancellationToken)
    {
        List<MessageAction> buttons = [];
        foreach (var reading in readings)
        {
            if (scene.MeaningOf(reading.Wish) is { } words)
            {
                buttons.Add(MeantPress.Of(words, Quoted(await message.AskedAsync(reading, cancellationToken)), buttons.Count + 1));
            }
        }

        if (buttons.Count == 0)
        {
            await ActAsync(dialog, scene, new Asked("unclear", message.Words), cancellationToken);
            return;
        }

        // of one reading there is nothing to choose, and what is only shown costs nothing
        if (buttons.Count == 1 && (readings[0].Score >= (WishReadings.Clear + WishReadings.Likely) / 2 || !WishReadings.IsOrder(readings[0].Wish)))
        {
            await ActAsync(dialog, scene, await message.AskedAsync(readings[0], cancellationToken), cancellationToken);
            return;
        }

        Note(dialog, new Understood { Wish = "unclear", Score = Math.Round(readings[0].Score, 2) });
        dialog.Turn.Send(Message.Of(scene.Say("meant.which")) with { Actions = buttons });
    }

    // what is pressed is done as if it had been said clearly
    private async ValueTask MeanAsync(DialogContext dialog, Scene scene, System.Text.Json.JsonElement data, CancellationToken cancellationToken)
    {
        if (MeantPress.Read(data) is not var (asked, place) || !grants.ContainsKey(asked.Wish))
        {
            dialog.Turn.Send(Message.ForAll(scene.Say("unknown-action")));
            return;
        }

        if (place > 0)
        {
            Chosen.Add(1, new KeyValuePair<string, object?>("wish", asked.Wish), new KeyValuePair<string, object?>("place", place));
        }

        await ActAsync(dialog, scene, asked, cancellationToken);
    }

    private async ValueTask ActAsync(DialogContext dialog, Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        Note(dialog, asked.Understood);
        SpokenOf.Note(dialog.Turn, asked.Opportunity?.Value, asked.Account);
        if (grants.GetValueOrDefault(asked.Wish) is not { } grant)
        {
            dialog.Turn.Send(Message.ForAll(scene.Say("not-understood")));
            await dialog.RepromptAsync(cancellationToken);
            return;
        }

        if (grant.NeedsOpportunity && asked.Opportunity is null && asked.All("candidates").Count != 1)
        {
            if (dialog.ActiveInstance is not null && !grant.IsAnswer)
            {
                dialog.CancelAll();
            }

            await dialog.BeginAsync(AskWhichDialog.Id, DialogJson.ToElement(asked), cancellationToken);
            return;
        }

        await grant.Do(dialog, scene, asked, cancellationToken);
    }

    // what a phrase asks for is clear; what it is about is read anew only for who wants to know
    private async ValueTask NotePhraseAsync(DialogContext dialog, Heard message, string meaning, string rest, CancellationToken cancellationToken) => Note(
        dialog,
        rest.Length > 0 && grants.ContainsKey(meaning) && dialog.Turn.Find<SlotsWanted>() is not null
            ? (await message.AskedAsync(new WishReading(meaning, 1, new TextSpan(0, message.Words.Length)), cancellationToken)).Understood
            : new Understood { Wish = meaning });

    // a feature took the words by itself: what they were is noted for who wants to know
    private static async ValueTask NoteAsync(DialogContext dialog, Heard message, CancellationToken cancellationToken)
    {
        if (dialog.Turn.Find<Understood>() is null && dialog.Turn.Find<SlotsWanted>() is not null && (await message.ReadAsync(cancellationToken)).First is { } first)
        {
            Note(dialog, new Understood { Wish = first.Wish, Score = Math.Round(first.Score, 2) });
        }
    }

    // the reading and how sure it is, never the words
    private static void Note(DialogContext dialog, Understood understood)
    {
        dialog.Turn.Set(understood);
        Activity.Current?.SetTag("keyaccountbot.wish", understood.Wish).SetTag("keyaccountbot.score", understood.Score);
        Taken.Add(1, new KeyValuePair<string, object?>("wish", understood.Wish));
    }

    private static Asked Quoted(Asked asked) => asked.Words.Length > LongestQuoted ? asked with { Words = asked.Words[..LongestQuoted] } : asked;
}
