namespace KeyAccountBot;

/// <summary>A setting that the service cannot start with.</summary>
internal sealed class InvalidSettingsException(string message) : Exception(message);
