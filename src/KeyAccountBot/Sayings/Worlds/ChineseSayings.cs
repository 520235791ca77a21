using System.Text.Json;

namespace KeyAccountBot.Sayings.Worlds;

/// <summary>Reads what is said from a file of the Chinese format.</summary>
internal static class ChineseSayings
{
    private static readonly string[] ReportParts = ["milestones", "met", "addContacts", "answers", "nextSteps", "status", "facts"];

    /// <summary>An item.</summary>
    public static Saying Read(Entry item, World world)
    {
        var expect = item.Get("expect");
        var context = item.Find("context");
        var effect = expect.TextOrNull("effect");
        return new Saying(item.Text("id"), SayingsFile.KindOf(item), item.Text("writer"), item.Text("text"))
        {
            Now = item.Find("now")?.Moment(),
            TimeZone = item.TextOrNull("timeZone"),
            Opportunity = context?.TextOrNull("opportunity"),
            FollowUp = context?.TextOrNull("followUp"),
            Question = context is { } asked && asked.Find("pending") is { } pending ? QuestionOf(pending, asked) : null,
            Expected = new Expectation
            {
                Intent = expect.TextOrNull("intent") ?? expect.TextOrNull("interrupt"),
                AlsoFine = expect.Texts("alsoOk"),
                Reports = ReportsOf(expect),
                Slots = SayingsFile.Members(expect.Find("slots")).Where(s => s.Key is not ("reports" or "then")).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal),
                MayClarify = expect.Find("clarify") is not null,
                Effect = effect,
                Fields = effect is "interrupt" or null ? new Dictionary<string, Entry>(StringComparer.Ordinal) : SayingsFile.Members(expect.Find("slots")),
            },
            Never = item.Texts("never"),
        };
    }

    private static AskedBefore QuestionOf(Entry pending, Entry context) => new(StepOf(pending))
    {
        Bot = context.TextOrNull("bot") ?? "",
        Options = [.. context.Texts("options").Select(o => (o, o))],
        Draft = pending,
    };

    // a card, a field, a list of fields, or a milestone whose date is asked for
    private static string StepOf(Entry pending) =>
        pending.TextOrNull("card") is { } card ? "card:" + card
        : pending.Has("addContact") ? "addContact"
        : pending.TextOrNull("confirm") is { } confirm ? "confirm:" + confirm
        : pending.Has("milestone") ? "milestone:date"
        : pending.Find("field") is { } field ? string.Join('+', field.Items().Select(f => f.Text()))
        : throw pending.Fault("has neither a card nor a field");

    private static List<ExpectedReport>? ReportsOf(Entry expect)
    {
        if (expect.Find("slots")?.Find("reports") is { } several)
        {
            return [.. several.Items().Select(ReportOf)];
        }

        return ReportParts.Any(expect.Has) || (expect.Has("opportunity") && !expect.Has("slots")) ? [ReportOf(expect)] : null;
    }

    private static ExpectedReport ReportOf(Entry report) => new(report.TextOrNull("opportunity"))
    {
        Candidates = [.. report.Texts("candidates")],
        Milestones = [.. report.List("milestones").Select(m => (m.Text("id"), AcceptedDates.Of(m.Find("date"))))],
        TakenBack = [.. report.List("takenBack").Select(m => m.Json.ValueKind == JsonValueKind.String ? m.Text() : m.Text("id"))],
        Met = [.. report.Texts("met").Select(WorldContact.IdOf)],
        NewContacts = [.. report.List("addContacts").Select(c => c.Text("name"))],
        Answers = [.. report.List("answers").Select(a => a.Text("id"))],
        NextSteps = [.. report.List("nextSteps").Select(s => new ExpectedStep(s.Texts("text"), AcceptedDates.Of(s.Find("date")), s.Is("optional")))],
        Status = report.Find("status")?.TextOrNull("value"),
        Facts = [.. report.List("facts").Select(f => (f.Text("field"), f.Find("value") ?? f))],
        Optional = [.. report.Texts("optional"), .. report.Has("clarify") ? (string[])[] : []],
    };
}
