using System.Text.Json;
using System.Text.Json.Serialization;
using KeyAccountBot.Sales.Playbooks;
using NJsonSchema;
using NJsonSchema.Validation;

namespace KeyAccountBot.Playbooks;

/// <summary>Reads the playbook that the company sells by, and refuses a broken one with file, path and reason.</summary>
internal static class PlaybookFile
{
    /// <summary>The playbook that comes with the bot.</summary>
    public static string Default { get; } = Path.Combine(AppContext.BaseDirectory, "Playbooks", "key-account.json");

    private static readonly string SchemaPath = Path.Combine(AppContext.BaseDirectory, "Playbooks", "key-account.schema.json");

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Reads and checks a playbook.</summary>
    /// <exception cref="InvalidPlaybookException">It cannot be read, or breaks the schema or a rule between its parts.</exception>
    public static Playbook Load(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidPlaybookException(path, "", e.Message);
        }

        // the schema costs a quarter of a second; the bot's own playbook is held to it by a test instead
        if (path != Default)
        {
            CheckSchema(path, text);
        }

        try
        {
            var playbook = JsonSerializer.Deserialize<Playbook>(text, Json)!;
            PlaybookRules.Check(path, playbook);
            return playbook;
        }
        catch (JsonException e)
        {
            throw new InvalidPlaybookException(path, e.Path ?? "", e.Message);
        }
    }

    /// <summary>Holds a playbook's text to the schema.</summary>
    /// <exception cref="InvalidPlaybookException">It breaks the schema, or is no JSON.</exception>
    public static void CheckSchema(string path, string text)
    {
        try
        {
            var schema = JsonSchema.FromJsonAsync(File.ReadAllText(SchemaPath)).GetAwaiter().GetResult();
            if (schema.Validate(text).FirstOrDefault() is { } found)
            {
                var error = Innermost(found);
                throw new InvalidPlaybookException(path, error.Path ?? "", $"{error.Kind} (line {error.LineNumber})");
            }
        }
        catch (Newtonsoft.Json.JsonException e)
        {
            throw new InvalidPlaybookException(path, "", e.Message);
        }
    }

    // "an item is not valid" helps nobody: what is wrong with it stands within
    private static ValidationError Innermost(ValidationError error) =>
        error is ChildSchemaValidationError outer && outer.Errors.Values.SelectMany(e => e).FirstOrDefault() is { } inner ? Innermost(inner) : error;
}

/// <summary>A playbook that the bot cannot sell by.</summary>
internal sealed class InvalidPlaybookException(string message) : Exception(message)
{
    /// <summary>One that breaks a rule at a place of its file.</summary>
    public InvalidPlaybookException(string file, string path, string reason)
        : this($"The playbook {file} is broken at '{path}': {reason}. Mend the file, or name another with Playbook:Path.")
    {
    }
}
