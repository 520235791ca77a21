using System.Text.Json.Serialization;

namespace KeyAccountBot.Sales;

/// <summary>How high a contact stands in the customer's house; ordered upwards.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Level>))]
public enum Level
{
    /// <summary>Does the work.</summary>
    Staff,

    /// <summary>Leads a department or a part of it.</summary>
    Manager,

    /// <summary>Leads the company.</summary>
    Executive,
}
