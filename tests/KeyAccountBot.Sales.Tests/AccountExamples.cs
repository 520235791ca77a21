using KeyAccountBot.Sales.Accounts;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

public sealed class AccountExamples
{
    private static T Refused<T>(AccountDecision decision) where T : AccountRefusal =>
        Assert.IsType<T>(Assert.IsType<AccountDecision.Refused>(decision).Reason);

    [Theory]
    [InlineData("Nordwind Dairies", "  nordwind   DAIRIES ")]
    [InlineData("ＡＢＣ　电力", "abc 电力")]
    public void One_company_is_one_account_however_it_is_typed(string one, string other) =>
        Assert.Equal(AccountId.OfName(one), AccountId.OfName(other));

    [Fact]
    public void A_blank_name_stands_for_no_account()
    {
        Assert.Throws<ArgumentException>(() => AccountId.OfName(" "));
        var sale = new Sale();
        sale.Does(Opening() with { Account = "" });
        Assert.Null(sale.Facts.AccountId);
        Assert.Equal(AccountId.OfName("CANCITY"), Sale.Opened().Facts.AccountId);
    }

    [Fact]
    public void The_first_contact_opens_the_account_and_later_ones_join_it()
    {
        var customer = Customer.WithThree();
        Assert.Equal("Cancity", customer.State!.Name);
        Assert.Equal(["li", "wang", "zhao"], customer.State.Contacts.Select(c => c.Name));
        Assert.Single(customer.Entries, e => e.What is AccountEvent.AccountOpened);
        Assert.Equal(Rep, customer["li"].Maintainer);
    }

    [Fact]
    public void What_a_customer_is_called_beside_its_name_is_said_whole_and_once()
    {
        var customer = new Customer();
        customer.Does(new AccountCommand.CallAlso("Cancity", [" the can people ", "CC", "cc", ""]));
        Assert.Equal(["the can people", "CC"], customer.State!.Called);
        Assert.Empty(Assert.IsType<AccountDecision.Accepted>(customer.Does(new AccountCommand.CallAlso("Cancity", ["the can people", "CC"]))).Events);

        customer.Adds("li");
        customer.Does(new AccountCommand.CallAlso("Cancity", []));
        Assert.Empty(customer.State.Called);
        Assert.Single(customer.State.Contacts);
        Refused<AccountRefusal.NothingSaid>(customer.Does(new AccountCommand.CallAlso(" ", ["CC"])));
    }

    [Fact]
    public void An_account_without_contacts_knows_no_contact() =>
        Assert.Equal(C("li"), Refused<AccountRefusal.NoSuchContact>(new Customer().Retires("li")).Contact);

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void A_strength_outside_0_to_4_is_refused(int strength) =>
        Assert.Equal(strength, Refused<AccountRefusal.StrengthOutside>(new Customer().Adds("li", strength: strength)).Strength);

    [Fact]
    public void A_department_the_playbook_does_not_list_is_refused() =>
        Assert.Equal("canteen", Refused<AccountRefusal.NoSuchDepartment>(new Customer().Adds("li", "canteen")).Department.Value);

    [Fact]
    public void A_name_is_taken_while_its_contact_is_active_whatever_its_capitals()
    {
        var customer = Customer.WithThree();
        Assert.Equal(C("li"), Refused<AccountRefusal.NameTaken>(customer.Adds("li-2", name: " LI ")).By.Id);
        Refused<AccountRefusal.NameTaken>(customer.Does(new AccountCommand.ChangeContact(C("wang"), Customer.Data("Li"))));
        customer.Retires("li");
        Assert.IsType<AccountDecision.Accepted>(customer.Adds("li-2", name: "Li"));
        Refused<AccountRefusal.ContactOnRecord>(customer.Adds("li", name: "somebody else"));
    }

