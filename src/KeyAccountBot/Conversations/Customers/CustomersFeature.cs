using KeyAccountBot.Conversations.Overviews;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Customers;

/// <summary>Questions about a customer's people: who decides, whom we know, who of us looks after whom, what is missing there.</summary>
internal sealed class CustomersFeature : Feature
{
    // the command of the contacts is another feature's
    private const string Contacts = "contacts";
    private readonly IReadOnlyList<(string Wish, Func<Scene, Asked, CancellationToken, ValueTask<Message>> Answer)> answers;

    /// <summary>The feature on what is on record.</summary>
    public CustomersFeature(Portfolio portfolio, Dossiers dossiers, Playbook playbook)
    {
        var customers = new KnownCustomers(portfolio, dossiers, playbook);
        var (people, coverage) = (new PeopleAnswers(customers, playbook), new CoverageAnswers(customers, playbook));
        answers =
        [
            ("who-decides", people.WhoDecidesAsync),
            (Contacts, people.ContactsAsync),
            ("contact-info", people.ContactsAsync),
            ("who-maintains", people.WhoMaintainsAsync),
            ("coverage", (scene, asked, cancellationToken) =>
                asked.One("contact") is not null ? people.WhoMaintainsAsync(scene, asked, cancellationToken) : coverage.CoverageAsync(scene, asked, cancellationToken)),
            ("coaches", coverage.CoachesAsync),
        ];
    }

    /// <inheritdoc/>
    public override Phrases Phrases { get; } = new("Conversations.Customers.CustomerPhrases");

    /// <inheritdoc/>
    public override IEnumerable<Wish> Wishes => answers.Where(a => a.Wish != Contacts).Select(a =>
        Wish.AnswersAlone(a.Wish, (_, scene, words, cancellationToken) => a.Answer(scene, new Asked(a.Wish, words), cancellationToken)));

    /// <inheritdoc/>
    public override IEnumerable<Grant> Grants => answers.Select(a => Grant.Answers(a.Wish, (_, scene, asked, cancellationToken) => a.Answer(scene, asked, cancellationToken)));
}
