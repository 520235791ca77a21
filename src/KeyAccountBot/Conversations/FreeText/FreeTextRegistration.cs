using System.ClientModel;
using KeyAccountBot.Sales.Playbooks;
using Microsoft.Extensions.AI;
using OpenAI;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>Registers who reads reports in a rep's own words: the rules, or a chat model where one is configured.</summary>
internal static class FreeTextRegistration
{
    /// <summary>Adds the proposer named in the settings.</summary>
    /// <exception cref="InvalidSettingsException">There is no such proposer, or no chat model to ask.</exception>
    public static void AddFreeText(this WebApplicationBuilder builder)
    {
        var freeText = builder.Configuration.GetSection("FreeText");
        switch (freeText["Proposer"])
        {
            case null or "" or "rules":
                builder.Services.AddSingleton<IReportProposer, RulesProposer>();
                break;
            case "chat":
                AddChat(builder.Services, freeText["Endpoint"] ?? "", freeText["Model"] ?? "", freeText["ApiKey"] ?? "");
                break;
            case var other:
                throw new InvalidSettingsException($"FreeText:Proposer is '{other}'. Set it to rules or chat, or leave it empty for rules.");
        }
    }

    private static void AddChat(IServiceCollection services, string endpoint, string model, string key)
    {
        if (services.All(s => s.ServiceType != typeof(IChatClient)))
        {
            if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || model.Length == 0)
            {
                throw new InvalidSettingsException(
                    "FreeText:Proposer is chat, but there is no model to ask. Set FreeText:Endpoint to an OpenAI-compatible address and FreeText:Model to the model's name.");
            }

            services.AddSingleton<IChatClient>(_ => new OpenAIClient(
                new ApiKeyCredential(key.Length == 0 ? "none" : key), new OpenAIClientOptions { Endpoint = address }).GetChatClient(model).AsIChatClient());
        }

        services.AddSingleton<IReportProposer>(s => new ChatProposer(
            s.GetRequiredService<IChatClient>(), s.GetRequiredService<Playbook>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<ChatProposer>>()));
    }
}
