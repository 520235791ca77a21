using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Conversations.Understanding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;

namespace KeyAccountBot.Conversations.Turns;

/// <summary>
/// What the bot answers to somebody it knows. Words that begin with a phrase are a wish and come first; then each feature may take them;
/// then they answer the question that stands open. It knows no channel and no feature by name.
/// </summary>
internal sealed partial class Conversation
{
    private const int LongestText = 8_000;
    private const double Sure = 0.9;
    private const string EvidenceField = "evidence";

    private readonly DialogSet dialogs = new();
    private readonly IReadOnlyList<Feature> features;
    private readonly Wishes wishes;
    private readonly Dictionary<string, Press> presses;
    private readonly Dictionary<string, Grant> grants;
    private readonly OpportunitySearch search;
    private readonly Understander understander;

    /// <summary>A conversation about these.</summary>
    /// <param name="features">In the order in which they are asked whether words are meant for them.</param>
    /// <param name="search">Tells whether words name an account.</param>
    /// <param name="understander">Reads what words want that begin with no phrase.</param>
    public Conversation(IEnumerable<Feature> features, OpportunitySearch search, Understander understander)
    {
        this.features = [.. features];
        this.search = search;
        this.understander = understander;
        wishes = new Wishes(this.features);
        presses = this.features.SelectMany(f => f.Presses).ToDictionary(p => p.Verb, StringComparer.Ordinal);
        grants = this.features.SelectMany(f => f.Grants).ToDictionary(g => g.Wish, StringComparer.Ordinal);
        Prompts.AddTo(dialogs);
        dialogs.Add(new AskWhichDialog(search, ActAsync).Dialog);
        foreach (var dialog in this.features.SelectMany(f => f.Dialogs))
        {
            dialogs.Add(dialog);
        }
    }

    /// <summary>Answers what came in. Messages are collected in the turn, the state is changed in place.</summary>
    public ValueTask RespondAsync(TurnContext turn, DialogState state, CancellationToken cancellationToken)
    {
        var (scene, dialog) = (Scene.Of(turn), dialogs.CreateContext(turn, state));
        turn.Language = scene.Culture.Name;
        return turn.Incoming switch
        {
            Incoming.Pressed pressed => PressAsync(dialog, scene, pressed.Verb, pressed.Data, cancellationToken),
            Incoming.Filled filled => PressAsync(dialog, scene, filled.Verb, filled.Values, cancellationToken),
            Incoming.Said { Words: "", With: { } attached } => TakeAsync(dialog, scene, attached, cancellationToken),
            Incoming.Edited edited => ReadAgainAsync(dialog, scene, edited, cancellationToken),
            _ => HearAsync(dialog, scene, turn.Words, cancellationToken),
        };
    }

    /// <summary>Whether the answer may stand before all, whatever it is.</summary>
    public bool IsForAll(Incoming incoming) => incoming is Incoming.Said said
        && (wishes.Of(said.Words) is var (wish, _) ? wish.IsForAll : Understander.ReadAlone(said.Words) is { } reading && grants.GetValueOrDefault(reading.Wish) is { IsForAll: true });

    // what began a proposal is read anew while nobody has said yes; anything else was answered as it read then
    private async ValueTask ReadAgainAsync(DialogContext dialog, Scene scene, Incoming.Edited edited, CancellationToken cancellationToken)
    {
        if (!edited.BeganLastTalk)
        {
            return;
        }

        if (dialog.State.Stack is [{ DialogId: var open }, ..] && features.Any(f => f.ReadAgain.Contains(open, StringComparer.Ordinal)))
        {
            dialog.CancelAll();
            await HearAsync(dialog, scene, edited.Words, cancellationToken);
            return;
        }

        dialog.Turn.Send(scene.Say("edited-late"));
    }

    // what cannot be read is said to be so; where evidence is asked for, its address is the evidence
    private static async ValueTask TakeAsync(DialogContext dialog, Scene scene, Attached attached, CancellationToken cancellationToken)
    {
        if (attached.Link is { } link && dialog.OpenField == EvidenceField)
        {
            dialog.Turn.Take(link);
            await dialog.ContinueAsync(cancellationToken);
            return;
        }

        dialog.Turn.Send(Message.ForAll(scene.Say("attached." + attached.Kind)));
        await dialog.RepromptAsync(cancellationToken);
    }

