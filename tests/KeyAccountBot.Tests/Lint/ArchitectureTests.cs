using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using ArchUnitNET.Fluent.Syntax.Elements.Types;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Slack.BlockKit;
using KeyAccountBot.Storage;
using Xunit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Architecture = ArchUnitNET.Domain.Architecture;

namespace KeyAccountBot.Tests.Lint;

/// <summary>Holds the third column of <c>docs/architecture.md</c>, and what each project reads from the machine it runs on.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Messages = typeof(Message).Assembly;
    private static readonly Assembly Language = typeof(DateReading).Assembly;
    private static readonly Assembly Dialogs = typeof(Dialog).Assembly;
    private static readonly Assembly Sales = typeof(Opportunity).Assembly;
    private static readonly Assembly Storage = typeof(ITableStore).Assembly;
    private static readonly Assembly Records = typeof(OpportunityLedger).Assembly;
    private static readonly Assembly BotFramework = typeof(Activity).Assembly;
    private static readonly Assembly Slack = typeof(Block).Assembly;
    private static readonly Assembly Service = typeof(Program).Assembly;
    private static readonly Assembly[] Ours = [Messages, Language, Dialogs, Sales, Storage, Records, BotFramework, Slack, Service];

    private static readonly Architecture House = new ArchLoader().LoadAssemblies(Ours).Build();

    public static TheoryData<string, string[]> MayUse => new()
    {
        { nameof(Sales), [nameof(Language)] },
        { nameof(Storage), [] },
        { nameof(Records), [nameof(Sales), nameof(Storage)] },
        { nameof(Messages), [] },
        { nameof(Language), [] },
        { nameof(Dialogs), [nameof(Messages), nameof(Language)] },
        { nameof(BotFramework), [nameof(Messages)] },
        { nameof(Slack), [nameof(Messages)] },
    };

    [Theory]
    [MemberData(nameof(MayUse))]
    public void A_project_depends_on_no_other_of_ours_than_the_architecture_allows(string project, string[] allowed)
    {
        foreach (var other in Ours.Where(a => a != Named(project) && !allowed.Contains(ShortName(a), StringComparer.Ordinal)))
        {
            Of(Named(project)).Should().NotDependOnAny(Of(other)).Because("docs/architecture.md says so").WithoutRequiringPositiveResults().Check(House);
            Assert.DoesNotContain(Named(project).GetReferencedAssemblies(), r => r.Name == other.GetName().Name);
        }
    }

    [Theory]
    [InlineData(nameof(Sales), "Microsoft", "Azure", "System.Net", "System.IO")]
    [InlineData(nameof(Messages), "Microsoft", "Azure", "System.Net", "System.IO")]
    [InlineData(nameof(Language), "Microsoft", "Azure", "System.Net")] // its word lists are streams within it
    [InlineData(nameof(Dialogs), "Microsoft", "Azure", "System.Net", "System.IO")]
    [InlineData(nameof(Slack), "Microsoft.AspNetCore.Http", "Azure", "Microsoft.Data")]
    [InlineData(nameof(BotFramework), "Microsoft.AspNetCore", "Microsoft.Data", "Azure.Data", "Azure.Storage")]
    [InlineData(nameof(Storage), "Microsoft.AspNetCore", "System.Net.Http.Json")]
    [InlineData(nameof(Records), "Microsoft.AspNetCore", "System.Net", "Microsoft.Data", "Azure")]
    public void A_project_uses_no_framework_that_is_not_its_business(string project, params string[] frameworks)
    {
        var used = Of(Named(project)).GetObjects(House).SelectMany(t => t.Dependencies).Select(d => d.Target.Namespace?.FullName ?? "").ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(used);
        Assert.DoesNotContain(used, u => frameworks.Any(f => u == f || u.StartsWith(f + ".", StringComparison.Ordinal)));
        Assert.DoesNotContain(
            Named(project).GetReferencedAssemblies(),
            r => frameworks.Any(f => f is not ("Microsoft" or "System.IO") && r.Name!.StartsWith(f, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_type_is_named_after_what_it_does_or_holds() =>
        Types().That().ResideInAssembly(Messages, [Language, Dialogs, Sales, Storage, Records, BotFramework, Slack, Service])
            .Should().NotHaveNameMatching("(Manager|Helper|Helpers|Utils|Util|Base|Impl|Service)(`[0-9]+)?$")
            .Because("such a name says nothing; docs/architecture.md ends with the vocabulary")
            .Check(House);

    [Fact]
    public void The_domain_reads_no_clock_no_chance_and_no_file() => Assert.DoesNotContain(CalledBy(Sales), call =>
        IsWallClock(call)
        || call.StartsWith("System.TimeProvider.", StringComparison.Ordinal)
        || call.StartsWith("System.Random.", StringComparison.Ordinal)
        || call.StartsWith("System.Guid.NewGuid", StringComparison.Ordinal)
        || call.StartsWith("System.IO.", StringComparison.Ordinal)
        || (call.StartsWith("System.Environment.", StringComparison.Ordinal) && call != "System.Environment.get_CurrentManagedThreadId") // iterators ask for it
        || call.StartsWith("System.Threading.Tasks.Task.", StringComparison.Ordinal));

    [Fact]
    public void The_language_reads_no_file_but_those_within_it() => Assert.DoesNotContain(CalledBy(Language), call =>
        call.StartsWith("System.IO.File", StringComparison.Ordinal)
        || call.StartsWith("System.IO.Directory", StringComparison.Ordinal)
        || call.StartsWith("System.IO.StreamReader", StringComparison.Ordinal));

    [Fact]
    public void All_time_comes_from_a_TimeProvider() => Assert.All(Ours, project => Assert.DoesNotContain(CalledBy(project), IsWallClock));

    [Fact]
    public void What_calls_the_wall_clock_is_seen_by_these_tests()
    {
        _ = DateTimeOffset.UtcNow;

        Assert.Contains(CalledBy(typeof(ArchitectureTests).Assembly), IsWallClock);
    }

    private static bool IsWallClock(string call) => call is
        "System.DateTime.get_Now" or "System.DateTime.get_UtcNow" or "System.DateTime.get_Today"
        or "System.DateTimeOffset.get_Now" or "System.DateTimeOffset.get_UtcNow"
        or "System.Environment.get_TickCount" or "System.Environment.get_TickCount64" or "System.Threading.Thread.Sleep"
        || call.StartsWith("System.Diagnostics.Stopwatch.", StringComparison.Ordinal);

    // every member of another assembly that the compiled code names, from lambdas and async methods too
    private static HashSet<string> CalledBy(Assembly assembly)
    {
        using var image = new PEReader(File.OpenRead(assembly.Location));
        var metadata = image.GetMetadataReader();
        var calls = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in metadata.MemberReferences.Select(metadata.GetMemberReference))
        {
            if (member.Parent.Kind == HandleKind.TypeReference)
            {
                var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
                calls.Add($"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}");
            }
        }

        return calls;
    }

    private static GivenTypesConjunction Of(Assembly project) => Types().That().ResideInAssembly(project);

    private static Assembly Named(string project) => Ours.Single(a => ShortName(a) == project);

    private static string ShortName(Assembly project) => project == Service ? nameof(Service) : project.GetName().Name!["KeyAccountBot.".Length..];
}
