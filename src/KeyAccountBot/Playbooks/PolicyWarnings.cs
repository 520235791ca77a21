using KeyAccountBot.People;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Playbooks;

/// <summary>What a playbook's policies want and the people on record do not give. A warning, since people change more often than a playbook.</summary>
internal sealed partial class PolicyWarnings(
    CompanyDirectory directory, Playbook playbook, BotOptions options, ILogger<PolicyWarnings> logger) : BackgroundService
{
    /// <summary>The warnings, each once with its places in the playbook's file; none while nobody is on record. Pure.</summary>
    public static IReadOnlyList<(string Where, string Warning)> Of(FollowUpSettings settings, Company company)
    {
        if (company.People.Count == 0)
        {
            return [];
        }

        List<(string, string)> warnings = [];
        foreach (var (name, policy) in settings.Policies)
        {
            foreach (var (step, i) in policy.Steps.Select((s, i) => (s, i)))
            {
                var where = $"followUps.policies.{name}.steps[{i}]";
                if (step.To is StepReader.OfRole of && company.People.All(p => p.Role != of.Role))
                {
                    warnings.Add(($"{where}.to", $"nobody on record is {of}, so the administrator would hear instead"));
                }

                if (step.OrElse is { } other && company.People.All(p => p.Role != other))
                {
                    warnings.Add(($"{where}.orElse", $"nobody on record is {new StepReader.OfRole(other)}, so the administrator would hear instead"));
                }

                if (step.To is StepReader.Named named && company.FindByEmail(named.Email) is null)
                {
                    warnings.Add(($"{where}.to", $"nobody on record has the e-mail address it names, so the administrator would hear instead"));
                }
            }
        }

        if (company.Administrator is null)
        {
            warnings.Add(("followUps", "nobody on record is administrator, so what finds no reader is told to nobody"));
        }

        warnings.AddRange(company.People.Select(p => p.Country).OfType<string>().Where(c => c.Length > 0 && !settings.Holidays.Countries.Contains(c, StringComparer.OrdinalIgnoreCase))
            .Distinct(StringComparer.OrdinalIgnoreCase).Select(c => ($"Holidays:{c}", "somebody on record works in this country, and the settings name no holidays for it")));
        return [.. warnings.GroupBy(w => w.Item2, StringComparer.Ordinal).Select(g => (string.Join(", ", g.Select(w => w.Item1)), g.Key))];
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var (where, warning) in Of(playbook.FollowUps, await directory.GetAsync(options.HomeTenant, stoppingToken)))
            {
                Warn(where, warning);
            }
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            NotChecked(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Where}: {Warning}.")]
    private partial void Warn(string where, string warning);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The policies could not be held against the people on record.")]
    private partial void NotChecked(Exception exception);
}
