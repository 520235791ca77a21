using System.Globalization;
using System.Text.Json;
using CsCheck;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using Xunit;

namespace KeyAccountBot.Dialogs.Tests;

public sealed class DialogTests
{
    private static readonly IReadOnlyList<Choice> Cities = [new("Cancity", ["can"]), new("Norwich"), new("Northam"), new("北京", ["Beijing"])];

    private DialogState _state = new();

    [Fact]
    public async Task A_waterfall_hands_each_answer_to_the_next_step_and_ends_with_the_last()
    {
        var set = new DialogSet().Add(Asking()).Add(new TextPrompt("text")).Add(new NumberPrompt("number"));
        await Begin(set, "ask");
        Assert.Equal(["How much?"], await Says(set, "Mel"));
        var (result, _) = await Turn(set, Said("20k"));
        Assert.Equal(DialogTurnStatus.Complete, result.Status);
        Assert.Equal("Mel:20000", result.Result!.Value.GetString());
        Assert.Empty(_state.Stack);
    }

    [Fact]
    public async Task Replacing_a_waterfall_with_itself_starts_it_over()
    {
        var loop = new WaterfallDialog("loop", 1,
            (step, ct) => step.PromptAsync("text", Ask("Again?"), ct),
            (step, ct) => step.ReplaceAsync("loop", cancellationToken: ct));
        var set = new DialogSet().Add(loop).Add(new TextPrompt("text"));
        await Begin(set, "loop");
        Assert.Equal(["Again?"], await Says(set, "yes"));
        Assert.Equal(["loop", "text"], _state.Stack.Select(instance => instance.DialogId));
    }

    [Fact]
    public async Task An_empty_stack_has_nothing_to_continue() =>
        Assert.Equal(DialogTurnStatus.Empty, (await Turn(new DialogSet(), Said("hi"))).Result.Status);

    [Fact]
    public async Task A_stack_from_other_dialogs_is_outdated()
    {
        await Begin(new DialogSet().Add(Asking()).Add(new TextPrompt("text")), "ask");
        await Assert.ThrowsAsync<OutdatedDialogStateException>(() => Says(new DialogSet().Add(new TextPrompt("text")), "Mel"));
        await Assert.ThrowsAsync<OutdatedDialogStateException>(() => Says(new DialogSet().Add(Asking(version: 2)).Add(new TextPrompt("text")), "Mel"));
    }

    [Fact]
    public async Task After_an_interruption_the_question_is_repeated()
    {
        var set = new DialogSet().Add(Asking()).Add(new TextPrompt("text"));
        await Begin(set, "ask");
        var turn = Turning("help");
        await set.CreateContext(turn, _state).RepromptAsync();
        Assert.Equal(["Who?"], turn.Replies.Select(PlainText.Of));
    }

    [Fact]
    public async Task A_validator_may_say_why_it_refuses_and_counts_the_attempts()
    {
        var set = new DialogSet().Add(new NumberPrompt("number", (prompt, _) =>
        {
            if (prompt is { Succeeded: true, Value: < 0 })
            {
                prompt.Turn.Send($"Too small, attempt {prompt.AttemptCount}");
            }

            return ValueTask.FromResult(prompt.Value >= 0);
        }));
        _ = await set.CreateContext(Turning("go"), _state)
            .PromptAsync("number", Ask("How much?") with { RetryPrompt = Message.Of("A number, please") });
        Assert.Equal(["A number, please"], await Says(set, "1,5"));
        Assert.Equal(["Too small, attempt 2"], await Says(set, "-5"));
        Assert.Empty(await Says(set, "1,500"));
    }

    [Theory]
    [InlineData("""{"answer":"Norwich"}""")]
    [InlineData("""{"answer":"2"}""")]
    public async Task A_press_answers_a_prompt(string data) => Assert.Equal(
        new FoundChoice(1, "Norwich"), await Answer<FoundChoice>(new ChoicePrompt("p"), new Incoming.Pressed("answer", JsonElement.Parse(data))));

