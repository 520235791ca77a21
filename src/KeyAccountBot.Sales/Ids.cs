using System.Text.Json;
using System.Text.Json.Serialization;

namespace KeyAccountBot.Sales;

/// <summary>A company that uses the bot; opaque.</summary>
[JsonConverter(typeof(IdJson<TenantId>))]
public readonly record struct TenantId(string Value) : IId<TenantId>
{
    /// <inheritdoc/>
    public static TenantId Of(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>An opportunity; opaque, never typed by a person.</summary>
[JsonConverter(typeof(IdJson<OpportunityId>))]
public readonly record struct OpportunityId(string Value) : IId<OpportunityId>
{
    /// <inheritdoc/>
    public static OpportunityId Of(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>One of our people; opaque.</summary>
[JsonConverter(typeof(IdJson<PersonId>))]
public readonly record struct PersonId(string Value) : IId<PersonId>
{
    /// <inheritdoc/>
    public static PersonId Of(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A stage of the playbook, for example <c>development</c>.</summary>
[JsonConverter(typeof(IdJson<StageId>))]
public readonly record struct StageId(string Value) : IId<StageId>
{
    /// <inheritdoc/>
    public static StageId Of(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A milestone of the playbook, for example <c>contract-signed</c>.</summary>
[JsonConverter(typeof(IdJson<MilestoneId>))]
public readonly record struct MilestoneId(string Value) : IId<MilestoneId>
{
    /// <inheritdoc/>
    public static MilestoneId Of(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A department of the customer as the playbook lists it, for example <c>purchasing</c>.</summary>
[JsonConverter(typeof(IdJson<DepartmentId>))]
public readonly record struct DepartmentId(string Value) : IId<DepartmentId>
{
    /// <inheritdoc/>
    public static DepartmentId Of(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A question the customer has: of the playbook, or one of the opportunity's own; opaque.</summary>
[JsonConverter(typeof(IdJson<QuestionId>))]
public readonly record struct QuestionId(string Value) : IId<QuestionId>
{
    /// <inheritdoc/>
    public static QuestionId Of(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A planned visit; opaque, unique within its opportunity.</summary>
[JsonConverter(typeof(IdJson<VisitId>))]
public readonly record struct VisitId(string Value) : IId<VisitId>
{
    /// <inheritdoc/>
    public static VisitId Of(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A person at the customer; opaque, unique within the account.</summary>
[JsonConverter(typeof(IdJson<ContactId>))]
public readonly record struct ContactId(string Value) : IId<ContactId>
{
    /// <inheritdoc/>
    public static ContactId Of(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A command; the same id given again changes nothing, so a repeated message records once.</summary>
[JsonConverter(typeof(IdJson<CommandId>))]
public readonly record struct CommandId(string Value) : IId<CommandId>
{
    /// <inheritdoc/>
    public static CommandId Of(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>An id that is a string on the outside.</summary>
/// <typeparam name="TSelf">The id's own type.</typeparam>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    /// <summary>The id as stored.</summary>
    string Value { get; }

    /// <summary>The id that this string stands for.</summary>
    static abstract TSelf Of(string value);
}

/// <summary>Writes an id as its string, also as a property name.</summary>
/// <typeparam name="T">The id's type.</typeparam>
public sealed class IdJson<T> : JsonConverter<T> where T : struct, IId<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.Of(reader.GetString() ?? "");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);

    /// <inheritdoc/>
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.Of(reader.GetString() ?? "");

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);
}
