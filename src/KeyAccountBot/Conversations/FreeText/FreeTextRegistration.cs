using System.ClientModel;
using KeyAccountBot.Conversations.Understanding;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenAI;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>Registers who reads what people say: the rules, or a chat model where one is configured.</summary>
internal static class FreeTextRegistration
{
    /// <summary>Adds the reader named in the settings.</summary>
    public static void AddFreeText(this WebApplicationBuilder builder)
    {
        var (services, settings) = (builder.Services, builder.Settings().Understanding);
        services.AddSingleton<ReportScenes>().AddHostedService<ReadingAtStart>();
        if (!settings.IsChat)
        {
            services.AddSingleton<IReportReader, RulesReader>();
            return;
        }

        services.TryAddSingleton(_ => new OpenAIClient(
            new ApiKeyCredential(settings.ApiKey.Length == 0 ? "none" : settings.ApiKey), new OpenAIClientOptions { Endpoint = new Uri(settings.Endpoint) })
            .GetChatClient(settings.Model).AsIChatClient());
        services.AddSingleton<ChatTurns>();
        services.AddSingleton<IReportReader, ChatReader>();
    }
}
