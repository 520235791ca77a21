using System.Text.Json;
using System.Text.Json.Serialization;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Sales.Playbooks;

/// <summary>
/// Whom a step tells. Written as <c>rep</c>, <c>manager</c>, <c>director</c>, <c>executive</c>, <c>administrator</c>, <c>maintainer</c>,
/// <c>person:ada@ours.example</c>, <c>slack:C0123456789</c> or <c>teams:19:…@thread.tacv2</c>.
/// </summary>
[JsonConverter(typeof(StepReaderJson))]
public abstract record StepReader
{
    private StepReader() { }

    /// <summary>The rep, or the first of this role up the rep's line.</summary>
    public sealed record OfRole(Role Role) : StepReader
    {
        /// <inheritdoc/>
        public override string ToString() => Role.ToString().ToLowerInvariant();
    }

    /// <summary>Who maintains the contact it is about: the contract's approver, else the decision maker.</summary>
    public sealed record Maintainer : StepReader
    {
        /// <inheritdoc/>
        public override string ToString() => "maintainer";
    }

    /// <summary>One of ours by e-mail address, lower case.</summary>
    public sealed record Named(string Email) : StepReader
    {
        /// <inheritdoc/>
        public override string ToString() => "person:" + Email;
    }

    /// <summary>Everybody who reads there.</summary>
    public sealed record InRoom(Room Room) : StepReader
    {
        /// <inheritdoc/>
        public override string ToString() => $"{ChannelNames.Of(Room.Channel)}:{Room.Conversation}";
    }

    /// <summary>Reads a reader as a playbook writes it; <c>null</c> where it is none.</summary>
    public static StepReader? Read(string? text) => text?.Split(':', 2) switch
    {
        ["maintainer"] => new Maintainer(),
        [var role] when Enum.TryParse<Role>(role, ignoreCase: true, out var known) && char.IsLetter(role[0]) => new OfRole(known),
        ["person", { Length: > 0 } email] when email.Contains('@', StringComparison.Ordinal) => new Named(email.Trim().ToLowerInvariant()),
        [var name, { Length: > 0 } conversation] when ChannelNames.Find(name) is { } channel => new InRoom(new Room(channel, conversation)),
        _ => null,
    };
}

/// <summary>A step's reader as text.</summary>
public sealed class StepReaderJson : JsonConverter<StepReader>
{
    /// <inheritdoc/>
    public override StepReader Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString();
        return StepReader.Read(text)
            ?? throw new JsonException($"'{text}' is nobody; write a role, 'maintainer', 'person:' and an e-mail address, or 'slack:' or 'teams:' and a conversation's id");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, StepReader value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
