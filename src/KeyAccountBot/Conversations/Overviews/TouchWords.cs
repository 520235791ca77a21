using KeyAccountBot.Sales.Overviews;

namespace KeyAccountBot.Conversations.Overviews;

/// <summary>Says how long ago somebody of ours was in touch.</summary>
internal static class TouchWords
{
    /// <summary>Of a contact: the day and how many days ago, or never.</summary>
    public static string Ago(Scene scene, TouchedContact contact) => Ago(scene, contact.Last?.On, contact.Days);

    /// <summary>The same of a day.</summary>
    public static string Ago(Scene scene, DateOnly? on, int? days) => (on, days) switch
    {
        ({ } day, 0) => OverviewWords.Day(scene, day),
        ({ } day, { } ago) => OverviewWords.Say(scene, "touch.ago", OverviewWords.Day(scene, day), ago),
        _ => OverviewWords.Say(scene, "touch.never"),
    };
}
