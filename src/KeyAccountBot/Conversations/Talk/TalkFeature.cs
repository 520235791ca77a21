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
        ForAll("explain", static (scene, asked) => Message.Of(Texts["explain." + Known("explain.", asked.One("term")), scene.Culture])),
        ForAll("greet", static (scene, _) => Message.Of(Texts["greet", scene.Culture, scene.Person.Name.Split(' ')[0]])),
        ForAll("thanks", static (scene, _) => Message.Of(Texts["thanks", scene.Culture])),
        ForAll("small-talk", static (scene, asked) => Message.Of(Texts["talk." + Known("talk.", asked.One("topic")), scene.Culture])),
        ForAll("complaint", static (scene, _) => Message.Of(Texts["complaint", scene.Culture]).Offering(Fewer(scene, "snooze"), Fewer(scene, "hours"), Fewer(scene, "digest"))),
        ForAll("out-of-scope", static (scene, asked) => Message.Of(asked.One("topic") is { } topic && Texts.Has("scope." + topic) ? Texts["scope." + topic, scene.Culture] : Texts["scope", scene.Culture])),
        ForAll("unclear", static (scene, asked) => Message.Of(asked.One("topic") is { } topic ? Texts["unclear." + topic, scene.Culture] : scene.Say("not-understood"))),
    ];

    /// <summary>The help that fits a phone: five lines for who asks, and three buttons.</summary>
    public static Message Short(Scene scene)
    {
        var isRep = scene.Person.Role == Role.Rep;
        return Message.Of(Texts[isRep ? "help.rep" : "help.manager", scene.Culture])
            .Offering(Button(scene, isRep ? "today" : "stuck"), Button(scene, isRep ? "list" : "forecast"), Button(scene, "all"));
    }

    private Message Help(Scene scene, Asked asked) => asked.One("topic") is null ? Short(scene) : HelpWith(scene, asked);

    private Message HelpWith(Scene scene, Asked asked) => asked.One("topic") switch
    {
        "all" => All(scene),
        { } topic when Texts.Has("help.topic." + topic) => Message.Of(Texts["help.topic." + topic, scene.Culture]),
        _ => Short(scene),
    };

    private Message All(Scene scene) => Message.Of(string.Join(
        Marks.Paragraph, features().Select(f => f.Phrases).OfType<Phrases>().Where(p => p.HasHelp).Select(p => p.Help(scene.Culture)).Prepend(scene.Say("help"))));

    // what nobody wrote a text for is one of the others
    private static string Known(string kind, string? topic) => topic is not null && Texts.Has(kind + topic) ? topic : "other";

    private static ReadyAnswer Button(Scene scene, string name) => new(Texts["help.button." + name, scene.Culture], Texts["help.button." + name, scene.Culture]);

    private static ReadyAnswer Fewer(Scene scene, string what) => new(Texts["complaint." + what, scene.Culture], Texts["complaint.says." + what, scene.Culture]);

    private static Grant ForAll(string wish, Func<Scene, Asked, Message> answer) =>
        Grant.Answers(wish, (_, scene, asked, _) => ValueTask.FromResult(answer(scene, asked) with { IsForAll = true })) with { IsForAll = true };
}
