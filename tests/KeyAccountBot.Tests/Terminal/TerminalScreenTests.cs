using KeyAccountBot.Channels.Terminal;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using Xunit;

namespace KeyAccountBot.Tests.Terminal;

/// <summary>What a terminal prints of a message, and what can be pressed on it by typing.</summary>
public sealed class TerminalScreenTests
{
    private static readonly Message Nudge = new()
    {
        Title = "Cancity needs you",
        Subtitle = "Filling line",
        Body = [new Paragraph($"{Marks.Bold("Rosa")} is silent.{Marks.Line}Since Monday.")],
        Actions =
        [
            new PressAction("Take it", "take"),
            new SayAction("Check in", "check in Cancity"),
            new OpenAction("Snooze…", [new DateField("until", "Until")], [new PressAction("1 day", "snooze"), new PressAction("Until that day", "snooze") { Takes = ["until"] }]),
        ],
    };

    [Fact]
    public async Task A_message_is_its_words_and_a_row_of_what_can_be_pressed()
    {
        var (_, printed) = await ShowAsync(Nudge);

        Assert.Equal(["Cancity needs you", "Filling line", "Rosa is silent.", "Since Monday.", "(a) Take it  (b) Check in  (c) 1 day"], printed);
    }

    [Theory]
    [InlineData("/a", "take")]
    [InlineData("/take", "take")]
    [InlineData("/c", "snooze")]
    [InlineData("/1 day", "snooze")]
    [InlineData("/b", "says check in Cancity")]
    [InlineData("/d", null)]
    [InlineData("/until", null)]
    [InlineData(" hello ", "says hello")]
    [InlineData("\uFDD0hello\uFDD1", "says hello")]
    public async Task A_slash_presses_by_letter_or_by_words_and_any_other_line_is_said(string line, string? means)
    {
        var (screen, _) = await ShowAsync(Nudge);

        Assert.Equal(means, screen.Read(line) switch
        {
            Incoming.Pressed pressed => pressed.Verb,
            Incoming.Said said => "says " + said.Words,
            _ => null,
        });
    }

    [Fact]
    public async Task Choices_are_numbered_and_ready_answers_are_shown_as_what_is_said()
    {
        var (_, printed) = await ShowAsync(Message.Of("Which one?") with { Choices = ["Cancity", "Halden"], ReadyAnswers = [new ReadyAnswer("None of these", "none")] });

        Assert.Equal(["Which one?", "1. Cancity", "2. Halden", "“none”"], printed);
    }

    [Fact]
    public async Task What_stood_on_the_message_before_can_be_pressed_no_more()
    {
        var (screen, _) = await ShowAsync(Nudge);
        await screen.ShowAsync(Message.Of("Noted."));

        Assert.Null(screen.Read("/a"));
    }

    private static async Task<(TerminalScreen Screen, string[] Printed)> ShowAsync(Message message)
    {
        var output = new StringWriter();
        var screen = new TerminalScreen { Output = output };
        await screen.ShowAsync(message);
        return (screen, output.ToString().TrimEnd().Split(Environment.NewLine));
    }
}
