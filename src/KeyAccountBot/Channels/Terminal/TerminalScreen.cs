using System.Text;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;

namespace KeyAccountBot.Channels.Terminal;

/// <summary>Prints what the bot says, and knows what can be pressed on it.</summary>
/// <remarks>Buttons have letters, for numbers choose from a list. A line that begins with a slash presses one, by its letter or its words.</remarks>
internal sealed class TerminalScreen
{
    private const char Slash = '/';

    private List<MessageAction> pressable = [];

    /// <summary>Where to print.</summary>
    public TextWriter Output { get; set; } = TextWriter.Null;

    /// <summary>In colour; off where the output is no terminal.</summary>
    public bool IsColoured { get; set; }

    /// <summary>How many cells a line has; <c>null</c> where lines are no screen's.</summary>
    public int? Width { get; set; }

    /// <summary>Prints a message.</summary>
    public async Task ShowAsync(Message message)
    {
        // what can be said is said, and what needs a form is answered in words
        pressable = [.. PlainText.Pressable(message).SelectMany(a => a is OpenAction open ? open.Actions : (IEnumerable<MessageAction>)[a]).Where(a => a is not PressAction { Takes.Count: > 0 })];

        var title = message.Title is { } heading ? Coloured(Marks.Plain(heading), "1") : null;
        var words = Words(title is null ? message : message with { Title = null, Subtitle = null });
        IEnumerable<string?> lines = [title, message.Subtitle is { Length: > 0 } subtitle ? Coloured(Marks.Plain(subtitle), "2") : null, words.Length > 0 ? words : null];
        await WriteAsync(string.Join(Environment.NewLine, lines.OfType<string>()));

        // an answer that stands there word for word need not be offered again
        var ready = pressable.Count > 0 ? [] : message.ReadyAnswers.Where(a => !words.Contains(Marks.Plain(a.Title), StringComparison.Ordinal));
        string[] offered = [.. pressable.Select((a, i) => $"({(char)('a' + i)}) {Marks.Plain(a.About is { } about ? $"{a.Title} {about}" : a.Title)}"), .. ready.Select(a => $"“{Marks.Plain(a.Says)}”")];
        if (offered.Length > 0)
        {
            await WriteAsync(Coloured(string.Join("  ", offered), "36"));
        }

        await Output.WriteLineAsync();
    }

    /// <summary>What a typed line means; <c>null</c> where it presses something that is not there.</summary>
    public Incoming? Read(string line)
    {
        if (line is not [Slash, .. var which])
        {
            return new Incoming.Said(Marks.Without(line).Trim());
        }

        var action = which.Length == 1 && which[0] - 'a' is >= 0 and var index && index < pressable.Count
            ? pressable[index]
            : pressable.FirstOrDefault(a => Marks.Plain(a.Title).StartsWith(which.Trim(), StringComparison.OrdinalIgnoreCase));
        return action switch
        {
            SayAction say => new Incoming.Said(say.Says),
            PressAction press => new Incoming.Pressed(press.Verb, press.Data ?? DialogJson.ToElement(new { })),
            _ => null,
        };
    }

    /// <summary>Words in a colour, by its ANSI number; as they are where nothing is coloured.</summary>
    public string Coloured(string words, string colour) => IsColoured ? $"\u001b[{colour}m{words}\u001b[0m" : words;

    private Task WriteAsync(string text) => Output.WriteLineAsync(Width is { } width ? TerminalLines.Wrap(text, width) : text);

    // a heading stands apart from what is above it; choices that are buttons too are listed once
    private string LinesOf(Message message)
    {
        var isPressed = message.Choices.All(c => pressable.Any(p => p.Title == c));
        var around = message with { Title = null, Subtitle = null, Body = [], Choices = isPressed ? [] : message.Choices };
        IEnumerable<string?> head = [message.Title, message.Subtitle];
        return string.Join(Marks.Line,
        [
            .. head.OfType<string>().Where(words => words.Length > 0),
            .. message.Body.SelectMany((part, i) => PlainText.Paragraphs(around with { Body = [part], Question = null, Choices = [], Hint = null })
                .Select((words, j) => i > 0 && j == 0 && part is Section ? Marks.Line + words : words)),
            .. PlainText.Paragraphs(around),
        ]);
    }

    // what a person typed moves no cursor and sets no colour: only our own marks become escapes
    private string Words(Message message)
    {
        var text = new StringBuilder();
        foreach (var c in LinesOf(message))
        {
            _ = c switch
            {
                Marks.BoldBegins when IsColoured => text.Append("\u001b[1m"),
                Marks.ItalicBegins when IsColoured => text.Append("\u001b[3m"),
                Marks.BoldEnds or Marks.ItalicEnds when IsColoured => text.Append("\u001b[0m"),
                _ when c == Marks.Line[0] || c == Marks.Paragraph[0] => text.Append(Environment.NewLine),
                _ when Marks.IsMark(c) => text,
                _ => Marks.Append(text, c),
            };
        }

        return text.ToString();
    }
}
