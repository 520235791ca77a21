namespace KeyAccountBot.Conversations.Understanding;

/// <summary>The names of all that can be wanted.</summary>
internal static class CanonicalWishes
{
    /// <summary>In the order of the help.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "report", "status", "missing", "who-decides", "contacts", "contact-info", "coverage", "coaches", "who-maintains", "questions", "next-questions", "today", "at-risk", "stuck", "forecast",
        "pipeline", "deals", "unvisited", "next-visit", "visits", "visit-history", "brief", "history", "next-steps", "follow-ups", "check-in-status", "escalation-route", "bid-deadline",
        "hold-reason", "evaluation", "remind", "plan-visit", "move-visit", "cancel-visit", "absence", "end-absence", "hand-over", "create-opportunity", "add-contact", "change-contact",
        "change-fact", "evaluate", "hold", "lost", "reopen", "won", "take-back", "undo", "take-follow-up", "snooze-follow-up", "nudge-rep", "settings", "export", "help", "help-how", "explain",
        "greet", "thanks", "small-talk", "complaint", "out-of-scope", "unclear",
    ];
}
