using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Loader;
using KeyAccountBot.Channels.Terminal;
using KeyAccountBot.Conversations;
using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.Messages;
using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.Tests.Cards;

/// <summary>Holds the catalogue to the code: no card is built that is not shown.</summary>
public sealed class CardCatalogueTests
{
    // what many cards share: who uses them builds the card
    private static readonly System.Type[] Shared = [typeof(ConversationCard), typeof(ContactFacts)];
    private static readonly string[] Making = ["Of", "Message", "Confirm", "Answer", "Question"];

    // shows a message without its heading, which it has printed
    private static readonly System.Type NoBuilder = typeof(TerminalScreen);

    [Fact]
    public void Every_builder_of_a_card_stands_in_the_catalogue()
    {
        var house = new ArchLoader().LoadAssemblies(typeof(Message).Assembly, typeof(Program).Assembly).Build();
        var builders = house.Types
            .Where(t => t.FullName.StartsWith("KeyAccountBot.", StringComparison.Ordinal) && t.Dependencies.OfType<MethodCallDependency>().Any(Makes))
            .Select(t => t.FullName.Split('+', '/')[0])
            .Distinct(StringComparer.Ordinal)
            .Except([.. Shared.Append(NoBuilder).Select(s => s.FullName!)], StringComparer.Ordinal);

        Assert.Equal(
            builders.Order(StringComparer.Ordinal),
            CardCatalogue.Cards.Select(c => c.Builder.FullName!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public async Task Every_card_of_the_catalogue_hangs_in_the_gallery_and_no_two_are_the_same(string language)
    {
        var (_, exhibits) = await Gallery.OpenAsync(language);
        var shown = CardCatalogue.Cards.Select(c => (Card: exhibits.Single(e => e.Name == c.Exhibit).Card?.GetRawText(), c.Opens)).ToList();

        Assert.All(CardCatalogue.Cards, c => Assert.True(exhibits.Single(e => e.Name == c.Exhibit) is { Card: not null }, $"{c.Exhibit} is no card: {exhibits.Single(e => e.Name == c.Exhibit).Text}"));
        Assert.Equal(shown.Count, shown.Distinct().Count());
    }

    [Fact]
    public async Task The_documentation_shows_every_card_as_it_is_now()
    {
        var (_, exhibits) = await Gallery.OpenAsync("en");
        var (path, document) = (Repository.PathOf("docs", "cards.md"), CardDocument.Of(exhibits));
        if (CardDocument.IsWritten)
        {
            await File.WriteAllTextAsync(path, document, TestContext.Current.CancellationToken);
        }

        Assert.Equal(document, (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n"));
    }

    private static bool Makes(MethodCallDependency call) =>
        call.TargetMember.DeclaringType.FullName == typeof(Message).FullName
            ? call.TargetMember.Name.StartsWith("set_Title(", StringComparison.Ordinal)
            : Shared.Any(s => s.FullName == call.TargetMember.DeclaringType.FullName)
                && Making.Any(m => call.TargetMember.Name.StartsWith(m + "(", StringComparison.Ordinal));
}
