namespace KeyAccountBot.Testing;

/// <summary>Where this checkout lies on disk.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>KeyAccountBot.sln</c>.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>A path below <see cref="Root"/>.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "KeyAccountBot.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No KeyAccountBot.sln above {start}: run the tests from a checkout.");
    }
}
