using System.Globalization;
using System.Text;

namespace KeyAccountBot.Benchmarks.Imports;

/// <summary>A CRM export of the usual shape, made up: the same one every time.</summary>
internal static class CrmSample
{
    /// <summary>How many opportunities it has.</summary>
    public const int Opportunities = 8_800;

    private const int Accounts = 85;
    private const int Agents = 35;
    private const int Managers = 6;
    private static readonly string[] Products = ["Line Basic", "Line Pro", "Line Plus Basic", "Line Plus Pro", "Keg Special", "Palletiser Basic", "Palletiser Advanced"];
    private static readonly string[] Stages = ["Won", "Won", "Won", "Won", "Lost", "Lost", "Engaging", "Prospecting"];

    /// <summary>Writes the four files.</summary>
    public static void Write(string folder)
    {
        Write(folder, "accounts.csv", "account,sector,year_established,revenue,employees,office_location,subsidiary_of",
            Enumerable.Range(0, Accounts).Select(i => $"Account {Text(i)},retail,{Text(1980 + (i % 40))},{Text(100 + (i * 37))}.5,{Text(500 + i)},Germany,"));
        Write(folder, "products.csv", "product,series,sales_price",
            Products.Select((p, i) => $"{p},{p.Split(' ')[0]},{Text(500 + (i * 900))}"));
        Write(folder, "sales_teams.csv", "sales_agent,manager,regional_office",
            Enumerable.Range(0, Agents).Select(i => $"Agent {Text(i)},Manager {Text(i % Managers)},{(i % 3) switch { 0 => "Central", 1 => "East", _ => "West" }}"));
        Write(folder, "sales_pipeline.csv", "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
            Enumerable.Range(0, Opportunities).Select(Line));
    }

    private static string Line(int i)
    {
        var stage = Stages[i % Stages.Length];
        var engaged = new DateOnly(2016, 10, 20).AddDays(i % 400);
        var product = Products[i % Products.Length];
        var closed = stage is "Won" or "Lost" ? engaged.AddDays(20 + (i % 90)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";
        var value = stage switch { "Won" => Text(500 + (i % 5000)), "Lost" => "0", _ => "" };

        // as real exports do: a product without its blank, an account not known yet, no date while prospecting
        return $"{Text(10_000_000 + i)},Agent {Text(i % Agents)},{(i % 6 == 0 ? product.Replace(" ", "", StringComparison.Ordinal) : product)},"
            + $"{(i % 6 == 5 ? "" : $"Account {Text(i % Accounts)}")},{stage},{(stage == "Prospecting" ? "" : engaged.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))},{closed},{value}";
    }

    private static void Write(string folder, string name, string header, IEnumerable<string> lines) =>
        File.WriteAllLines(Path.Combine(folder, name), [header, .. lines], new UTF8Encoding(false));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
