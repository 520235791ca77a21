namespace KeyAccountBot.Sayings.Worlds;

/// <summary>A file of sayings, or of the world that they are said in, cannot be used; the message says where and what to do.</summary>
internal sealed class SayingsFaultException(string message) : Exception(message);
