using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Conversations;
using KeyAccountBot.Sales.Reports;
using KeyAccountBot.Sayings.Trials;
using KeyAccountBot.Sayings.Worlds;

namespace KeyAccountBot.Sayings.Judging;

/// <summary>Holds what a reply did to the open question against what it was to do. Pure.</summary>
/// <param name="world">What is on record.</param>
internal sealed class ReplyJudge(World world)
{
    // one thing under the names of the two formats and ours
    private static readonly Dictionary<string, string[]> Alike = new(StringComparer.Ordinal)
    {
        ["contacts"] = ["contacts", "met"],
        ["met"] = ["met", "contacts"],
        ["nextStepDate"] = ["nextStepDate", "due", "date"],
        ["date"] = ["date", "nextStepDate", "on", "milestoneDate", "visitAt", "nextVisit", "start"],
        ["visitAt"] = ["visitAt", "start", "date", "nextVisit"],
        ["milestoneDate"] = ["milestoneDate", "on", "date"],
        ["expectedSign"] = ["expectedSign", "expectedClose"],
        ["until"] = ["until", "holdUntil"],
        ["from"] = ["from", "period"],
        ["to"] = ["to", "until", "period"],
        ["reasonText"] = ["reasonText", "reason"],
        ["takeBack"] = ["takeBack", "milestones", "takenBack"],
        ["relationship"] = ["relationship", "evaluation"],
    };

    // what is only described, or what the bot does next
    private static readonly string[] Descriptive = ["candidates", "alternatives", "then", "step"];

    /// <summary>What is wrong with it; empty where it is right.</summary>
    public IReadOnlyList<string> Judge(Saying saying, Outcome outcome)
    {
        var expected = saying.Expected;
        var understood = outcome.Understood;
        var effect = understood?.Effect ?? EffectOn(saying, understood);
        if (!IsEffect(expected.Effect!, effect, saying))
        {
            return expected.AlsoFine.Any(a => IsEffect(a, effect, saying)) || (expected.MayClarify && effect is ReplyEffect.Clarify or ReplyEffect.Reask)
                ? []
                : [$"effect {NameOf(effect)}, not {expected.Effect}"];
        }

        if (expected.Effect == "interrupt")
        {
            return new RequestJudge(world, saying.Speaker).Judge(expected, understood);
        }

        if (expected.Effect is not ("answer" or "correct"))
        {
            return [];
        }

        List<string> faults = [.. expected.Fields.Where(f => !Descriptive.Contains(f.Key, StringComparer.Ordinal) && !IsField(f.Key, f.Value, saying, outcome)).Select(f => $"{(f.Key.Length == 0 ? "value" : f.Key)}: {Shown(f.Key, outcome)}, not {f.Value.Line}")];
        if (expected.IsSkipped && understood!.Value is { Count: > 0 } said)
        {
            faults.Add($"value: {string.Join(',', said)}, but it was left out");
        }

        faults.AddRange(expected.Also.Where(a => !IsAlso(a, saying, outcome)).Select(a => $"also: {a.Line}"));
        return faults;
    }

    // what is on record already is no open question: to take it back is to correct it, and to ask which is to ask
    private static ReplyEffect? EffectOn(Saying saying, Understood? understood) => saying.Question?.Step != "card:recorded" ? null : understood?.Wish switch
    {
        "undo" or "take-back" => ReplyEffect.Correct,
        "unclear" => ReplyEffect.Clarify,
        _ => null,
    };

    // where a format knows no reask, a question that is asked again, narrower, is a clarification
    private static bool IsEffect(string expected, ReplyEffect? effect, Saying saying) => effect switch
    {
        null => false,
        ReplyEffect.Reask => expected == "reask" || (expected == "clarify" && !saying.Expected.KnowsReask),
        _ => string.Equals(effect.ToString(), expected, StringComparison.OrdinalIgnoreCase),
    };

    private bool IsField(string field, Entry expected, Saying saying, Outcome outcome)
    {
        var understood = outcome.Understood!;
        if (field == Expectation.AnswerField)
        {
            return Values.AreAlike(world, expected, AnswerOf(outcome));
        }

        if (saying.Question?.Step == "card:recorded" && understood.Wish == "undo")
        {
            // the last entry is what was shown, and needs no reason
            return true;
        }

        if (field == "confirm")
        {
            var truth = expected.Json.ValueKind == JsonValueKind.True;
            return Given(field, outcome).Concat(understood.Value ?? []).Any(v => Values.Truth(v) == truth || IsNamed(outcome, v, truth));
        }

        // "skip" and "none" stand for an answer that is left out on purpose
        if (expected.Json.ValueKind == JsonValueKind.String && expected.Text() is "skip" or "none" || expected.Json is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0)
        {
            return understood.Value is null or { Count: 0 } && Given(field, outcome).Count == 0 || field is not ("nextStep" or "remark") && Given(field, outcome).Count == 0;
        }

        if (expected.Json.ValueKind == JsonValueKind.Object && (expected.Has("add") || expected.Has("remove")))
        {
            return IsChanged(field, expected, outcome);
        }

        var given = Given(field, outcome);
        return Values.AreAlike(world, expected, given.Count > 0 ? given : AnswerOf(outcome), anyWillDo: field is "department" or "level") || (given.Count > 0 && Values.AreAlike(world, expected, AnswerOf(outcome)));
    }

