namespace KeyAccountBot.Sandbox;

/// <summary>The files of the sandbox's page.</summary>
internal static class SandboxPage
{
    /// <summary>A file of the page by its name; <c>null</c> where the page has none such.</summary>
    public static Stream? Open(string name) => typeof(SandboxPage).Assembly.GetManifestResourceStream("Sandbox/" + name);
}
