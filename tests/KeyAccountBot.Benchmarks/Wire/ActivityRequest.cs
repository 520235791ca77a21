using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace KeyAccountBot.Benchmarks.Wire;

/// <summary>Writes the requests that the Bot Connector would send: a personal message in Teams, with all that Teams puts into one.</summary>
internal sealed class ActivityRequest(string serviceUrl, Uri bot, string token)
{
    private const int LengthDigits = 6;
    private readonly ArrayBufferWriter<byte> body = new(2048);
    private readonly ArrayBufferWriter<byte> request = new(4096);
    private readonly byte[] head = Encoding.ASCII.GetBytes(
        $"POST /api/messages HTTP/1.1\r\nHost: {bot.Authority}\r\nAuthorization: Bearer {token}\r\nUser-Agent: Microsoft-SkypeBotApi\r\n"
        + "Content-Type: application/json; charset=utf-8\r\nContent-Length: ");

    /// <summary>The request; valid until the next one is written.</summary>
    public ReadOnlyMemory<byte> Write(int rep, string id, string text)
    {
        body.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(body))
        {
            Write(json, rep, id, text);
        }

        request.ResetWrittenCount();
        request.Write(head);
        var digits = request.GetSpan(LengthDigits);
        Utf8Formatter.TryFormat(body.WrittenCount, digits, out _, new StandardFormat('D', LengthDigits));
        request.Advance(LengthDigits);
        request.Write("\r\n\r\n"u8);
        request.Write(body.WrittenSpan);
        return request.WrittenMemory;
    }

    private void Write(Utf8JsonWriter json, int rep, string id, string text)
    {
        var user = SampleCompany.ObjectIdOf(rep);
        json.WriteStartObject();
        json.WriteString("text"u8, text);
        json.WriteString("textFormat"u8, "plain"u8);
        json.WriteString("type"u8, "message"u8);
        json.WriteString("timestamp"u8, DateTimeOffset.UtcNow);
        json.WriteString("id"u8, id);
        json.WriteString("channelId"u8, "msteams"u8);
        json.WriteString("serviceUrl"u8, serviceUrl);
        json.WriteStartObject("from"u8);
        json.WriteString("id"u8, "29:" + user);
        json.WriteString("name"u8, user);
        json.WriteString("aadObjectId"u8, user);
        json.WriteEndObject();
        json.WriteStartObject("conversation"u8);
        json.WriteString("conversationType"u8, "personal"u8);
        json.WriteString("tenantId"u8, SampleCompany.EntraTenant);
        json.WriteString("id"u8, FarEnd.ConversationOf(rep));
        json.WriteEndObject();
        json.WriteStartObject("recipient"u8);
        json.WriteString("id"u8, "28:bot"u8);
        json.WriteString("name"u8, "Key Account Bot"u8);
        json.WriteEndObject();
        json.WriteStartArray("entities"u8);
        json.WriteStartObject();
        json.WriteString("locale"u8, "en-US"u8);
        json.WriteString("country"u8, "US"u8);
        json.WriteString("platform"u8, "Web"u8);
        json.WriteString("timezone"u8, "Etc/UTC"u8);
        json.WriteString("type"u8, "clientInfo"u8);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("channelData"u8);
        json.WriteStartObject("tenant"u8);
        json.WriteString("id"u8, SampleCompany.EntraTenant);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("locale"u8, "en-US"u8);
        json.WriteString("localTimezone"u8, "Etc/UTC"u8);
        json.WriteEndObject();
    }

    /// <summary>An activity id as Teams gives them: one for each turn of a rep.</summary>
    public static string IdOf(int rep, int opportunity, int turn) =>
        string.Create(CultureInfo.InvariantCulture, $"17{rep:D6}{opportunity:D3}{turn:D2}");
}
