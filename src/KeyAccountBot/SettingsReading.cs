namespace KeyAccountBot;

/// <summary>The one place that reads the configuration.</summary>
internal static class SettingsReading
{
    /// <summary>Binds every section.</summary>
    public static ServiceSettings Read(IConfiguration configuration) => (configuration.Get<ServiceSettings>() ?? new ServiceSettings()) with
    {
        Holidays = configuration.GetSection("Holidays").GetChildren().Where(country => country.GetChildren().Any()).ToDictionary(
            country => country.Key,
            country => (IReadOnlyList<HolidayEntry>)[.. country.GetChildren().Select(entry => new HolidayEntry(entry.Path, entry.Value ?? ""))],
            StringComparer.OrdinalIgnoreCase),
        Former = [.. configuration.GetSection("FreeText").GetChildren().Where(setting => setting.Value is { Length: > 0 }).Select(setting => setting.Path)],
    };

    /// <summary>The settings of a service that is being built; read when they are first asked for.</summary>
    public static ServiceSettings Settings(this IHostApplicationBuilder builder)
    {
        if (!builder.Properties.TryGetValue(typeof(ServiceSettings), out var known))
        {
            builder.Properties[typeof(ServiceSettings)] = known = Read(builder.Configuration);
        }

        return (ServiceSettings)known;
    }
}
