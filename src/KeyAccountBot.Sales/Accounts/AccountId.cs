using System.Text;
using System.Text.Json.Serialization;

namespace KeyAccountBot.Sales.Accounts;

/// <summary>A customer company; opaque. Opportunities that name the same company share it.</summary>
[JsonConverter(typeof(IdJson<AccountId>))]
public readonly record struct AccountId(string Value) : IId<AccountId>
{
    /// <inheritdoc/>
    public static AccountId Of(string value) => new(value);

    /// <summary>The account a name stands for: however it is spaced, capitalised or typed in full width, it is the same.</summary>
    /// <exception cref="ArgumentException">The name is blank, or no valid Unicode.</exception>
    public static AccountId OfName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var words = name.Normalize(NormalizationForm.FormKC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return new AccountId(string.Join(' ', words).ToLowerInvariant());
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
