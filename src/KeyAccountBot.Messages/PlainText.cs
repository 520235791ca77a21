namespace KeyAccountBot.Messages;

/// <summary>
/// Draws a message in words alone, complete: what a screen reader reads, what a client without cards shows, what a terminal prints.
/// The words still hold <see cref="Marks"/>, which a channel draws or leaves out.
/// </summary>
public static class PlainText
{
    /// <summary>The message in paragraphs of words and marks. Buttons are left out; see <see cref="Pressable"/>.</summary>
    public static string Of(Message message) => string.Join(Marks.Paragraph, Paragraphs(message));

    /// <summary>The paragraphs, one after the other.</summary>
    public static IEnumerable<string> Paragraphs(Message message)
    {
        IEnumerable<string?> heading = [message.Title, message.Subtitle];
        return [
            .. heading.OfType<string>().Where(words => words.Length > 0),
            .. message.Body.SelectMany(part => Paragraphs(part, message)),
            .. message.Question is { } question ? [question] : Array.Empty<string>(),
            .. message.Choices.Select((choice, i) => Marks.Number(i + 1) + choice),
            .. message.Hint is { } hint ? [hint] : Array.Empty<string>(),
        ];
    }

    /// <summary>Everything that can be pressed on the message, in order; what opens first is listed after what opens it.</summary>
    public static IEnumerable<MessageAction> Pressable(Message message) =>
        message.Body.SelectMany(PressableOn).Concat(message.Actions);

    /// <summary>What a row of a matrix says: a line for each column that has something to say there.</summary>
    public static IEnumerable<(string Words, Tone Tone)> LinesOf(MatrixRow row, Matrix matrix, Message message) =>
        matrix.Columns.Zip(row.Cells)
            .Where(place => place.Second.Words.Length > 0)
            .Select(place => (FactOf(new Fact(place.First, place.Second.Words), message), place.Second.Tone));

    private static IEnumerable<MessageAction> PressableOn(Part part) => part switch
    {
        Paragraph { Opens: { } opens } => [opens],
        Section section => [.. section.Body.Select(paragraph => paragraph.Opens).OfType<MessageAction>(), .. section.Actions],
        _ => [],
    };

    private static IEnumerable<string> Paragraphs(Part part, Message message) => part switch
    {
        Paragraph paragraph => [paragraph.Words],
        FactList facts => facts.Facts.Select(fact => FactOf(fact, message)),
        Section section => section.Body.Select(paragraph => paragraph.Words).Prepend(Marks.Bold(section.Heading)),
        Outline outline => outline.Items.Select(item => $"{new string('–', item.Depth)} {item.Name} · {item.Detail}".Trim()),
        Matrix matrix => matrix.Rows.Select(row => string.Join(Marks.Line, LinesOf(row, matrix, message).Select(line => line.Words).Prepend(Marks.Bold(row.Name)))),
        Picture picture => [picture.Description],
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "A part that plain text does not know."),
    };

    private static string FactOf(Fact fact, Message message) =>
        fact.Label + (fact.Label is [.., >= '\u2e80'] ? "：" : ": ") + fact.Value;
}