    private async ValueTask HearAsync(DialogContext dialog, Scene scene, string words, CancellationToken cancellationToken)
    {
        if (words.Length > LongestText)
        {
            dialog.Turn.Send(Message.ForAll(scene.Say("too-long", LongestText)));
            return;
        }

        if (await AnswerAsync(dialog, scene, words, cancellationToken))
        {
            return;
        }

        var message = new Heard(understander, scene, words);
        if (wishes.Of(words) is var (wish, rest)
            && !IsDayAsked(dialog, scene, words)
            && (rest.Length == 0 || !await IsOwnWordsAsync(dialog, scene, wish, rest, cancellationToken))
            && wish.IsMeant?.Invoke(dialog, scene, rest) != false
            && !await IsSomethingElseAsync(dialog, message, scene, wish, rest, cancellationToken))
        {
            await NotePhraseAsync(dialog, message, PhraseMeanings.Of(wish.Id), rest, cancellationToken);
            await wish.Do(dialog, scene, rest, cancellationToken);
            return;
        }

        foreach (var feature in features.Where(f => dialog.ActiveInstance is not null || !f.TakesAnyWords))
        {
            if (await feature.HearAsync(dialog, scene, words, cancellationToken))
            {
                await NoteAsync(dialog, message, cancellationToken);
                return;
            }
        }

        if (dialog.ActiveInstance is null)
        {
            await UnderstandAsync(dialog, scene, message, cancellationToken);
            return;
        }

        if (await IsPutOffAsync(dialog, message, cancellationToken))
        {
            dialog.Turn.Send(scene.Say("prompt.this-first"));
            await dialog.RepromptAsync(cancellationToken);
            return;
        }

        if (!await InterruptAsync(dialog, scene, message, cancellationToken))
        {
            await dialog.ContinueAsync(cancellationToken);
        }
    }

    // an open question hears words first that are meant for it; what it leaves over is heard like any message
    private async ValueTask<bool> AnswerAsync(DialogContext dialog, Scene scene, string words, CancellationToken cancellationToken)
    {
        if (dialog.ActiveInstance is null)
        {
            return false;
        }

        string? left = null;
        foreach (var feature in features)
        {
            left = await feature.AnswerAsync(dialog, scene, words, cancellationToken);
            if (left is not null)
            {
                break;
            }
        }

        if (left is null && dialog.Read(words) is { } reply && IsReply(dialog, reply))
        {
            await dialog.ContinueAsync(cancellationToken);
            left = reply.Rest ?? "";
        }

        if (left is { Length: > 0 })
        {
            var answered = dialog.Turn.Find<Understood>();
            await HearAsync(dialog, scene, left, cancellationToken);
            if (answered is not null && dialog.Turn.Find<Understood>() is { } also && also != answered)
            {
                dialog.Turn.Set(also with { Effect = answered.Effect, Value = answered.Value, Changes = answered.Changes });
            }
        }

        return left is not null;
    }

    // what is surely meant for the question that stands open: a step back, what it means, one of its choices; any words may answer where words are asked for
    private static bool IsReply(DialogContext dialog, ReplyReading reply) => reply.Effect switch
    {
        ReplyEffect.Back or ReplyEffect.Clarify or ReplyEffect.Correct or ReplyEffect.Abandon => true,
        ReplyEffect.Answer => dialog.ActiveInstance is not { DialogId: Prompts.Text or Prompts.Name } && reply.Score >= Sure && (reply.Values.Count > 0 || reply.IsLeftOut),
        ReplyEffect.Interrupt or ReplyEffect.Reask => false,
        _ => throw new ArgumentOutOfRangeException(nameof(reply), reply.Effect, null),
    };

    // where any words may be the answer, "bid submitted in time" is one; and "bid goes in on Friday" is a report, unless it names an account
    private async ValueTask<bool> IsOwnWordsAsync(DialogContext dialog, Scene scene, Wish wish, string words, CancellationToken cancellationToken)
    {
        var isAnswer = dialog.ActiveInstance is { DialogId: Prompts.Text or Prompts.Name };
        var isReport = dialog.ActiveInstance is null && wish.MayBeginReport && FreeText.FreeTextDialog.IsReport(dialog.Turn, words);
        if (!isAnswer && !isReport)
        {
            return false;
        }

        // "hold Nordwind until 15 March: budget frozen" names Nordwind
        var matches = await search.MatchAsync(scene, wish.NameIn?.Invoke(scene, words) ?? words, _ => true, cancellationToken);
        return matches.Exact.Count == 0 && (isAnswer || matches.Near.Count == 0);
    }

    // what was shown by a talk counts while that talk goes on
    private async ValueTask PressAsync(DialogContext dialog, Scene scene, string verb, System.Text.Json.JsonElement data, CancellationToken cancellationToken)
    {
        if (verb == MeantPress.Verb)
        {
            await MeanAsync(dialog, scene, data, cancellationToken);
            return;
        }

        var press = presses.GetValueOrDefault(verb);
        if (press is null && verb != PressAction.AnswerVerb)
        {
            dialog.Turn.Send(Message.ForAll(scene.Say("unknown-action")));
            return;
        }

        if (press is not { BelongsToTalk: false } && !dialog.State.IsCurrent(Incoming.TextOf(data, "token")))
        {
            dialog.Turn.Send(Message.ForAll(NotCurrent(scene, Incoming.TextOf(data, "token"))));
            return;
        }

        await (press is null ? Continue() : press.Do(dialog, scene, data, cancellationToken));

        async ValueTask Continue() => await dialog.ContinueAsync(cancellationToken);
    }
    // a card that was forwarded, or that stands where others read, may be somebody else's
    private static string NotCurrent(Scene scene, string? token) =>
        TalkToken.OwnerOf(token) is { } owner && owner != scene.Person.Id && scene.Company.Find(owner) is { Name: var name }
            ? scene.Say("not-your-card", name)
            : scene.Say("stale-card");
}
