using KeyAccountBot.Dialogs;
using KeyAccountBot.Sales;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>What a sentence wants of a contact: another phone, title or department, a decision maker, a coach, one who left, who looks after them.</summary>
internal sealed class ContactWishes(AccountSearch search)
{
    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");

    /// <summary>Whether a fact is one of a contact's, not of the opportunity.</summary>
    public static bool IsOfContact(string? field) => field is "decisionMaker" or "coach" or "contactLeft" or "maintainer";

    /// <summary>Begins what changes a fact of a contact; who is not on record is offered to be added.</summary>
    public async ValueTask ChangeFactAsync(DialogContext talk, Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        talk.CancelAll();
        var (field, id) = (asked.One("field"), ContactOf(asked));
        if (id is null || asked.Account is not { } account || await search.SeeAsync(scene, account, cancellationToken) is not { } view || view.Find(id) is not { } contact)
        {
            await (field == "decisionMaker" && (asked.One("name") ?? asked.One("value")) is not null
                ? talk.BeginAsync(AddContactDialog.Id, DialogJson.ToElement(AddContact.Of(asked.With("role", BuyingRole.DecisionMaker))), cancellationToken)
                : field == "contactLeft" ? talk.BeginAsync(RetireContactDialog.Id, DialogJson.ToElement(new RetireContact(asked.Account ?? "")), cancellationToken)
                : field == "maintainer" ? talk.BeginAsync(AssignDialog.Id, DialogJson.ToElement(asked.Account ?? ""), cancellationToken)
                : talk.BeginAsync(ChangeContactDialog.Id, DialogJson.ToElement(asked.Account ?? ""), cancellationToken));
            return;
        }

        if (field == "contactLeft")
        {
            var left = new RetireContact(view.Name) { Contact = id, Why = asked.One("reason") ?? Texts["retire.left", scene.Culture] };
            await talk.BeginAsync(RetireContactDialog.Id, DialogJson.ToElement(left), cancellationToken);
            return;
        }

        var draft = ContactDraft.Of(view.Name, contact);
        draft = field switch
        {
            "decisionMaker" => draft with { BuyingRole = BuyingRole.DecisionMaker },
            "coach" => draft with { IsCoach = !string.Equals(asked.One("value"), "no", StringComparison.Ordinal) },
            _ => draft with { Maintainer = asked.One("rep") ?? asked.One("delegate") ?? draft.Maintainer },
        };
        await talk.BeginAsync(ConfirmContactDialog.Id, DialogJson.ToElement(draft), cancellationToken);
    }

    /// <summary>Shows a contact with what the sentence changes; asks whom and what, where it does not say.</summary>
    public async ValueTask ChangeAsync(DialogContext talk, Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        if (asked.One("field") == "contactLeft")
        {
            await ChangeFactAsync(talk, scene, asked, cancellationToken);
            return;
        }

        talk.CancelAll();
        if (asked.Account is { } account && ContactOf(asked) is { } id
            && await search.SeeAsync(scene, account, cancellationToken) is { } view && view.Find(id) is { } contact
            && Changed(ContactDraft.Of(view.Name, contact), asked) is { } draft && draft != ContactDraft.Of(view.Name, contact))
        {
            await talk.BeginAsync(ConfirmContactDialog.Id, DialogJson.ToElement(draft), cancellationToken);
            return;
        }

        await talk.BeginAsync(ChangeContactDialog.Id, DialogJson.ToElement(asked.Account ?? ""), cancellationToken);
    }

    private static ContactDraft Changed(ContactDraft draft, Asked asked)
    {
        var field = asked.One("field");
        return draft with
        {
            Name = asked.One("name") ?? draft.Name,
            Department = asked.One("department") ?? draft.Department,
            Level = Enum.TryParse<Level>(asked.One("level"), ignoreCase: true, out var level) ? level : draft.Level,
            BuyingRole = Enum.TryParse<BuyingRole>(asked.One("role"), ignoreCase: true, out var role) ? role : draft.BuyingRole,
            Title = asked.One("title") ?? Value("title") ?? draft.Title,
            Phone = asked.One("phone") ?? Value("phone") ?? draft.Phone,
            Email = asked.One("email") ?? Value("email") ?? draft.Email,
            Maintainer = asked.One("rep") ?? draft.Maintainer,
        };

        string? Value(string name) => field == name ? asked.One("value") : null;
    }

    private static string? ContactOf(Asked asked) => asked.One("contact") ?? (asked.All("contacts") is [var only] ? only : null);
}
