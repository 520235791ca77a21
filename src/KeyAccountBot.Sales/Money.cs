namespace KeyAccountBot.Sales;

/// <summary>An amount and its currency; never one without the other.</summary>
/// <param name="Amount">In whole units of the currency.</param>
/// <param name="Currency">ISO 4217, for example <c>EUR</c>.</param>
public readonly record struct Money(decimal Amount, string Currency);
