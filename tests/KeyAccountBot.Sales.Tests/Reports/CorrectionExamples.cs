using System.Globalization;
using KeyAccountBot.Language;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Reports;
using Xunit;

namespace KeyAccountBot.Sales.Tests.Reports;

/// <summary>What people say to a summary that asks for a yes, and what it changes. Today is Wednesday 4 March 2026.</summary>
public sealed class CorrectionExamples
{
    private static readonly DateOnly Today = new(2026, 3, 4);

    private static readonly Account Falkenberg = Customer("Falkenberg Steel", ("nora", "Nora Lind", "purchasing"), ("victor", "Victor Hale", "technical"), ("sam", "Sam Okoro", "quality"), ("ulla", "Dr. Ulla Beck", "management"), ("jun", "Li Jun", "technical"), ("junfeng", "Li Junfeng", "quality"));
    private static readonly Account Yuanshan = Customer("远山水泥", ("chen", "陈刚", "technical"), ("zhao", "赵敏", "purchasing"), ("sun", "孙立", "management"));

    private static readonly ReportScene Scene = new(Examples.Playbook, Today, CultureInfo.GetCultureInfo("en-GB"), Examples.Rep)
    {
        Opportunities =
        [
            Deal("mill", "Falkenberg Steel", "Rolling-mill pumps"), Deal("dye", "Almond Textiles", "Dye-house chillers"), Deal("kiln", "Almond Ceramics", "Kiln fans"),
            Deal("press", "Kestrel Foods", "Cold presses"), Deal("fan", "远山水泥", "窑头风机"), Deal("water", "远海化工", "循环水泵"), Deal("plant", "远海食品", "纯水站"),
        ],
        Accounts = [Falkenberg, Customer("Almond Textiles"), Customer("Almond Ceramics"), Customer("Kestrel Foods"), Yuanshan, Customer("远海化工"), Customer("远海食品")],
    };

    private static readonly Proposal Report = new("met Nora and Victor", [new OpportunityProposal(new("mill"))
    {
        Met = [new("nora"), new("victor")],
        Milestones = [new(new("terms-agreed"), new DateOnly(2026, 3, 3), "terms are agreed")],
        Answers = [new(new("why-this-price"), "explained the price"), new(new("what-five-years-cost"), "five years, 1.3 million")],
        NextSteps = [new("draft contract", new DateOnly(2026, 3, 11))],
    }]);

    private static readonly Proposal Visit = new("met Nora", [new OpportunityProposal(new("mill"))
    {
        Met = [new("nora")],
        NextSteps = [new("send drawings", new DateOnly(2026, 3, 10))],
    }]);

    private static readonly Proposal Four = new("", [new OpportunityProposal(new("mill"))
    {
        Met = [new("nora"), new("victor")],
        Answers = [new(new("which-standards-hold"), "-"), new(new("why-this-price"), "-"), new(new("does-the-bid-meet-every-point"), "-"), new(new("what-if-we-choose-another"), "-")],
        NextSteps = [new("submit the bid", new DateOnly(2026, 3, 12))],
    }]);

    private static readonly Proposal Worth = new("", [new OpportunityProposal(new("mill")) { Facts = [new(FactField.Amount, "2400000") { Amount = 2_400_000 }] }]);

    private static readonly Proposal Lost = new("", [new OpportunityProposal(new("mill")) { Status = new StatusToRecord(StatusChange.Lost, "price") }]);

    private static readonly Proposal Newcomer = new("met Anna Roth", [new OpportunityProposal(new("mill")) { NewContacts = [new("Anna Roth", "purchasing", null, null, true)] }]);

    private static readonly Proposal Besuch = new("", [new OpportunityProposal(new("fan"))
    {
        Met = [new("chen"), new("zhao")],
        Milestones = [new(new("solution-presented"), null, null), new(new("relationship-advanced"), null, null)],
        NextSteps = [new("发备件清单", new DateOnly(2026, 3, 6))],
    }]);

    [Theory]
    [InlineData("y")]
    [InlineData("Yes.")]
    [InlineData("ok")]
    [InlineData("yep, looks good")]
    [InlineData("ja passt")]
    [InlineData("perfect, thanks!")]
    [InlineData("👍")]
    [InlineData("record it please")]
    [InlineData("that's right")]
    [InlineData("LGTM 👍")]
    [InlineData("yeah go on then")]
    [InlineData("all correct, save it")]
    [InlineData("Super, stimmt so")]
    [InlineData("是")]
    [InlineData("对的")]
    [InlineData("嗯，没问题")]
    [InlineData("可以👌谢谢")]
    [InlineData("好的，记吧")]
    [InlineData("没错，就这样")]
    public void A_yes_in_any_words_records_it(string text) => Is("Answer", text);

