using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KeyAccountBot.Operations;
using KeyAccountBot.Operations.Doctor;
using KeyAccountBot.Sales;

namespace KeyAccountBot.Commands;

/// <summary><c>doctor</c>: runs every check and says of each fault how to mend it; in English for the operator. It may run beside the service.</summary>
internal static class DoctorCommand
{
    // all but looking through the rows, whose time goes by how many there are
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs it and answers the exit code.</summary>
    public static async Task<int> RunAsync(IServiceProvider services, TextWriter output, bool json, TenantId tenant, CancellationToken cancellationToken)
    {
        List<(string Name, CheckResult Result)> results = [];
        foreach (var check in DoctorChecks.All)
        {
            var result = await LookAsync(check, services, tenant, cancellationToken);
            results.Add((check.Name, result));
            if (!json)
            {
                await output.WriteAsync(TextOf(check.Name, result));
            }
        }

        var findings = results.Sum(r => r.Result.Findings.Count);
        await output.WriteLineAsync(json ? JsonOf(results) : findings == 0 ? "Nothing is wrong." : findings == 1 ? "1 thing to mend." : $"{findings} things to mend.");
        return findings == 0 ? CommandLine.Done : CommandLine.Refused;
    }

    private static async Task<CheckResult> LookAsync(DoctorCheck check, IServiceProvider services, TenantId tenant, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (check.Name != "rows")
        {
            bound.CancelAfter(Patience);
        }

        try
        {
            return await Task.Run(() => check.Create(services).LookAsync(tenant, bound.Token), bound.Token).WaitAsync(bound.Token);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new CheckResult("", [new Finding(Failures.SentenceOf(e), "Mend this first; what needs it could not be looked at.")]);
        }
    }

    private static string TextOf(string name, CheckResult result)
    {
        var text = new StringBuilder();
        var looked = result.Looked.Length > 0 ? $" ({result.Looked})" : "";
        text.Append(result.Findings.Count == 0 ? "ok    " : "WRONG ").Append(name).AppendLine(looked);
        foreach (var finding in result.Findings)
        {
            text.Append("      ").AppendLine(finding.What).Append("      -> ").AppendLine(finding.Mend);
        }

        return text.ToString();
    }

    private static string JsonOf(IReadOnlyList<(string Name, CheckResult Result)> results)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteBoolean("ok", results.All(r => r.Result.Findings.Count == 0));
            json.WriteStartArray("checks");
            foreach (var (name, result) in results)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteBoolean("ok", result.Findings.Count == 0);
                json.WriteString("looked", result.Looked);
                json.WriteStartArray("findings");
                foreach (var finding in result.Findings)
                {
                    json.WriteStartObject();
                    json.WriteString("what", finding.What);
                    json.WriteString("mend", finding.Mend);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