    [Fact]
    public async Task A_question_carries_the_token_of_its_talk_so_that_its_buttons_count_while_it_goes_on()
    {
        var set = new DialogSet().Add(Asking()).Add(new TextPrompt("text")).Add(new NumberPrompt("number"));
        var first = Turning("go");
        await set.CreateContext(first, _state).BeginAsync("ask");
        Assert.Equal(first.Id, Assert.Single(first.Replies).Token);
        Assert.True(_state.IsCurrent(first.Id));

        Assert.Equal(first.Id, Assert.Single((await Turn(set, Said("Mel"))).Replies).Token);
        await Turn(set, Said("20k"));
        Assert.False(_state.IsCurrent(first.Id));
    }

    [Fact]
    public async Task A_form_takes_over_under_the_same_token()
    {
        var set = new DialogSet().Add(Asking()).Add(new TextPrompt("text")).Add(new NumberPrompt("number"));
        var first = Turning("go");
        await set.CreateContext(first, _state).BeginAsync("ask");
        await set.CreateContext(Turning("form"), _state).TakeOverAsync("ask", null);
        Assert.Equal(first.Id, _state.Token);
        Assert.Equal(["ask", "text"], _state.Stack.Select(instance => instance.DialogId));
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("２", 1)]
    [InlineData("CAN", 0)]
    [InlineData("ｃａｎｃｉｔｙ", 0)]
    [InlineData("northam!", 2)]
    [InlineData("beijing。", 3)]
    public async Task A_choice_is_found_by_number_value_or_synonym(string text, int index) =>
        Assert.Equal(index, (await Answer<FoundChoice>(new ChoicePrompt("p"), Said(text)))!.Index);

    [Theory]
    [InlineData("Nor")]
    [InlineData("northa")]
    [InlineData("北")]
    [InlineData("5")]
    [InlineData("0")]
    [InlineData("?")]
    public async Task What_fits_no_choice_or_several_is_asked_again(string text) =>
        Assert.Null(await Answer<FoundChoice>(new ChoicePrompt("p"), Said(text)));

    private static readonly IReadOnlyList<Choice> Deals =
    [
        new("Nordwind Dairies · Filling line 4 · 920,000 EUR"), new("Halden Paper · Palletiser · 240,000 EUR"), new("Help Desk & No Brand"), new("青岛海源食品 · 灌装线"), new("苏州恒力化工 · 灌装线"),
    ];

    [Theory]
    [InlineData("nordwind", 0)]
    [InlineData("Ｎｏｒｄｗｉｎｄ  dairies", 0)]
    [InlineData("dairies: filling line", 0)]
    [InlineData("halden paper palletiser", 1)]
    [InlineData("no brand", 2)]
    [InlineData("海源", 3)]
    [InlineData("苏州恒力", 4)]
    public async Task A_choice_is_found_by_whole_words_that_only_one_choice_has(string text, int index) =>
        Assert.Equal(index, (await Choose(text, Deals))!.Index);

    [Theory]
    [InlineData("nord")]
    [InlineData("dairies nordwind")]
    [InlineData("eur")]
    [InlineData("000")]
    [InlineData("灌装线")]
    [InlineData("源")]
    public async Task A_piece_of_a_word_words_out_of_order_and_what_several_have_are_no_choice(string text) => Assert.Null(await Choose(text, Deals));

    [Theory]
    [InlineData("no")]
    [InlineData("Ｎｏ．")]
    [InlineData("yes")]
    [InlineData("help")]
    [InlineData("back")]
    [InlineData("cancel")]
    [InlineData("none")]
    [InlineData("不")]
    [InlineData("取消")]
    [InlineData("帮助")]
    public async Task Yes_no_cancel_back_and_help_are_no_choice_unless_one_lists_that_very_word(string text)
    {
        Assert.Null(await Choose(text, Deals));
        Assert.Equal(1, (await Choose(text, [Deals[2], new("Neither of the two", [text])]))!.Index);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("好的")]
    public async Task Yes_takes_the_only_choice_there_is(string text)
    {
        Assert.Equal(0, (await Choose(text, [Deals[1]]))!.Index);
        Assert.Null(await Choose(text, [Deals[0], Deals[1]]));
    }

