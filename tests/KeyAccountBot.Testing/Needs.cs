using Xunit;

namespace KeyAccountBot.Testing;

/// <summary>
/// What a fuller test needs beside the .NET SDK. Missing, the test is skipped with the reason; where
/// <c>NOTHING_SKIPPED=true</c> (as <c>.ci/run</c> sets it) it fails instead, so a skip never passes for a pass.
/// </summary>
public static class Needs
{
    /// <summary>Whether long proofs run whole, as in <c>.ci/run</c>; else they run short, so that trying the tests stays quick.</summary>
    public static bool Whole { get; } =
        string.Equals(Environment.GetEnvironmentVariable("NOTHING_SKIPPED"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The folder that <c>npm ci</c> in <c>tests</c> fills.</summary>
    public static string NodeModules { get; } = Repository.PathOf("tests", "node_modules");

    /// <summary>Debian's Chromium, or the path in <c>CHROMIUM</c>.</summary>
    public static string ChromiumPath { get; } = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    /// <summary>The switches headless Chromium is started with in every test.</summary>
    public static IReadOnlyList<string> ChromiumArguments { get; } =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <summary>Skips unless <c>node</c> is on the path and the npm package is installed; answers the package's folder.</summary>
    public static string NodePackage(string name)
    {
        var folder = Path.Combine([NodeModules, .. name.Split('/')]);
        Unless(OnPath("node") && Directory.Exists(folder), $"needs Node and the npm package {name}: run `npm ci` in tests");
        return folder;
    }

    /// <summary>Skips unless Chromium is installed; answers its path.</summary>
    public static string Chromium()
    {
        Unless(File.Exists(ChromiumPath), $"needs Chromium at {ChromiumPath}: `apt-get install chromium`, or set CHROMIUM");
        return ChromiumPath;
    }

    /// <summary>Skips where a process cannot be asked to end by a signal: on Windows.</summary>
    public static void Signals() => Unless(!OperatingSystem.IsWindows(), "needs signals: run it on Linux or macOS");

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));

    private static void Unless(bool met, string reason)
    {
        if (met)
        {
            return;
        }

        if (Whole)
        {
            Assert.Fail($"This run skips nothing, but the test {reason}.");
        }

        Assert.Skip(reason);
    }
}
