namespace KeyAccountBot.Sales.Reports;

/// <summary>What somebody else, a chat model, says of a message. Believed only as far as the text and the record support it; see <see cref="SupportedMessage"/>.</summary>
/// <param name="Reports">Apart for each opportunity.</param>
public sealed record MessageClaims(IReadOnlyList<OpportunityClaims>? Reports);

/// <summary>What is claimed of one opportunity.</summary>
/// <param name="Opportunity">Its id; <c>null</c> where it is not clear.</param>
public sealed record OpportunityClaims(string? Opportunity)
{
    /// <summary>Contacts on record the writer was in touch with, by id.</summary>
    public IReadOnlyList<ClaimedPart>? Met { get; init; }

    /// <summary>People of the customer who are not on record; the id is the name.</summary>
    public IReadOnlyList<ClaimedPart>? NewContacts { get; init; }

    /// <summary>Milestones reached, by id.</summary>
    public IReadOnlyList<ClaimedPart>? Milestones { get; init; }

    /// <summary>Questions answered, by id.</summary>
    public IReadOnlyList<ClaimedPart>? Answers { get; init; }

    /// <summary>Words that say what comes next, the date among them.</summary>
    public IReadOnlyList<string>? NextSteps { get; init; }

    /// <summary>Won, lost, on hold, open again: the id; and the words that say so.</summary>
    public ClaimedPart? Status { get; init; }

    /// <summary>Amount, expected close, bid deadline, competitor: the id; and the words that say so.</summary>
    public IReadOnlyList<ClaimedPart>? Facts { get; init; }
}

/// <summary>A part that is claimed to stand in the text.</summary>
/// <param name="Id">Of the playbook's milestone or question.</param>
/// <param name="Quote">The words of the text that say so.</param>
public sealed record ClaimedPart(string? Id, string? Quote);
