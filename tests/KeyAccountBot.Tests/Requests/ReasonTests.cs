using System.Globalization;
using KeyAccountBot.Language;
using Xunit;

namespace KeyAccountBot.Tests.Requests;

/// <summary>Why something is asked for is read where the sentence says so, and nothing else is taken for a reason.</summary>
public sealed class ReasonTests
{
    [Theory]
    [InlineData("give Fernhill to Rita please, Anna is on leave", "Anna is on leave")]
    [InlineData("hand Fernhill over to Rita because she knows their plant", "she knows their plant")]
    [InlineData("take back contract approved for Mossdale, that was the other plant", "that was the other plant")]
    [InlineData("since their budget is frozen, put Mossdale on hold until May", "their budget is frozen")]
    [InlineData("put Mossdale on hold until 3 May - budget frozen", "budget frozen")]
    [InlineData("lost Fernhill, price too high", "price too high")]
    [InlineData("cancel the visit tomorrow: she is ill", "she is ill")]
    [InlineData("把枫山转给李丽，她更熟悉客户", "她更熟悉客户")]
    [InlineData("撤回枫山的合同审批，记错客户了。", "记错客户了")]
    [InlineData("因为预算冻结，枫山先暂停", "预算冻结")]
    [InlineData("枫山暂停到五月，老板出国了", "老板出国了")]
    [InlineData("gib Mossdale an Rita, Anna ist im Urlaub", "Anna ist im Urlaub")]
    [InlineData("Mossdale pausieren weil das Budget fehlt", "das Budget fehlt")]
    public void A_reason_is_read(string words, string reason) => Assert.Equal(reason, In(words));

    [Theory]
    [InlineData("give Fernhill to Rita")]
    [InlineData("please, hand over Fernhill to Rita, thanks")]
    [InlineData("put Mossdale on hold, until 3 May")]
    [InlineData("lost Fernhill")]
    [InlineData("请把枫山转给李丽，谢谢")]
    [InlineData("cancel the visit, tomorrow at 10")]
    public void What_is_no_reason_is_not_taken_for_one(string words) => Assert.Null(In(words));

    private static string? In(string words) => Reasons.In(words, new DateOnly(2026, 3, 2), CultureInfo.GetCultureInfo("en"));
}
