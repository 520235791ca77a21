using KeyAccountBot.BotFramework.Schema;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>The service as those see it who write to it: hosted by the test, or a process of its own.</summary>
public interface IBot
{
    /// <summary>What it speaks with.</summary>
    FarEnds Ends { get; }

    /// <summary>An id for the next activity.</summary>
    string NextId();

    /// <summary>Delivers an activity, with a valid token unless told otherwise.</summary>
    Task<HttpResponseMessage> PostAsync(Activity activity, string? token = null, bool anonymous = false);
}