    [Theory]
    [InlineData("no")]
    [InlineData("nope")]
    [InlineData("forget it")]
    [InlineData("never mind, I'll do it tomorrow")]
    [InlineData("nah leave it")]
    [InlineData("sorry, wrong button")]
    [InlineData("discard")]
    [InlineData("don't record that")]
    [InlineData("lass es, mach ich später")]
    [InlineData("算了")]
    [InlineData("不")]
    [InlineData("不记了")]
    [InlineData("先别记，回头再说")]
    public void A_no_in_any_words_records_nothing(string text) => Is("Abandon", text);

    [Theory]
    [InlineData("?")]
    [InlineData("what did you say?")]
    [InlineData("sorry I was driving, say that again")]
    [InlineData("what exactly will you record?")]
    [InlineData("who can see this?")]
    [InlineData("wie bitte?")]
    [InlineData("会记什么？")]
    [InlineData("这个谁能看到")]
    public void A_question_about_the_summary_is_answered_and_it_stands_again(string text) => Is("Clarify", text);

    [Theory]
    [InlineData("no it's Anna Rothe", "Correct newContacts=Anna Rothe")]
    [InlineData("her name is Rote", "Correct newContacts=Anna Rote")]
    [InlineData("it's spelled Rhot", "Correct newContacts=Anna Rhot")]
    [InlineData("she's called Hanna", "Interrupt")]
    [InlineData("it's fine", "Answer")]
    public void Somebody_not_on_record_is_written_as_the_speaker_says(string text, string expected) => Assert.Equal(expected, Read(text, Newcomer));

    [Theory]
    [InlineData("nora wasn't there", "contacts=victor")]
    [InlineData("Victor did not come", "contacts=nora")]
    [InlineData("without Victor", "contacts=nora")]
    [InlineData("take victor off", "contacts=nora")]
    [InlineData("no, Mr Hale wasn't in the meeting", "contacts=nora")]
    [InlineData("Nora and Victor weren't there", "contacts=")]
    [InlineData("add Sam too", "contacts=nora,victor,sam")]
    [InlineData("Sam Okoro was there as well", "contacts=nora,victor,sam")]
    [InlineData("and sam", "contacts=nora,victor,sam")]
    [InlineData("Dr. Beck joined for the last ten minutes", "contacts=nora,victor,ulla")]
    [InlineData("you forgot Sam", "contacts=nora,victor,sam")]
    [InlineData("also Sam and Ulla", "contacts=nora,victor,sam,ulla")]
    [InlineData("replace Victor with Sam", "contacts=nora,sam")]
    [InlineData("I didn't meet Victor", "contacts=nora")]
    [InlineData("neither Nora nor Victor was there", "contacts=")]
    [InlineData("nobody was there", "contacts=")]
    [InlineData("and Sam from quality", "contacts=nora,victor,sam")]
    [InlineData("can you take Victor off the list?", "contacts=nora")]
    [InlineData("nora yes victor no", "contacts=nora")]
    [InlineData("only Nora was there", "contacts=nora")]
    [InlineData("just victor", "contacts=victor")]
    [InlineData("not Victor. Sam", "contacts=nora,sam")]
    [InlineData("not victor but sam", "contacts=nora,sam")]
    [InlineData("Sam instead of Victor", "contacts=nora,sam")]
    [InlineData("it was Sam, not Victor", "contacts=nora,sam")]
    [InlineData("Nora war nicht dabei", "contacts=victor")]
    [InlineData("Sam war auch dabei", "contacts=nora,victor,sam")]
    public void Whom_they_met_is_corrected_by_name(string text, string after) => Is("Correct " + after, text);

    [Fact]
    public void A_name_is_told_from_a_longer_one() =>
        Assert.Equal("Correct contacts=jun", Read("not li junfeng. li jun", new Proposal("", [new OpportunityProposal(new("mill")) { Met = [new("junfeng")] }])));

    [Theory]
    [InlineData("陈工没去", "contacts=zhao")]
    [InlineData("陈刚不在", "contacts=zhao")]
    [InlineData("去掉赵敏", "contacts=chen")]
    [InlineData("再加上孙立", "contacts=chen,zhao,sun")]
    [InlineData("陈工和赵敏都没来", "contacts=")]
    [InlineData("把陈刚换成孙立", "contacts=zhao,sun")]
    [InlineData("下一步不要了", "nextStep=")]
    [InlineData("后面两个都不算", "milestones=")]
    [InlineData("还有孙总", "contacts=chen,zhao,sun")]
    [InlineData("孙立也在", "contacts=chen,zhao,sun")]
    [InlineData("不是陈刚，是孙立", "contacts=zhao,sun")]
    [InlineData("后一个不算", "milestones=solution-presented")]
    [InlineData("关系推进那个去掉", "milestones=solution-presented")]
    [InlineData("不对，改成下周四", "nextStepDate=2026-03-12")]
    [InlineData("下一步改到下周一", "nextStepDate=2026-03-09")]
    [InlineData("nope，next Mon", "nextStepDate=2026-03-09")]
    public void A_summary_is_corrected_in_Chinese(string text, string after) => Assert.Equal("Correct " + after, Read(text, Besuch));

