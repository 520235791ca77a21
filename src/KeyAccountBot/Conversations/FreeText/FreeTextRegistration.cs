using System.ClientModel;
using KeyAccountBot.Sales.Playbooks;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenAI;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>Registers who reads reports in a rep's own words: the rules, or a chat model where one is configured.</summary>
internal static class FreeTextRegistration
{
    /// <summary>Adds the proposer named in the settings.</summary>
    public static void AddFreeText(this WebApplicationBuilder builder)
    {
        var (services, settings) = (builder.Services, builder.Settings().FreeText);
        services.AddSingleton<ReportScenes>();
        if (!settings.IsChat)
        {
            services.AddSingleton<IReportReader, RulesReader>();
            return;
        }

        services.TryAddSingleton(_ => new OpenAIClient(
            new ApiKeyCredential(settings.ApiKey.Length == 0 ? "none" : settings.ApiKey), new OpenAIClientOptions { Endpoint = new Uri(settings.Endpoint) })
            .GetChatClient(settings.Model).AsIChatClient());
        services.AddSingleton<IReportReader, RulesReader>();
    }
}
