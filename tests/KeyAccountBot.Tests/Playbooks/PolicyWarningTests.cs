using KeyAccountBot.Playbooks;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using Xunit;

namespace KeyAccountBot.Tests.Playbooks;

public sealed class PolicyWarningTests
{
    private static readonly FollowUpSettings Settings = PlaybookFile.Load(PlaybookFile.Default).FollowUps;

    [Fact]
    public void A_role_that_nobody_holds_is_named_with_its_place()
    {
        var company = new Company([Of("a", Role.Rep), Of("b", Role.Manager), Of("c", Role.Director), Of("d", Role.Administrator)]);
        Assert.Equal(
            [("followUps.policies.executives.steps[0].to", "nobody on record is executive, so the administrator would hear instead")],
            PolicyWarnings.Of(Settings, company));
    }

    [Fact]
    public void A_named_person_who_is_unknown_and_a_country_without_holidays_are_named()
    {
        var settings = Settings with { Policies = new Dictionary<string, EscalationPolicy> { ["own"] = new([new FollowUpStep(StepReader.Read("person:lee@ours.example")!)]) } };
        var warnings = PolicyWarnings.Of(settings, new Company([Of("a", Role.Rep) with { Country = "DE" }]));
        Assert.Equal(["followUps.policies.own.steps[0].to", "followUps", "Holidays:DE"], warnings.Select(w => w.Where));
    }

    [Fact]
    public void Before_anybody_is_on_record_nothing_is_missed() => Assert.Empty(PolicyWarnings.Of(Settings, Company.Empty));

    private static Person Of(string id, Role role) => new(new PersonId(id), id, role);
}
