using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Authdog.Identity.Audit;
using Authdog.Identity.Audit.Chain;
using Authdog.Identity.Audit.Delivery;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Tests.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Audit;

/// <summary>Where events go besides the database.</summary>
public sealed class AuditDeliveryTests() : DirectoryTests(DatabaseProvider.Sqlite)
{
    private const string Secret = "a secret of the webhook that is long enough";

    [Fact]
    public async Task SignsEachCall_AndSendsEachEventOnceInOrder()
    {
        await using var receiver = await Receiver.StartAsync();
        var node = Node(("Audit:Webhook:Url", receiver.Address + "events"), ("Audit:Webhook:Secret", Secret));
        await RunAsync(node);
        await WriteAsync(node, 3);
        await RunAsync(node);
        await WriteAsync(node, 1);
        await RunAsync(node);
        await RunAsync(node);

        receiver.Received.SelectMany(call => Lines(call.Body)).Select(line => line.GetProperty("sequence").GetInt64()).ShouldBe([1, 2, 3, 4]);
        foreach (var (_, headers, body) in receiver.Received)
        {
            var signed = Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{body}");
            headers["webhook-signature"].ToString().ShouldBe("v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed)));
            headers["webhook-timestamp"].ToString().ShouldBe(Time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task TriesAgainWithGrowingPauses_AndSetsAsideWhatIsNotTaken()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        };
        var node = Node(("Audit:Webhook:Url", receiver.Address.ToString()), ("Audit:Webhook:Secret", Secret), ("Audit:Webhook:Attempts", "3"));
        await RunAsync(node);
        await WriteAsync(node, 2);

        await RunAsync(node);
        await RunAsync(node);
        receiver.Received.Count.ShouldBe(1, "it waits");
        Time.Advance(TimeSpan.FromSeconds(6));
        await RunAsync(node);
        Time.Advance(TimeSpan.FromSeconds(6));
        await RunAsync(node);
        receiver.Received.Count.ShouldBe(2, "it waits longer");
        Time.Advance(TimeSpan.FromSeconds(6));
        await RunAsync(node);
        receiver.Received.Select(call => call.Headers["webhook-id"].ToString()).Distinct().ShouldHaveSingleItem().ShouldBe("audit_default_1_2");

        // Set aside: what comes later is not held up by it.
        await WriteAsync(node, 1);
        var letters = node.Services.GetRequiredService<AuditDeadLetters>();
        (await letters.ResendAsync(TenantId.Default, Cancel)).ShouldBe((0, 1, "webhook: answered 503"));
        receiver.Received.Clear();
        receiver.Answer = _ => Task.CompletedTask;
        await RunAsync(node);
        (await letters.ResendAsync(TenantId.Default, Cancel)).ShouldBe((2, 0, null));
        receiver.Received.SelectMany(call => Lines(call.Body)).Select(line => line.GetProperty("sequence").GetInt64()).ShouldBe([3, 1, 2]);
        (await letters.ResendAsync(TenantId.Default, Cancel)).ShouldBe((0, 0, null));
    }

    [Fact]
    public async Task LosesNothing_WhenTheProcessEnds_AndSendsFromOneNode()
    {
        var file = Path.Combine(Directory.Folder, "events.jsonl");
        var first = Node(("Audit:File", file));
        await RunAsync(first);
        await WriteAsync(first, 2);
        var second = Node(("Audit:File", file));

        await Task.WhenAll(RunAsync(second), RunAsync(first));
        await WriteAsync(second, 1);
        await RunAsync(first);

        var lines = (await File.ReadAllLinesAsync(file, Cancel)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Select(line => line.GetProperty("sequence").GetInt64()).ShouldBe([1, 2, 3]);
        lines[0].GetProperty("event").GetString().ShouldBe("SignedIn");
        lines[0].GetProperty("source").GetString().ShouldBe("gateway");
        lines[0].GetProperty("hash").GetString()!.Length.ShouldBe(64);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task BeginsAtTheFirstEvent_WhenTheTenantIsNew_AndWithWhatIsNew_WhenTheStreamIs()
    {
        var file = Path.Combine(Directory.Folder, "late.jsonl");
        await WriteAsync(Directory, 5);
        await Directory.Services.GetRequiredService<AuditSealer>().SealAsync(Cancel);
        var node = Node(("Audit:File", file));
        await RunAsync(node);
        await WriteAsync(node, 1);
        await node.Services.GetRequiredService<Authdog.Identity.Tenants.TenantDirectory>().AddAsync(TenantId.Parse("late"), "Late", Cancel);
        await RunAsync(node);

        var lines = (await File.ReadAllLinesAsync(file, Cancel)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Select(line => (line.GetProperty("tenant").GetString(), line.GetProperty("sequence").GetInt64())).ShouldBe([("default", 6), ("late", 1)], ignoreOrder: true);
    }

    [Fact]
    public async Task SendsLogRecords_WhenThereIsACollector()
    {
        await using var receiver = await Receiver.StartAsync();
        var node = Node(("Audit:Otlp:Endpoint", receiver.Address.ToString()), ("Audit:Otlp:Headers:x-api-key", "k"));
        await RunAsync(node);
        await WriteAsync(node, 2);
        await RunAsync(node);

        var (path, headers, body) = receiver.Received.ShouldHaveSingleItem();
        path.ShouldBe("/v1/logs");
        headers["x-api-key"].ToString().ShouldBe("k");
        using var json = JsonDocument.Parse(body);
        var records = json.RootElement.GetProperty("resourceLogs")[0].GetProperty("scopeLogs")[0].GetProperty("logRecords");
        records.GetArrayLength().ShouldBe(2);
        records[0].GetProperty("eventName").GetString().ShouldBe("authdog.audit.SignedIn");
        records[0].GetProperty("attributes").EnumerateArray().Select(attribute => attribute.GetProperty("key").GetString()).ShouldContain("authdog.audit.sequence");
    }

    [Fact]
    public void NamesEveryMistake_WhenSettingsAreWrong()
    {
        var options = new AuditOptions { Retention = TimeSpan.FromHours(1), AddressRetention = TimeSpan.Zero, File = "/no/such/folder/x" };
        options.Webhook.Url = new Uri("ftp://x");
        options.Webhook.Attempts = 0;
        options.Webhook.Timeout = TimeSpan.Zero;
        options.Otlp.Endpoint = new Uri("otlp", UriKind.Relative);
        options.Otlp.Headers["a b"] = "x";

        var failures = new AuditOptions.Validator().Validate(null, options).Failures!.ToList();

        failures.Select(failure => failure[..6]).ShouldBe(["AG3501", "AG3502", "AG3503", "AG3504", "AG3506", "AG3507", "AG3508", "AG3509", "AG3510"]);
        new AuditOptions.Validator().Validate(null, new AuditOptions()).Succeeded.ShouldBeTrue();
    }

    private TestDirectory Node(params (string Key, string? Value)[] settings) => Directory.AnotherNode(Time, settings);

    private static IEnumerable<JsonElement> Lines(string body) => body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement);

    private static async Task WriteAsync(TestDirectory node, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await node.Services.GetRequiredService<AuditLog>().WriteAsync(new AuditEvent(TenantId.Default, AuditEventKind.SignedIn), Cancel);
        }
    }

    private static async Task RunAsync(TestDirectory node)
    {
        await node.Services.GetRequiredService<AuditSealer>().SealAsync(Cancel);
        await node.Services.GetRequiredService<AuditCourier>().RunAsync(Cancel);
    }
}
