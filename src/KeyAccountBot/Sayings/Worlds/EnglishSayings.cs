namespace KeyAccountBot.Sayings.Worlds;

/// <summary>Reads what is said from a file of the English format.</summary>
internal static class EnglishSayings
{
    /// <summary>An item.</summary>
    public static Saying Read(Entry item, World world)
    {
        var expect = item.Get("expect");
        var context = item.Find("context");
        return new Saying(item.Text("id"), SayingsFile.KindOf(item), item.Text("user"), item.Text("text"))
        {
            Now = item.Find("now")?.Moment(),
            TimeZone = item.TextOrNull("timeZone"),
            Opportunity = context?.TextOrNull("opportunity"),
            FollowUp = context?.TextOrNull("followUp"),
            Question = context?.TextOrNull("step") is { } step ? QuestionOf(step, context.Value) : null,
            Expected = new Expectation
            {
                Intent = expect.TextOrNull("intent"),
                AlsoFine = expect.Texts("alsoFine"),
                Reports = expect.Has("reports") ? [.. expect.List("reports").Select(r => ReportOf(r, world))] : null,
                Slots = SayingsFile.Members(expect.Find("slots")),
                Effect = expect.TextOrNull("effect"),
                KnowsReask = true,
                Fields = FieldsOf(expect),
                IsSkipped = expect.Is("skipped"),
                Also = [.. expect.List("also")],
            },
            Never = item.Texts("never"),
        };
    }

    private static AskedBefore QuestionOf(string step, Entry context) => new(step)
    {
        Bot = context.TextOrNull("bot") ?? "",
        Options = [.. context.List("options").Select(o => (o.Text("id"), o.TextOrNull("label") ?? o.Text("id")))],
        Draft = context.Find("draft"),
    };

    private static Dictionary<string, Entry> FieldsOf(Entry expect)
    {
        var fields = expect.List("changes").ToDictionary(c => c.Text("field"), c => c.Find("value") ?? new Entry(default, c.Place), StringComparer.Ordinal);
        if (expect.Find("value") is { } value)
        {
            fields[Expectation.AnswerField] = value;
        }

        return fields;
    }

    private static ExpectedReport ReportOf(Entry report, World world)
    {
        var account = world.AccountOf(report.TextOrNull("opportunity"))?.Id;
        return new ExpectedReport(report.TextOrNull("opportunity"))
        {
            Candidates = [.. report.Texts("candidates"), .. report.Texts("mayAsk")],
            Milestones = [.. report.List("milestones").Select(m => (m.Text("id"), AcceptedDates.Of(m.Find("date"))))],
            TakenBack = [.. report.List("takenBack").Select(m => m.Text("id"))],
            Met = [.. report.Texts("contacts").Select(name => world.ContactNamed(name, account)?.Id ?? world.ContactNamed(name)?.Id ?? name)],
            NewContacts = [.. report.List("newContacts").Select(c => c.Text("name"))],
            Answers = [.. report.List("answers").Select(a => a.Text("question"))],
            NextSteps = report.Find("next") is { } next ? [new ExpectedStep([next.Text("text")], AcceptedDates.Of(next.Find("date")))] : [],
            Status = report.Find("status")?.Text("to") is { } to ? to == "onHold" ? "hold" : to : null,
            Facts = [.. report.List("facts").Select(f => (f.Text("field"), f.Find("value") ?? f))],
            Optional = report.Texts("optional"),
        };
    }
}
