namespace KeyAccountBot.Sayings.Judging;

/// <summary>What the two formats call what somebody wants, beside our own names for it. Several of ours may be one of theirs, and the reverse.</summary>
internal static class WishNames
{
    private static readonly Dictionary<string, string[]> Ours = new(StringComparer.Ordinal)
    {
        // English
        ["report"] = ["report"],
        ["show_opportunity"] = ["status", "bid-deadline", "hold-reason", "evaluation"],
        ["show_missing"] = ["missing"],
        ["show_decision_maker"] = ["who-decides"],
        ["show_contacts"] = ["contacts", "contact-info"],
        ["show_coverage"] = ["coverage", "coaches", "who-maintains"],
        ["show_questions"] = ["questions", "next-questions"],
        ["show_today"] = ["today"],
        ["show_at_risk"] = ["at-risk"],
        ["show_stuck"] = ["stuck"],
        ["show_forecast"] = ["forecast"],
        ["show_pipeline"] = ["pipeline"],
        ["show_deals"] = ["deals"],
        ["show_unvisited"] = ["unvisited"],
        ["show_visits"] = ["next-visit", "visits"],
        ["show_brief"] = ["brief"],
        ["show_history"] = ["history", "visit-history", "check-in-status"],
        ["show_next_steps"] = ["next-steps"],
        ["show_follow_ups"] = ["follow-ups"],
        ["show_escalation_route"] = ["escalation-route"],
        ["set_reminder"] = ["remind"],
        ["move_visit"] = ["move-visit"],
        ["set_absence"] = ["absence"],
        ["end_absence"] = ["end-absence"],
        ["hand_over"] = ["hand-over"],
        ["update_fact"] = ["change-fact"],
        ["score_customer"] = ["evaluate"],
        ["set_status"] = ["hold", "lost", "reopen", "won"],
        ["take_back"] = ["take-back", "undo"],
        ["answer_follow_up"] = ["take-follow-up", "snooze-follow-up"],
        ["nudge_rep"] = ["nudge-rep"],
        ["change_settings"] = ["settings"],
        ["export_data"] = ["export"],
        ["help"] = ["help", "help-how"],
        ["explain_term"] = ["explain"],
        ["greet"] = ["greet"],

        // Chinese
        ["report_progress"] = ["report"],
        ["account_status"] = ["status"],
        ["whats_missing"] = ["missing"],
        ["who_decides"] = ["who-decides"],
        ["today_agenda"] = ["today"],
        ["risk_list"] = ["at-risk"],
        ["team_stuck"] = ["stuck"],
        ["forecast"] = ["forecast"],
        ["stale_accounts"] = ["unvisited"],
        ["next_visit"] = ["next-visit"],
        ["last_conversation"] = ["history"],
        ["escalation_preview"] = ["escalation-route"],
        ["reschedule_visit"] = ["move-visit"],
        ["set_delegate"] = ["absence"],
        ["rep_pipeline"] = ["deals", "pipeline"],
        ["pipeline_by_stage"] = ["pipeline"],
        ["pipeline_filter"] = ["deals"],
        ["bid_deadline_query"] = ["bid-deadline"],
        ["visit_brief"] = ["brief"],
        ["next_questions"] = ["next-questions", "questions"],
        ["coverage_query"] = ["coverage"],
        ["coach_query"] = ["coaches"],
        ["who_maintains"] = ["who-maintains"],
        ["contact_info"] = ["contact-info", "contacts"],
        ["update_contact"] = ["change-contact"],
        ["add_contact"] = ["add-contact", "change-contact"],
        ["create_opportunity"] = ["create-opportunity"],
        ["handover_opportunity"] = ["hand-over"],
        ["take_back_milestone"] = ["take-back"],
        ["hold_reason_query"] = ["hold-reason"],
        ["evaluation_query"] = ["evaluation"],
        ["visit_history"] = ["visit-history"],
        ["check_in_status"] = ["check-in-status"],
        ["team_visits"] = ["visits"],
        ["followup_take"] = ["take-follow-up"],
        ["followup_snooze"] = ["snooze-follow-up"],
        ["help_capabilities"] = ["help"],
        ["help_how_to"] = ["help-how"],
        ["greeting"] = ["greet"],

        // both
        ["plan_visit"] = ["plan-visit"],
        ["cancel_visit"] = ["cancel-visit"],
        ["thanks"] = ["thanks"],
        ["small_talk"] = ["small-talk"],
        ["complaint"] = ["complaint"],
        ["out_of_scope"] = ["out-of-scope"],
        ["unclear"] = ["unclear"],
    };

    /// <summary>Whether one of our wishes is what a format means by its name.</summary>
    public static bool Fits(string? wish, string intent) =>
        wish is not null && (Ours.TryGetValue(intent, out var ours) ? ours.Contains(wish, StringComparer.Ordinal) : wish == intent.Replace('_', '-'));

    /// <summary>Whether a format's name is for something that is told, not asked for.</summary>
    public static bool IsReport(string? intent) => intent is "report" or "report_progress";
}
