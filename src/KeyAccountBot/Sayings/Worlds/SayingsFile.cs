namespace KeyAccountBot.Sayings.Worlds;

/// <summary>Reads what is said in a world, in the world's format.</summary>
internal static class SayingsFile
{
    /// <summary>All that is said, in the file's order.</summary>
    /// <exception cref="SayingsFaultException">There is no such file, or something in it cannot be read.</exception>
    public static IReadOnlyList<Saying> Read(string path, World world)
    {
        var file = Entry.OfFile(path);
        var items = file.Find("items") ?? file;
        if (items.Json.ValueKind != System.Text.Json.JsonValueKind.Array)
        {
            throw file.Fault("is no list of what is said. Name the world first, then what is said in it");
        }

        List<Saying> sayings = [];
        foreach (var item in items.Items())
        {
            var saying = item.Has("writer") ? ChineseSayings.Read(item, world) : EnglishSayings.Read(item, world);
            if (world.People.All(p => p.Id.Value != saying.Speaker))
            {
                throw item.Fault($"is said by '{saying.Speaker}', who is not in the world");
            }

            if (saying.Opportunity is { } opportunity && world.Opportunity(opportunity) is null)
            {
                throw item.Fault($"is about the opportunity '{opportunity}', which is not in the world");
            }

            sayings.Add(saying);
        }

        return sayings.GroupBy(s => s.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw file.Fault($"has the item {twice.Key} twice")
            : sayings;
    }

    /// <summary>The kind of an item.</summary>
    public static char KindOf(Entry item) => item.Text("kind") is ['A' or 'B' or 'C' or 'D'] kind ? kind[0] : throw item.Fault("has a kind that is not A, B, C or D");

    /// <summary>Members of an object by name; none where there is no object.</summary>
    public static IReadOnlyDictionary<string, Entry> Members(Entry? entry) =>
        entry is { } found ? found.Members().ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal) : new Dictionary<string, Entry>(StringComparer.Ordinal);
}
