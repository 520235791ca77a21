using System.Text;

namespace KeyAccountBot.Channels.Terminal;

/// <summary>Reads lines from the keyboard and remembers them: arrow up and down bring earlier ones back.</summary>
/// <param name="prompt">Printed before each line.</param>
/// <param name="keys">The next key.</param>
/// <param name="screen">Where what is typed appears.</param>
/// <param name="width">How many cells a row has.</param>
internal sealed class LineEditor(string prompt, Func<ConsoleKeyInfo> keys, TextWriter screen, Func<int> width)
{
    private readonly List<string> history = [];

    /// <summary>The next line; <c>null</c> at the end of the input (Ctrl+D).</summary>
    public string? Read()
    {
        screen.Write(prompt);
        var (line, at) = (new StringBuilder(), history.Count);
        while (true)
        {
            var key = keys();
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    screen.WriteLine();
                    Remember(line.ToString());
                    return line.ToString();
                case ConsoleKey.D when key.Modifiers == ConsoleModifiers.Control && line.Length == 0:
                    screen.WriteLine();
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
                        screen.Write(key.KeyChar);
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

    // clears all rows that the line has come to, and writes it anew
    private void Replace(StringBuilder line, string words)
    {
        var rows = Math.Max(0, TerminalLines.CellsOf(prompt + line) - 1) / Math.Max(1, width());
        line.Clear().Append(words);
        screen.Write($"\r{(rows > 0 ? $"\u001b[{rows}A" : "")}\u001b[J{prompt}{words}");
    }
}
