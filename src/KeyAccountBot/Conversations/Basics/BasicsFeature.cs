using KeyAccountBot.Conversations.Talk;
using KeyAccountBot.Messages;

namespace KeyAccountBot.Conversations.Basics;

/// <summary>Help, who somebody is to the bot, and leaving a talk.</summary>
internal sealed class BasicsFeature : Feature
{
    /// <inheritdoc/>
    public override Phrases Phrases { get; } = new("Conversations.Basics.BasicsPhrases");

    /// <inheritdoc/>
    public override IEnumerable<Wish> Wishes =>
    [
        Wish.Answers("help", false, (_, scene, _, _) => ValueTask.FromResult(TalkFeature.Short(scene) with { IsForAll = true })) with { IsForAll = true },
        Wish.Answers("who-am-i", false, (_, scene, _, _) => ValueTask.FromResult(WhoAmI(scene) with { IsForAll = true })) with { IsForAll = true },
        new("cancel", false, (dialog, scene, _, _) =>
        {
            dialog.Turn.Send(Message.ForAll(scene.Say(dialog.ActiveInstance is null ? "nothing-to-cancel" : "cancelled")));
            dialog.CancelAll();
            return ValueTask.CompletedTask;
        }) { IsForAll = true },
    ];

    private static Message WhoAmI(Scene scene)
    {
        var role = scene.Say("role." + scene.Person.Role);
        return Message.Of(scene.Company.LineAbove(scene.Person.Id).FirstOrDefault() is { } above
            ? scene.Say("who-am-i", scene.Person.Name, role, above.Name)
            : scene.Say("who-am-i.nobody", scene.Person.Name, role));
    }
}
