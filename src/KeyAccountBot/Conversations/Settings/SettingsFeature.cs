using KeyAccountBot.Messages;

namespace KeyAccountBot.Conversations.Settings;

/// <summary>What people set for themselves: their hours, language, channel and weekly digest; and what they cannot have here, a file.</summary>
internal sealed class SettingsFeature(OwnSettingsBook book) : Feature
{
    private static readonly Texts Texts = new("Conversations.Settings.SettingsTexts");

    /// <inheritdoc/>
    public override Phrases Phrases { get; } = new("Conversations.Settings.SettingsPhrases");

    /// <inheritdoc/>
    public override IEnumerable<Wish> Wishes =>
    [
        Wish.Answers("settings", true, (_, scene, words, cancellationToken) => book.AnswerAsync(scene, Read(scene, words), cancellationToken)),
        Wish.Answers("export", false, (_, scene, _, _) => ValueTask.FromResult(Export(scene))),
    ];

    /// <inheritdoc/>
    public override IEnumerable<Grant> Grants =>
    [
        Grant.Answers("settings", (_, scene, asked, cancellationToken) => book.AnswerAsync(scene, Read(scene, asked.Words).With(asked), cancellationToken)),
        Grant.Answers("export", (_, scene, _, _) => ValueTask.FromResult(Export(scene))),
    ];

    private static SettingsWords Read(Scene scene, string words) => SettingsWords.Read(words, scene.Today, scene.Culture);

    // no file leaves by a conversation: whoever reads along would have it
    private static Message Export(Scene scene) => Message.Of(scene.Company.Administrator is { } administrator && administrator.Id != scene.Person.Id
        ? Texts["export.ask", scene.Culture, administrator.Name]
        : Texts[scene.Company.Administrator is null ? "export.nobody" : "export.how", scene.Culture]);
}
