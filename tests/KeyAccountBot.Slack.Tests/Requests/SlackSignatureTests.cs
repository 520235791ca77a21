using System.Diagnostics;
using System.Globalization;
using System.Text;
using KeyAccountBot.Slack.Requests;
using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.Slack.Tests.Requests;

public sealed class SlackSignatureTests
{
    // the example of docs.slack.dev/authentication/verifying-requests-from-slack
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string Timestamp = "1531420618";
    private const string Signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    private static readonly byte[] Body =
        Encoding.UTF8.GetBytes("token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar"
        + "&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c");

    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1531420618);

    [Fact]
    public void Slacks_documented_example_is_valid() =>
        Assert.Equal(SlackSignatureResult.Valid, SlackSignature.Verify(Body, Timestamp, Signature, Secret, Then));

    [Fact]
    public void Signing_gives_Slacks_documented_example() =>
        Assert.Equal(Signature, SlackSignature.Sign(Body, Timestamp, Secret));

    [Theory]
    [InlineData(null, Signature)]
    [InlineData("", Signature)]
    [InlineData(Timestamp, null)]
    [InlineData(Timestamp, "")]
    public void A_request_without_its_headers_is_missing_them(string? timestamp, string? signature) =>
        Assert.Equal(SlackSignatureResult.Missing, SlackSignature.Verify(Body, timestamp, signature, Secret, Then));

    [Theory]
    [InlineData(-301, SlackSignatureResult.Stale)]
    [InlineData(-300, SlackSignatureResult.Valid)]
    [InlineData(300, SlackSignatureResult.Valid)]
    [InlineData(301, SlackSignatureResult.Stale)]
    public void A_timestamp_may_be_five_minutes_away_both_ways(int secondsLater, SlackSignatureResult expected) =>
        Assert.Equal(expected, SlackSignature.Verify(Body, Timestamp, Signature, Secret, Then.AddSeconds(secondsLater)));

    [Fact]
    public void A_recorded_request_replayed_later_under_a_fresh_timestamp_is_wrong()
    {
        var later = Then.AddHours(1);
        var fresh = later.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        Assert.Equal(SlackSignatureResult.Stale, SlackSignature.Verify(Body, Timestamp, Signature, Secret, later));
        Assert.Equal(SlackSignatureResult.Wrong, SlackSignature.Verify(Body, fresh, Signature, Secret, later));
    }

    [Theory]
    [InlineData("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b504")]
    [InlineData("v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("v0=")]
    [InlineData("é")]
    public void Another_signature_is_wrong(string signature) =>
        Assert.Equal(SlackSignatureResult.Wrong, SlackSignature.Verify(Body, Timestamp, signature, Secret, Then));

    [Theory]
    [InlineData("soon")]
    [InlineData("-1531420618")]
    [InlineData("1531420618.5")]
    [InlineData("99999999999999999999")]
    public void A_timestamp_that_is_no_number_of_seconds_is_wrong(string timestamp) =>
        Assert.Equal(SlackSignatureResult.Wrong, SlackSignature.Verify(Body, timestamp, Signature, Secret, Then));

    [Fact]
    public void The_largest_timestamp_is_stale() =>
        Assert.Equal(SlackSignatureResult.Stale, SlackSignature.Verify(Body, "9223372036854775807", Signature, Secret, Then));

    [Fact]
    public void One_changed_byte_of_the_body_makes_it_wrong()
    {
        byte[] changed = [.. Body];
        changed[^1] ^= 1;
        Assert.Equal(SlackSignatureResult.Wrong, SlackSignature.Verify(changed, Timestamp, Signature, Secret, Then));
    }

    [Fact]
    public void Without_a_secret_nothing_is_verified() =>
        Assert.Throws<ArgumentException>(() => SlackSignature.Verify(Body, Timestamp, Signature, "", Then));

    [Theory]
    [InlineData("payload=%7B%7D", true)]
    [InlineData("""{"text":"海螺水泥 – 汇报 🙂"}""", true)]
    [InlineData("", true)]
    [InlineData("payload=%7B%7D", false)]
    public async Task Slacks_own_framework_judges_our_signature_as_we_do(string body, bool sound)
    {
        var bolt = Needs.NodePackage("@slack/bolt");
        var signature = SlackSignature.Sign(Encoding.UTF8.GetBytes(body), Timestamp, sound ? Secret : "another secret");
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "Requests", "verify-with-bolt.mjs"), bolt, Secret, Timestamp, signature, body })
        {
            start.ArgumentList.Add(argument);
        }

        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(node.ExitCode == 0, await errors);
        Assert.Equal(sound ? "valid" : "invalid", said.Trim());
        Assert.Equal(
            sound ? SlackSignatureResult.Valid : SlackSignatureResult.Wrong,
            SlackSignature.Verify(Encoding.UTF8.GetBytes(body), Timestamp, signature, Secret, Then));
    }
}
