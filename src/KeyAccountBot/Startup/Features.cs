using KeyAccountBot.Conversations;
using KeyAccountBot.Conversations.Absences;
using KeyAccountBot.Conversations.Answers;
using KeyAccountBot.Conversations.Basics;
using KeyAccountBot.Conversations.Bidding;
using KeyAccountBot.Conversations.CheckIn;
using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.Conversations.Customers;
using KeyAccountBot.Conversations.Evaluation;
using KeyAccountBot.Conversations.Explanations;
using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Conversations.FollowUps;
using KeyAccountBot.Conversations.FreeText;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Conversations.Overviews;
using KeyAccountBot.Conversations.Questions;
using KeyAccountBot.Conversations.Reminders;
using KeyAccountBot.Conversations.Settings;
using KeyAccountBot.Conversations.StandIns;
using KeyAccountBot.Conversations.Status;
using KeyAccountBot.Conversations.Talk;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.Conversations.Understanding;
using KeyAccountBot.Conversations.Visits;
using KeyAccountBot.Conversations.WeeklyDigests;

namespace KeyAccountBot.Startup;

/// <summary>The list of features: what the bot can be talked to about, in the order of the help.</summary>
internal static class Features
{
    /// <summary>Registers the features, what they share, and the conversation.</summary>
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddSingleton<OpportunitySearch>()
        .AddSingleton<Sights>()
        .AddSingleton<WishNames>()
        .AddSingleton<Understander>()
        .AddSingleton<AccountSearch>()
        .AddSingleton<ContactWishes>()
        .AddSingleton<LastEntries>()
        .AddSingleton<FallsInto>()
        .AddSingleton<OwnSettingsBook>()
        .AddSingleton<StatusLines>()
        .AddSingleton<ShownOpportunity>()
        .AddSingleton<AssignmentNews>()
        .AddSingleton<DecisionMakers>()
        .AddSingleton<FollowUpConversation>()
        .AddSingleton<WeeklyDigestRequest>()
        .AddSingleton<Portfolio>()
        .AddSingleton<Feature, OpportunitiesFeature>()
        .AddSingleton<Feature, OverviewsFeature>()
        .AddSingleton<Feature, AnswersFeature>()
        .AddSingleton<Feature, CheckInFeature>()
        .AddSingleton<Feature, VisitsFeature>()
        .AddSingleton<Feature, QuestionsFeature>()
        .AddSingleton<Feature, BiddingFeature>()
        .AddSingleton<Feature, ContactsFeature>()
        .AddSingleton<Feature, CustomersFeature>()
        .AddSingleton<Feature, EvaluationFeature>()
        .AddSingleton<Feature, RemindersFeature>()
        .AddSingleton<Feature, AbsencesFeature>()
        .AddSingleton<Feature, StandInsFeature>()
        .AddSingleton<Feature, ExplanationsFeature>()
        .AddSingleton<Feature, WeeklyDigestsFeature>()
        .AddSingleton<Feature, SettingsFeature>()
        .AddSingleton<Feature, FollowUpsFeature>()
        .AddSingleton<Feature, BasicsFeature>()
        .AddSingleton<Feature>(s => new TalkFeature(s.GetServices<Feature>))
        .AddSingleton<Feature, FreeTextFeature>()
        .AddSingleton<Conversation>();
}
