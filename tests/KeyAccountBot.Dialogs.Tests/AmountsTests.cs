using System.Globalization;
using CsCheck;
using KeyAccountBot.Language;
using Xunit;

namespace KeyAccountBot.Dialogs.Tests;

public sealed class AmountsTests
{
    [Theory]
    [InlineData("now 1.7m, was 1.45m", "1700000 | 1450000")]
    [InlineData("they have 3.2 million for it", "3200000")]
    [InlineData("three point five million all in", "3500000")]
    [InlineData("half a million, two and a half million pounds", "500000 | 2500000 GBP")]
    [InlineData("€1.3M or $2.4m or £350k", "1300000 EUR | 2400000 USD | 350000 GBP")]
    [InlineData("USD 14,500 against 12500 euros", "14500 USD | 12500 EUR")]
    [InlineData("31m INR, 3 crore, 75 lakh", "31000000 INR | 30000000 | 7500000")]
    [InlineData("a hundred and twenty thousand dollars", "120000 USD")]
    [InlineData("between 300k and 450k", "300000 | 450000")]
    public void English_amounts_are_found(string text, string amounts) => Assert.Equal(amounts, Said(text));

    [Theory]
    [InlineData("1,42 Mio., vorher 950 T€", "1420000 | 950000 EUR")]
    [InlineData("210.000 € oder 1.250.000 EUR", "210000 EUR | 1250000 EUR")]
    [InlineData("zwei Komma drei Millionen Euro", "2300000 EUR")]
    [InlineData("dreihundertfünfzigtausend Euro", "350000 EUR")]
    [InlineData("anderthalb Millionen, eine halbe Million", "1500000 | 500000")]
    [InlineData("12.500,50 Euro", "12500.5 EUR")]
    public void German_amounts_are_found(string text, string amounts) => Assert.Equal(amounts, Said(text));

    [Theory]
    [InlineData("改成360万", "3600000")]
    [InlineData("一千八百万左右", "18000000")]
    [InlineData("1.5个亿，两万五", "150000000 | 25000")]
    [InlineData("谈到三百零五万了", "3050000")]
    [InlineData("5百万美元", "5000000 USD")]
    [InlineData("六十八万元", "680000 CNY")]
    [InlineData("预算十二亿三千万", "1230000000")]
    public void Chinese_amounts_are_found(string text, string amounts) => Assert.Equal(amounts, Said(text));

    [Theory]
    [InlineData("300 pumps, 90%, 2027, PN 8841, DN400")]
    [InlineData("tel +44 20 7946 0000, 12/14, 14:30, 11.12.")]
    [InlineData("several million, 2 million units, a 3m hose, 50 m away")]
    [InlineData("20000 Stück, 3 Termine, KW 50")]
    [InlineData("300台、3万台、千万别、第一、二期")]
    public void Counts_percents_years_and_numbers_are_no_amounts(string text) => Assert.Equal("", Said(text));

    [Theory]
    [InlineData("7", 7)]
    [InlineData("seven", 7)]
    [InlineData("twenty five", 25)]
    [InlineData("fünfundzwanzig", 25)]
    [InlineData("三百二十", 320)]
    [InlineData("三百零五", 305)]
    [InlineData("两万零五十", 20050)]
    [InlineData("1.2m", 1200000)]
    public void A_number_alone_is_read_where_one_was_asked_for(string text, int number) => Assert.Equal(number, Amounts.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("seven dwarfs")]
    [InlineData("none")]
    public void Other_words_are_no_number(string text) => Assert.Null(Amounts.Read(text));

    [Fact]
    public void An_amount_written_with_its_currency_is_read_back() =>
        Gen.Select(Gen.Int[1, 900_000_000], Gen.OneOf("en-US", "de-DE", "de-CH", "en-IN", "fr-FR"), Gen.OneOf("EUR", "USD", "CHF")).Sample((amount, culture, currency) =>
        {
            var written = amount.ToString("N0", CultureInfo.GetCultureInfo(culture)).Replace('’', '\'');
            Assert.Equal(new AmountMention(new TextSpan(2, written.Length + 4), amount, currency), Assert.Single(Amounts.In($"x {written} {currency} y")));
        });

    private static string Said(string text) => string.Join(" | ", Amounts.In(text).Select(a =>
        a.Amount.ToString("0.##", CultureInfo.InvariantCulture) + (a.Currency is { } currency ? " " + currency : "")));
}