    [Fact]
    public async Task No_to_a_list_says_so_and_leaves_all_that_is_going_on()
    {
        var manners = new PromptManners((_, question) => question, _ => Message.Of("None, then"));
        var set = new DialogSet().Add(new WaterfallDialog("w", 1, (step, ct) => step.PromptAsync("p", Ask("Which?") with { Choices = Deals }, ct)))
            .Add(new ChoicePrompt("p", manners: manners));
        await Begin(set, "w");
        Assert.Equal(["None, then"], await Says(set, "no"));
        Assert.Empty(_state.Stack);
    }

    [Fact]
    public async Task From_the_second_miss_on_the_question_says_how_to_leave_it()
    {
        var manners = new PromptManners((_, question) => question with { Question = "Or cancel" }, _ => Message.Of(""));
        var set = new DialogSet().Add(new ChoicePrompt("p", manners: manners));
        _ = await set.CreateContext(Turning("go"), _state).PromptAsync("p", Ask("Which?") with { Choices = Deals });
        Assert.Equal(["Which?"], await Says(set, "blue"));
        Assert.Equal([$"Which?{Marks.Paragraph}Or cancel"], await Says(set, "green"));
        Assert.Equal([$"Which?{Marks.Paragraph}Or cancel"], await Says(set, "red"));
    }

    [Fact]
    public void Every_choice_is_found_by_its_own_value()
    {
        Gen.String[Gen.Char["abcABC北京12 "], 1, 6].Where(value => value.Trim().Length > 0).HashSet[1, 6].Sample(values =>
        {
            var choices = values.Select(value => new Choice(value)).ToArray();
            return choices.All(choice => string.Equals(
                Choose(choice.Value, choices).GetAwaiter().GetResult()!.Value.Trim(), choice.Value.Trim(), StringComparison.OrdinalIgnoreCase));
        });
    }

    [Theory]
    [InlineData("1, 3", "0 2")]
    [InlineData("1 and 3", "0 2")]
    [InlineData("3、1", "0 2")]
    [InlineData("1 2 4", "0 1 3")]
    [InlineData("Cancity, Norwich, and 北京", "0 1 3")]
    [InlineData("1和北京", "0 3")]
    [InlineData("norwich", "1")]
    [InlineData("all", "0 1 2 3")]
    [InlineData("none", "")]
    [InlineData("没有", "")]
    [InlineData("无", "")]
    [InlineData("1, 9", null)]
    [InlineData("the first", null)]
    public async Task Several_choices_are_read_from_one_answer(string text, string? indexes)
    {
        var found = await Answer<IReadOnlyList<FoundChoice>>(new MultiChoicePrompt("p"), Said(text));
        Assert.Equal(indexes, found is null ? null : string.Join(' ', found.Select(choice => choice.Index)));
    }

    [Theory]
    [InlineData("Yes!", true)]
    [InlineData("ok", true)]
    [InlineData("好的。", true)]
    [InlineData("确认", true)]
    [InlineData("N", false)]
    [InlineData("不", false)]
    [InlineData("取消", false)]
    [InlineData("maybe", null)]
    public async Task Yes_and_no_are_understood_in_both_languages(string text, bool? meaning) =>
        Assert.Equal(meaning, await Answer<bool?>(new ConfirmPrompt("p"), Said(text)));

    [Theory]
    [InlineData("1,250.50", "1250.50")]
    [InlineData("20万", "200000")]
    [InlineData("1.5m", "1500000")]
    [InlineData("三", "3")]
    [InlineData("二十五", "25")]
    [InlineData("1,5", null)]
    [InlineData("many", null)]
    public async Task Numbers_are_read_as_people_write_them(string text, string? number) =>
        Assert.Equal(number is null ? null : decimal.Parse(number, CultureInfo.InvariantCulture), await Answer<decimal?>(new NumberPrompt("p"), Said(text)));

    [Fact]
    public async Task A_date_is_read_by_the_reader_the_application_brings()
    {
        var prompt = new DateTimePrompt("p", static (text, _) => DateReading.Read(text, new(2026, 11, 24), CultureInfo.InvariantCulture));
        Assert.Equal(new DateOnly(2026, 11, 25), await Answer<DateOnly?>(prompt, Said("tomorrow")));
    }