    // what was there, with what was to be added, and without what was to be removed
    private bool IsChanged(string field, Entry expected, Outcome outcome)
    {
        var (after, before) = (Field(field, outcome.After.Reports), Field(field, outcome.Before.Reports));
        var now = Given(field, outcome) is { Count: > 0 } given ? given : after;
        var isTouched = outcome.Understood!.Changes.Any(c => Names(field).Contains(c.Field, StringComparer.Ordinal)) || after.Count != before.Count;
        return isTouched
            && expected.Texts("add").All(a => now.Any(n => Values.IsSame(world, a, n)))
            && expected.Texts("remove").All(r => !now.Any(n => Values.IsSame(world, r, n)));
    }

    private bool IsAlso(Entry also, Saying saying, Outcome outcome)
    {
        if (also.TextOrNull("intent") is { } intent)
        {
            var expected = new Expectation { Intent = intent, Slots = SayingsFile.Members(also.Find("slots")) };
            return new RequestJudge(world, saying.Speaker).Judge(expected, outcome.Understood).Count == 0;
        }

        return also.Find("value") is not { } value || Values.AreAlike(world, value, Given(also.Text("field"), outcome));
    }

    private static IReadOnlyList<string> AnswerOf(Outcome outcome) =>
        [.. (outcome.Understood?.Value ?? []).Select(v => outcome.Options.FirstOrDefault(o => o.Shown == v)?.Id ?? v)];

    // the first of several ways on records, the last leaves it
    private static bool IsNamed(Outcome outcome, string value, bool truth) =>
        outcome.Before.Open is { Choices: [var first, .., var last] choices } && choices.Count >= 2
        && string.Equals(truth ? first.Value : (choices.Count > 2 ? choices[1] : last).Value, value, StringComparison.OrdinalIgnoreCase);

    private static string[] Names(string field) => Alike.GetValueOrDefault(field, [field]);

    // what the turn says of the field, by its name in the changes or in the slots; else as it stands in what is shown
    private static IReadOnlyList<string> Given(string field, Outcome outcome)
    {
        var names = Names(field);
        var said = outcome.Understood?.Changes.LastOrDefault(c => names.Contains(c.Field, StringComparer.OrdinalIgnoreCase));
        if (said is not null)
        {
            return said.Value;
        }

        foreach (var name in names)
        {
            if (outcome.Understood?.Slots.GetValueOrDefault(name) is { Count: > 0 } slot)
            {
                return slot;
            }
        }

        return Field(field, outcome.After.Reports) is { Count: > 0 } now && !now.SequenceEqual(Field(field, outcome.Before.Reports), StringComparer.Ordinal) ? now : [];
    }

    private static IReadOnlyList<string> Field(string field, IReadOnlyList<OpportunityProposal> reports) => field switch
    {
        "contacts" or "met" => [.. reports.SelectMany(r => r.Met).Select(m => m.Value)],
        "milestones" => [.. reports.SelectMany(r => r.Milestones).Select(m => m.Milestone.Value)],
        "milestoneDate" => [.. reports.SelectMany(r => r.Milestones).Select(m => Day(m.On)).Distinct(StringComparer.Ordinal)],
        "answers" => [.. reports.SelectMany(r => r.Answers).Select(a => a.Question.Value)],
        "nextStep" => [.. reports.SelectMany(r => r.NextSteps).Select(s => s.What)],
        "nextStepDate" => [.. reports.SelectMany(r => r.NextSteps).Select(s => Day(s.Due)).Where(d => d.Length > 0)],
        "newContacts" => [.. reports.SelectMany(r => r.NewContacts).Select(c => c.Name)],
        "opportunity" => [.. reports.Select(r => r.Opportunity?.Value).OfType<string>()],
        "evidence" => [.. reports.SelectMany(r => r.Milestones).Select(m => m.Evidence).OfType<string>()],
        _ => [.. reports.SelectMany(r => r.Facts).Where(f => Names(field).Contains(ProposalFields.Of(f.Field), StringComparer.Ordinal)).Select(f => f.Value)],
    };

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Shown(string field, Outcome outcome)
    {
        var given = field.Length == 0 ? AnswerOf(outcome) : Given(field, outcome);
        return given.Count > 0 ? string.Join(',', given)
            : outcome.Understood is { Value: { Count: > 0 } value } ? $"(value {string.Join(',', value)})"
            : "(none)";
    }

    private static string NameOf(ReplyEffect? effect) => effect?.ToString().ToLowerInvariant() ?? "(none)";
}
