using System.Text;

namespace KeyAccountBot.Channels.Terminal;

/// <summary>Reads lines from the keyboard and remembers them: arrow up and down bring earlier ones back.</summary>
/// <param name="prompt">Printed before each line.</param>
internal sealed class LineEditor(string prompt)
{
    private readonly List<string> history = [];

    /// <summary>The next line; <c>null</c> at the end of the input (Ctrl+D).</summary>
    public string? Read()
    {
        Console.Write(prompt);
        if (Console.IsInputRedirected)
        {
            return Console.ReadLine();
        }

        var (line, at) = (new StringBuilder(), history.Count);
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    Console.WriteLine();
                    Remember(line.ToString());
                    return line.ToString();
                case ConsoleKey.D when key.Modifiers == ConsoleModifiers.Control && line.Length == 0:
                    Console.WriteLine();
                    return null;
                case ConsoleKey.UpArrow when at > 0:
                    Replace(line, history[--at]);
                    break;
                case ConsoleKey.DownArrow when at < history.Count:
                    at++;
                    Replace(line, at < history.Count ? history[at] : "");
                    break;
                case ConsoleKey.Backspace when line.Length > 0:
                    Replace(line, line.ToString(0, char.IsLowSurrogate(line[^1]) && line.Length > 1 ? line.Length - 2 : line.Length - 1));
                    break;
                default:
                    if (!char.IsControl(key.KeyChar))
                    {
                        line.Append(key.KeyChar);
                        Console.Write(key.KeyChar);
                    }

                    break;
            }
        }
    }

    private void Remember(string line)
    {
        if (line.Trim().Length > 0 && (history.Count == 0 || history[^1] != line))
        {
            history.Add(line);
        }
    }

    // clears the row behind the prompt, and writes it anew
    private void Replace(StringBuilder line, string words)
    {
        line.Clear().Append(words);
        Console.Write($"\r\u001b[K{prompt}{words}");
    }
}