    [Theory]
    [InlineData("yes but due Monday", "nextStepDate=2026-03-09")]
    [InlineData("LGTM, but the draft contract is due on the 13th", "nextStepDate=2026-03-13")]
    [InlineData("ok, only by Friday", "nextStepDate=2026-03-06")]
    [InlineData("that's right except Victor wasn't there", "contacts=nora")]
    [InlineData("yeah correct except nora didn't ask for the price, so take that off", "answers=what-five-years-cost")]
    [InlineData("Please remove terms agreed, that is planned for the 9th. Rest is fine.", "milestones=")]
    [InlineData("passt, aber ohne Victor", "contacts=nora")]
    [InlineData("perfect, but can you add Sam?", "contacts=nora,victor,sam")]
    [InlineData("everything right apart from the five-year cost", "answers=why-this-price")]
    [InlineData("answers off, rest ok", "answers=")]
    [InlineData("ok but add Sam", "contacts=nora,victor,sam")]
    public void A_correction_that_says_yes_as_well_is_recorded_at_once(string text, string after) => Is("Correct " + after + " confirmed", text);

    [Theory]
    [InlineData("change the date to Friday", "nextStepDate=2026-03-06")]
    [InlineData("next Tuesday", "nextStepDate=2026-03-10")]
    [InlineData("make it the 17th", "nextStepDate=2026-03-17")]
    [InlineData("no, Thursday", "nextStepDate=2026-03-05")]
    [InlineData("due 20 March", "nextStepDate=2026-03-20")]
    [InlineData("the drawings are for Monday", "nextStepDate=2026-03-09")]
    [InlineData("move the next step to next Friday", "nextStepDate=2026-03-13")]
    [InlineData("add Sam too, and the next step is on 12 March", "contacts=nora,sam nextStepDate=2026-03-12")]
    [InlineData("lieber Montag", "nextStepDate=2026-03-09")]
    public void The_only_day_that_is_shown_is_the_one_that_is_meant(string text, string after) => Assert.Equal("Correct " + after, Read(text, Visit));

    [Theory]
    [InlineData("the terms were agreed on Monday", "milestoneDate=2026-03-02")]
    [InlineData("It is nearly right. The terms were Monday, and Dr Beck joined", "milestoneDate=2026-03-02 contacts=nora,victor,ulla")]
    [InlineData("remove terms agreed", "milestones=")]
    [InlineData("the terms aren't agreed yet", "milestones=")]
    [InlineData("drop the price question", "answers=what-five-years-cost")]
    [InlineData("five year cost was not answered", "answers=why-this-price")]
    [InlineData("not the last answer", "answers=why-this-price")]
    [InlineData("no next step please, take it off", "nextStep=")]
    [InlineData("next step is send the test report", "nextStep=send the test report")]
    [InlineData("contract draft Friday not Wednesday", "nextStepDate=2026-03-06")]
    [InlineData("only the price was answered", "answers=why-this-price")]
    [InlineData("the board has also approved the contract", "milestones=terms-agreed,contract-approved")]
    public void What_is_named_is_what_changes(string text, string after) => Is("Correct " + after, text);

    [Theory]
    [InlineData("no wait, only the first 3", "answers=which-standards-hold,why-this-price,does-the-bid-meet-every-point")]
    [InlineData("only the first two answers", "answers=which-standards-hold,why-this-price")]
    [InlineData("not the last one", "answers=which-standards-hold,why-this-price,does-the-bid-meet-every-point")]
    [InlineData("no wait, only 3", "answers=which-standards-hold,why-this-price,does-the-bid-meet-every-point")]
    [InlineData("the second one doesn't count", "answers=which-standards-hold,does-the-bid-meet-every-point,what-if-we-choose-another")]
    [InlineData("只有前两个", "answers=which-standards-hold,why-this-price")]
    [InlineData("最后一个不算", "answers=which-standards-hold,why-this-price,does-the-bid-meet-every-point")]
    public void A_place_or_a_count_goes_for_the_longest_list(string text, string after) => Assert.Equal("Correct " + after, Read(text, Four));

    [Theory]
    [InlineData("amount is 2.1 not 2.4")]
    [InlineData("no, 2.1 million")]
    [InlineData("it's 2.1m")]
    [InlineData("make the amount 2,100,000")]
    [InlineData("金额是210万，不是240万")]
    public void An_amount_is_corrected_in_the_unit_of_the_one_shown(string text) => Assert.Equal("Correct amount=2100000", Read(text, Worth));