    [Fact]
    public void A_reporting_line_that_closes_a_circle_is_refused()
    {
        var customer = Customer.WithThree();
        customer.Adds("sun", reportsTo: "zhao");
        customer.Adds("qian", reportsTo: "sun");
        var circle = Refused<AccountRefusal.ReportingCircle>(
            customer.Does(new AccountCommand.ChangeContact(C("zhao"), customer["zhao"].Data with { ReportsTo = C("qian") })));
        Assert.Equal((C("zhao"), C("qian")), (circle.Contact, circle.ReportsTo));
        Refused<AccountRefusal.ReportingCircle>(customer.Adds("self", reportsTo: "self"));
        Refused<AccountRefusal.NoSuchContact>(customer.Adds("other", reportsTo: "nobody"));
    }

    [Fact]
    public void Whoever_reported_to_a_retired_contact_reports_to_nobody_known()
    {
        var customer = Customer.WithThree();
        customer.Adds("sun", reportsTo: "zhao");
        customer.Retires("zhao");
        Assert.Null(customer["sun"].Data.ReportsTo);
        Refused<AccountRefusal.RetiredContact>(customer.Adds("qian", reportsTo: "zhao"));
    }

    [Fact]
    public void A_retired_contact_stays_on_record_and_takes_nothing_more()
    {
        var customer = Customer.WithThree();
        customer.Retires("li");
        Assert.Equal("left", customer["li"].RetiredBecause);
        Assert.DoesNotContain(customer.State!.Active, c => c.Name == "li");
        Refused<AccountRefusal.RetiredContact>(customer.Retires("li"));
        Refused<AccountRefusal.RetiredContact>(customer.Assigns("li", Rep));
        Refused<AccountRefusal.RetiredContact>(customer.Touches("li"));
        Refused<AccountRefusal.RetiredContact>(customer.Does(new AccountCommand.ChangeContact(C("li"), Customer.Data("li"))));
    }

    [Fact]
    public void Of_each_of_ours_the_latest_touch_is_kept_the_latest_of_all_first()
    {
        var customer = Customer.WithThree();
        customer.Touches("zhao", Director, new DateOnly(2026, 2, 20));
        customer.Touches("zhao", Rep, new DateOnly(2026, 2, 27));
        customer.Touches("zhao", Rep, new DateOnly(2026, 2, 10));
        Assert.Equal([(Rep, 27), (Director, 20)], customer["zhao"].Touches.Select(t => (t.By!.Value, t.On.Day)));
        Assert.Equal(27, customer["zhao"].LastTouch!.On.Day);
    }

    [Fact]
    public void A_touch_in_the_future_of_nobody_or_without_a_word_is_refused()
    {
        var customer = Customer.WithThree();
        Refused<AccountRefusal.TouchInTheFuture>(customer.Touches("li", on: new DateOnly(2026, 3, 3)));
        Refused<AccountRefusal.NobodyTouched>(customer.Does(new AccountCommand.LogTouch([], new DateOnly(2026, 3, 2), "met")));
        Refused<AccountRefusal.NoSuchContact>(customer.Touches("nobody"));
        Refused<AccountRefusal.NothingSaid>(customer.Does(new AccountCommand.LogTouch([C("li")], new DateOnly(2026, 3, 2), " ")));
    }

    [Fact]
    public void A_blank_name_or_reason_is_refused()
    {
        var customer = Customer.WithThree();
        Refused<AccountRefusal.NothingSaid>(customer.Adds("sun", name: " "));
        Refused<AccountRefusal.NothingSaid>(customer.Does(new AccountCommand.RetireContact(C("li"), "")));
        Refused<AccountRefusal.NothingSaid>(new Customer().Does(new AccountCommand.AddContact(" ", C("li"), Customer.Data("li"))));
    }

    [Fact]
    public void What_is_on_record_already_is_not_recorded_again()
    {
        var customer = Customer.WithThree();
        Assert.Empty(Assert.IsType<AccountDecision.Accepted>(customer.Assigns("li", Rep)).Events);
        Assert.Empty(Assert.IsType<AccountDecision.Accepted>(customer.Does(new AccountCommand.ChangeContact(C("li"), customer["li"].Data))).Events);
        customer.Assigns("li", null);
        Assert.Null(customer["li"].Maintainer);
    }
}
