using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Conversations.Talk;

/// <summary>What is said beside the work: help, words explained, a greeting, thanks, a complaint, what the bot does not do, and what it cannot make out.</summary>
/// <param name="features">All others, whose lines make up the whole help; asked for once somebody wants it.</param>
internal sealed class TalkFeature(Func<IEnumerable<Feature>> features) : Feature
{
    private static readonly Texts Texts = new("Conversations.Talk.TalkTexts");

    /// <inheritdoc/>
    public override IEnumerable<Grant> Grants =>
    [
        ForAll("help", Help),
        ForAll("help-how", HelpWith),
        ForAll("explain", static (scene, asked) => Message.Of(Of(scene, "explain", asked.One("term") ?? "other"))),
        ForAll("greet", static (scene, _) => Message.Of(Say(scene, "greet", scene.Person.Name.Split(' ')[0]))),
        ForAll("thanks", static (scene, _) => Message.Of(Say(scene, "thanks"))),
        ForAll("small-talk", static (scene, asked) => Message.Of(Of(scene, "talk", asked.One("topic") ?? "other"))),
        ForAll("complaint", static (scene, _) => Message.Of(Say(scene, "complaint")).Offering(Fewer(scene, "snooze"), Fewer(scene, "hours"), Fewer(scene, "digest"))),
        ForAll("out-of-scope", static (scene, asked) => Message.Of(Texts.Has("scope." + asked.One("topic")) ? Say(scene, "scope." + asked.One("topic")) : Say(scene, "scope"))),
        ForAll("unclear", static (scene, asked) => Message.Of(asked.One("topic") is { } topic ? Say(scene, "unclear." + topic) : scene.Say("not-understood"))),
    ];

    /// <summary>The help that fits a phone: five lines for who asks, and three buttons.</summary>
    public static Message Short(Scene scene)
    {
        var isRep = scene.Person.Role == Role.Rep;
        return Message.Of(Say(scene, isRep ? "help.rep" : "help.manager"))
            .Offering(Button(scene, isRep ? "today" : "stuck"), Button(scene, isRep ? "list" : "forecast"), Button(scene, "all"));
    }

    private Message Help(Scene scene, Asked asked) => asked.One("topic") is null ? Short(scene) : HelpWith(scene, asked);

    private Message HelpWith(Scene scene, Asked asked) => asked.One("topic") switch
    {
        "all" => All(scene),
        { } topic when Texts.Has("help.topic." + topic) => Message.Of(Say(scene, "help.topic." + topic)),
        _ => Short(scene),
    };

    private Message All(Scene scene) => Message.Of(string.Join(
        Marks.Paragraph, features().Select(f => f.Phrases).OfType<Phrases>().Where(p => p.HasHelp).Select(p => p.Help(scene.Culture)).Prepend(scene.Say("help"))));

    private static string Say(Scene scene, string key, params ReadOnlySpan<object?> values) => Texts[key, scene.Culture, values];

    private static string Of(Scene scene, string kind, string topic) => Say(scene, Texts.Has($"{kind}.{topic}") ? $"{kind}.{topic}" : $"{kind}.other");

    private static ReadyAnswer Button(Scene scene, string name) => new(Say(scene, "help.button." + name), Say(scene, "help.button." + name));

    private static ReadyAnswer Fewer(Scene scene, string what) => new(Say(scene, "complaint." + what), Say(scene, $"complaint.{what}.says"));

    private static Grant ForAll(string wish, Func<Scene, Asked, Message> answer) =>
        Grant.Answers(wish, (_, scene, asked, _) => ValueTask.FromResult(answer(scene, asked) with { IsForAll = true })) with { IsForAll = true };
}
