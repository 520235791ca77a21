using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Sayings.Worlds;

/// <summary>Reads a world from its file, in either of the two formats; what stands in one only tells which it is.</summary>
internal static class WorldFile
{
    private const string DefaultTime = "T16:40";

    /// <summary>The world in a file.</summary>
    /// <exception cref="SayingsFaultException">There is none, or something in it cannot be read.</exception>
    public static World Read(string path)
    {
        var file = Entry.OfFile(path);
        foreach (var name in (string[])["today", "timeZone", "people", "accounts", "opportunities"])
        {
            _ = file.Find(name) ?? throw file.Fault($"has no '{name}', so it is no world. Name the world first, then what is said in it");
        }

        return IsChinese(file) ? ChineseWorld.Read(file, NowOf(file)) : EnglishWorld.Read(file, NowOf(file));
    }

    // the Chinese format tells teams and currency once for all; the English one brings its conventions along
    private static bool IsChinese(Entry file) => !file.Has("conventions") && (file.Has("teams") || file.Has("currency"));

    private static DateTime NowOf(Entry file) =>
        file.Find("now") is { } now ? now.Moment() : new Entry(System.Text.Json.JsonSerializer.SerializeToElement(file.Text("today") + DefaultTime), file.Place).Moment();

    /// <summary>The role of one of ours, however the file calls it.</summary>
    public static Role RoleOf(Entry person) => person.Text("role") switch
    {
        "rep" => Role.Rep,
        "manager" => Role.Manager,
        "director" => Role.Director,
        "administrator" => Role.Administrator,
        _ => Role.Executive,
    };

    /// <summary>Who somebody reports to; <c>null</c> for nobody.</summary>
    public static PersonId? ManagerOf(Entry person) => person.TextOrNull("manager") is { } manager ? new PersonId(manager) : null;

    /// <summary>An absence of somebody, where there is one.</summary>
    public static Absence? AbsenceOf(Entry absence) => absence.DateOrNull("from") is { } from && absence.DateOrNull("to") is { } to
        ? new Absence(from, to, absence.TextOrNull("delegate") is { } delegated ? new PersonId(delegated) : null)
        : null;

    /// <summary>What was reached.</summary>
    public static IReadOnlyList<WorldMilestone> ReachedOf(Entry opportunity) =>
        [.. opportunity.List("milestonesReached").Select(m => new WorldMilestone(m.Json.ValueKind == System.Text.Json.JsonValueKind.String ? m.Text() : m.Text("id"), m.DateOrNull("date")))];

    /// <summary>A contact, as both formats write one.</summary>
    public static WorldContact ContactOf(string account, Entry contact) => new(WorldContact.IdOf(contact.TextOrNull("id") ?? $"{account}/{contact.Text("name")}"), account, contact.Text("name"))
    {
        Department = contact.TextOrNull("department") ?? "management",
        Level = contact.TextOrNull("level") ?? "staff",
        BuyingRole = contact.TextOrNull("buyingRole"),
        Strength = (int)(contact.NumberOrNull("strength") ?? 0),
        IsCoach = contact.Is("coach"),
        MaintainedBy = contact.TextOrNull("maintainedBy"),
        LastTouch = contact.DateOrNull("lastTouch"),
        CalledAs = contact.Texts("calledAs"),
        Title = contact.TextOrNull("title"),
        Phone = contact.TextOrNull("phone"),
    };
}