    [Theory]
    [InlineData("it's not lost")]
    [InlineData("who said lost! it isn't lost")]
    public void A_status_that_is_denied_is_dropped(string text) => Assert.Equal("Correct status=", Read(text, Lost));

    [Theory]
    [InlineData("wrong deal, I meant Kestrel", "press")]
    [InlineData("not Falkenberg, Kestrel", "press")]
    [InlineData("wrong customer, it's Almond Ceramics", "kiln")]
    [InlineData("sorry, that was about the kiln fans", "kiln")]
    [InlineData("falscher Kunde, ich meinte Kestrel", "press")]
    [InlineData("搞错了，是远山", "fan")]
    public void Another_opportunity_takes_the_place_of_the_one_shown(string text, string opportunity) => Assert.Equal($"Correct opportunity={opportunity}", Read(text, Visit));

    [Theory]
    [InlineData("wrong deal, I meant Almond", "dye,kiln")]
    [InlineData("搞错了，是远海", "water,plant")]
    public void Where_two_fit_it_is_asked_which(string text, string candidates)
    {
        var reading = Corrections.Read(text, Visit, Scene);

        Assert.Equal(DoubtAbout.Opportunity, reading.Doubt?.About);
        Assert.Equal(candidates, string.Join(',', reading.After.Opportunities[0].Candidates));
        Assert.Empty(reading.After.Opportunities[0].Met);
    }

    [Theory]
    [InlineData("add Zora Nilsson", DoubtAbout.Person)]
    [InlineData("改成李总不是陈工", DoubtAbout.Person)]
    [InlineData("日期改周五", DoubtAbout.WhichDate)]
    [InlineData("take that off", DoubtAbout.Item)]
    public void What_can_be_meant_in_two_ways_is_asked(string text, DoubtAbout about)
    {
        var shown = text.Any(Spelling.IsHan) ? Besuch : Report;

        Assert.Equal(about, Corrections.Read(text, shown, Scene).Doubt?.About);
    }

    [Theory]
    [InlineData("what is missing for Kestrel?")]
    [InlineData("remind me on Friday to call Nora")]
    [InlineData("wait, when is my next visit?")]
    [InlineData("is Almond also lost?")]
    [InlineData("远海还差什么？")]
    [InlineData("等等，赵敏的电话是多少")]
    public void Something_else_is_no_correction(string text) => Is("Interrupt", text);

    [Theory]
    [InlineData("Perfect. And plan a visit to Victor on the 16th at 10", "plan a visit to Victor on the 16th at 10")]
    [InlineData("ok 👍 what is missing for Kestrel?", null)]
    [InlineData("yes. remind me tomorrow to call Nora", "remind me tomorrow to call Nora")]
    public void A_second_wish_is_left_over(string text, string? rest)
    {
        var reading = Corrections.Read(text, Report, Scene);

        Assert.Equal(ReplyEffect.Answer, reading.Effect);
        Assert.Equal(rest ?? reading.Rest, reading.Rest);
    }

    [Theory]
    [InlineData("ok but the customer is unhappy with something")]
    [InlineData("no, it is all different")]
    [InlineData("nearly right")]
    public void What_is_said_to_be_wrong_and_not_understood_is_asked_never_recorded(string text)
    {
        var reading = Corrections.Read(text, Report, Scene);

        Assert.NotEqual(ReplyEffect.Answer, reading.Effect);
        Assert.False(reading.IsConfirmed);
    }

    private static void Is(string expected, string text) => Assert.Equal(expected, Read(text, Report));

    private static string Read(string text, Proposal shown)
    {
        var reading = Corrections.Read(text, shown, Scene);
        return string.Join(' ', [reading.Effect.ToString(), .. reading.Changes.Where(c => c.Field != ProposalFields.On).Select(c => $"{c.Field}={string.Join(',', c.Values)}"), .. reading.IsConfirmed ? ["confirmed"] : Array.Empty<string>()]);
    }

    private static Account Customer(string name, params (string Id, string Name, string Department)[] people) => new(AccountId.OfName(name), name, 1,
        [.. people.Select(p => new Contact(new ContactId(p.Id), Tests.Customer.Data(p.Name, p.Department) with { Level = p.Department == "management" ? Level.Executive : Level.Manager }, null, Today, []))]);

    private static Opportunity Deal(string id, string account, string name)
    {
        var opened = Sale.Opened(stage: "negotiation").State!;
        return opened with { Id = new OpportunityId(id), Facts = opened.Facts with { Account = account, Name = name, Amount = new Money(2_400_000, "EUR") } };
    }
}