    [Fact]
    public void Dialog_state_survives_being_stored()
    {
        var value = Gen.OneOf(Gen.Int.Select(DialogJson.ToElement), Gen.String.AlphaNumeric.Select(DialogJson.ToElement), Gen.Bool.Select(DialogJson.ToElement));
        var instance = Gen.Select(Gen.String.AlphaNumeric, Gen.Int[1, 9], Gen.Dictionary(Gen.String.AlphaNumeric, value)[0, 5],
            (id, version, state) => new DialogInstance { DialogId = id, Version = version, State = state });
        instance.List[0, 5].Sample(stack =>
        {
            var stored = JsonSerializer.Serialize(new DialogState { Stack = stack }, DialogJson.Default.DialogState);
            var read = JsonSerializer.Deserialize(stored, DialogJson.Default.DialogState)!;
            return read.Stack.Count == stack.Count && read.Stack.Zip(stack).All(pair =>
                string.Equals(pair.First.DialogId, pair.Second.DialogId, StringComparison.Ordinal)
                && pair.First.Version == pair.Second.Version
                && pair.First.State.Count == pair.Second.State.Count
                && pair.Second.State.All(kept => JsonElement.DeepEquals(kept.Value, pair.First.State[kept.Key])));
        });
    }

    [Fact]
    public void What_the_application_hands_over_is_found_by_its_type()
    {
        var turn = Turning("hi");
        turn.Set("texts");
        Assert.Equal("texts", turn.Get<string>());
        Assert.Throws<InvalidOperationException>(() => turn.Get<TimeProvider>());
    }

    private static WaterfallDialog<Asked> Asking(int version = 1) => new("ask", version,
        (step, ct) => step.PromptAsync("text", Ask("Who?"), ct),
        (step, ct) =>
        {
            step.Draft = step.Draft with { Name = step.Result<string>()! };
            return step.PromptAsync("number", Ask("How much?"), ct);
        },
        (step, ct) => step.EndAsync(DialogJson.ToElement(string.Create(CultureInfo.InvariantCulture, $"{step.Draft.Name}:{step.Result<decimal>()}")), ct));

    private sealed record Asked
    {
        public string Name { get; init; } = "";
    }

    private static Incoming Said(string words) => new Incoming.Said(words);

    private static TurnContext Turning(string words) => new("turn-" + words, Said(words));

    private static PromptOptions Ask(string text) => new() { Prompt = Message.Of(text) };

    private static Task<FoundChoice?> Choose(string text, IReadOnlyList<Choice> choices) => Answer<FoundChoice>(new ChoicePrompt("p"), Said(text), choices);

    private static async Task<T?> Answer<T>(Dialog prompt, Incoming answer, IReadOnlyList<Choice>? choices = null)
    {
        var set = new DialogSet().Add(prompt);
        var state = new DialogState();
        await set.CreateContext(Turning("go"), state).PromptAsync(prompt.Id, Ask("?") with { Choices = choices ?? Cities });
        var result = await set.CreateContext(new TurnContext("answer", answer), state).ContinueAsync();
        return result.Result is { } value ? DialogJson.FromElement<T>(value) : default;
    }

    private ValueTask<DialogTurnResult> Begin(DialogSet set, string id) =>
        set.CreateContext(Turning("go"), _state).BeginAsync(id);

    private async Task<IEnumerable<string>> Says(DialogSet set, string text) => (await Turn(set, Said(text))).Replies.Select(PlainText.Of);

    // every turn reads the state as it was stored
    private async Task<(DialogTurnResult Result, IReadOnlyList<Message> Replies)> Turn(DialogSet set, Incoming incoming)
    {
        _state = JsonSerializer.Deserialize(JsonSerializer.Serialize(_state, DialogJson.Default.DialogState), DialogJson.Default.DialogState)!;
        var turn = new TurnContext("next", incoming);
        return (await set.CreateContext(turn, _state).ContinueAsync(), turn.Replies);
    }
}
