using System.Globalization;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations;

/// <summary>Who speaks in this turn, when, and in which language.</summary>
/// <param name="Tenant">Their company.</param>
/// <param name="Person">Who speaks.</param>
/// <param name="Company">Everybody of ours.</param>
/// <param name="Culture">Their language and formats.</param>
/// <param name="Now">UTC.</param>
/// <param name="Today">The date where they are.</param>
/// <param name="Channel">Through which channel.</param>
internal sealed record Scene(
    TenantId Tenant, Person Person, Company Company, CultureInfo Culture, DateTimeOffset Now, DateOnly Today, string Channel)
{
    /// <summary>What is spoken of where nobody names it; <c>null</c> where nothing is.</summary>
    public Subject? Subject { get; init; }

    /// <summary>What was spoken of lately in this conversation; <c>null</c> where nothing was.</summary>
    public SpokenOf? Lately { get; init; }

    private static readonly Texts Texts = new("Conversations.ConversationTexts");

    /// <summary>The scene that the turn was set in.</summary>
    public static Scene Of(TurnContext turn) => turn.Get<Scene>();

    /// <summary>One of the conversation's texts in the speaker's language.</summary>
    public string Say(string key, params ReadOnlySpan<object?> values) => Texts[key, Culture, values];

    /// <summary>What a wish is, in a few words to choose it by; <c>null</c> where nothing is to be chosen.</summary>
    public string? MeaningOf(string wish) => Texts.Has("meant." + wish) ? Say("meant." + wish) : null;

    /// <summary>The speaker, as who asks for what is on record.</summary>
    public Asker Asker => new(Tenant, Company, Person.Id);

    /// <summary>A command of the speaker.</summary>
    public CommandContext Command(string id) => new(new CommandId(id), Person.Id, Now, Today, Channel);

    /// <summary>An amount as the speaker reads it; whole units.</summary>
    public string Format(Money money) => money.Amount.ToString("N0", Culture) + " " + money.Currency;

    /// <summary>A date as the speaker reads it.</summary>
    public string Format(DateOnly date) => Words.DateOf(Culture, date);

    /// <summary>The account, or a word for one not known yet.</summary>
    public string AccountOf(string account) => account.Length > 0 ? account : Say("account.unknown");

    /// <summary>The culture of a locale; English for one that does not exist.</summary>
    public static CultureInfo CultureOf(string? locale) => Cultures.Of(locale);

    /// <summary>The speaker's business days and hours.</summary>
    public WorkCalendar Calendar(Sales.Playbooks.FollowUpSettings settings) => FollowUpPolicy.CalendarOf(Person, settings);
}
