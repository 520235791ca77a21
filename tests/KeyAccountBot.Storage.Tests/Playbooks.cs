using System.Text.Json;
using System.Text.Json.Serialization;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Testing;

namespace KeyAccountBot.Storage.Tests;

internal static class Playbooks
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The one that comes with the bot.</summary>
    public static Playbook Shipped { get; } = JsonSerializer.Deserialize<Playbook>(
        File.ReadAllText(Repository.PathOf("src", "KeyAccountBot", "Playbooks", "key-account.json")), Json)!;
}
