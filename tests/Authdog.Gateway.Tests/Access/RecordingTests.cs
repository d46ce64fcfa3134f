using System.Net;
using System.Text.Json;
using Authdog.Gateway.Access.Recording;
using Authdog.Gateway.Tests.Commands;
using Authdog.Gateway.Tests.Hosting;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;
using Authdog.Policies.Catalog;
using Authdog.Policies.Decisions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Access;

/// <summary>Decisions are kept so that they can be explained and asked again: every refusal, a share of the rest, nothing personal in the clear, and never more than was bound.</summary>
public sealed class RecordingTests(RecordingTests.Fixture fixture) : IClassFixture<RecordingTests.Fixture>
{
    private readonly GatewayHost _gateway = fixture.Gateway;

    [Fact]
    public async Task RefusalIsRecordedUnderItsId()
    {
        var (cookie, session) = await _gateway.SignInAsync("grace.secret@example.com");
        using var answer = await _gateway.GetAsync("/staff/very-secret-path?format=csv", "Accept: application/json", $"Cookie: {cookie}", "X-Api-Version: secret-7");
        var id = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;

        var record = await FindAsync(id);
        record.Answer.ShouldBe(new RecordedAnswer(AccessOutcome.Deny, AccessReason.NoRuleMatched, null));
        (record.Policy, record.Route, record.Method, record.Weight).ShouldBe(("staff", "staff", "GET", 1));
        var seal = _gateway.Services.GetRequiredService<DecisionSeal>();
        var inputs = seal.Open(record).ShouldNotBeNull();
        inputs.Path.ShouldBe("/staff/very-secret-path");
        inputs.Query.ShouldBe("format=csv");
        inputs.Headers!["X-Api-Version"].ShouldBe(["secret-7"]);
        inputs.Subject!.Email.ShouldBe("grace.secret@example.com");
        inputs.Subject.User.ShouldBe(session.User.ToString());

        // The same question gets the same answer.
        var policies = _gateway.Services.GetRequiredService<PolicyCatalog>().Current;
        RecordedAnswer.Of(policies.Decide(record.Policy, DecisionSeal.Question(record, inputs))).ShouldBe(record.Answer);
    }

    [Fact]
    [Trait("Threat", "B16")]
    public async Task NothingPersonalIsInTheFile()
    {
        var (cookie, session) = await _gateway.SignInAsync("grace.secret@example.com");
        using var answer = await _gateway.GetAsync("/staff/very-secret-path?token=very-secret-query", "Accept: application/json", $"Cookie: {cookie}", "X-Api-Version: very-secret-header", "Authorization: Bearer very-secret-token");
        var id = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
        await FindAsync(id);

        var text = Text();
        text.ShouldContain(id);
        foreach (var secret in new[] { "very-secret", "grace", session.User.ToString(), "127.0.0.1", cookie["authdog=".Length..] })
        {
            text.ShouldNotContain(secret);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Directory.GetFiles(Folder()).First()).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task SamePersonHasTheSameHash_AndAnotherHasAnother()
    {
        var user = UserId.New(TimeProvider.System.GetUtcNow());
        var (one, _) = await _gateway.SignInAsync(user, "ada@example.com", [AuthenticationFactor.Password(TimeProvider.System.GetUtcNow())]);
        var (again, _) = await _gateway.SignInAsync(user, "ada@example.com", [AuthenticationFactor.Password(TimeProvider.System.GetUtcNow())]);
        var (other, _) = await _gateway.SignInAsync("other@example.com");
        var people = new List<string?>();
        foreach (var cookie in new[] { one, again, other })
        {
            using var answer = await _gateway.GetAsync("/staff/x", "Accept: application/json", $"Cookie: {cookie}");
            people.Add((await FindAsync(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!)).Person);
        }

        people[0].ShouldBe(people[1]);
        people[0].ShouldNotBe(people[2]);
    }

    [Fact]
    public async Task AllowedIsNotRecorded_WhenTheShareIsZero_ButShadowDifferencesAre()
    {
        var (cookie, _) = await _gateway.SignInAsync(roles: "staff");
        for (var i = 0; i < 20; i++)
        {
            using var passes = await _gateway.GetAsync("/plain/x", $"Cookie: {cookie}");
            passes.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var shadowed = await _gateway.GetAsync("/shadow/x", $"Cookie: {cookie}");
        shadowed.StatusCode.ShouldBe(HttpStatusCode.OK);

        var record = await FindAsync(record => record.Policy == "shadow");
        record.Answer.Outcome.ShouldBe(AccessOutcome.Allow);
        record.WithShadowRules.ShouldBe(new RecordedAnswer(AccessOutcome.Deny, AccessReason.DenyRule, "closed soon"));
        (await ReadAsync()).ShouldNotContain(other => other.Policy == "plain");
    }

    [Fact]
    public async Task SharedStoreHasThemToo_WhenItIsAsked()
    {
        using var answer = await _gateway.GetAsync("/staff/x", "Accept: application/json");
        var id = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
        await FindAsync(id);
        var journal = _gateway.Services.GetRequiredService<Authdog.Identity.Redis.JournalStore>();
        List<string> lines = [];
        for (var attempt = 0; attempt < 50 && !lines.Exists(line => line.Contains(id, StringComparison.Ordinal)); attempt++)
        {
            await Task.Delay(50);
            lines.Clear();
            await foreach (var line in journal.ReadAsync(TenantId.Default, DecisionWriter.Journal, CancellationToken.None))
            {
                lines.Add(line);
            }
        }

        lines.ShouldContain(line => line.Contains(id, StringComparison.Ordinal));
        lines.Count.ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    [Trait("Threat", "B18")]
    public async Task SizeIsBounded_WhenManyAreRefused()
    {
        var long_ = new string('a', 1500);
        for (var i = 0; i < 200; i++)
        {
            using var answer = await _gateway.GetAsync($"/staff/{long_}", "Accept: application/json");
        }

        await FindAsync(record => record.Policy == "staff");

        // While a file takes another's place there are three for a moment.
        for (var attempt = 0; attempt < 50 && Directory.GetFiles(Folder()).Length != 2; attempt++)
        {
            await Task.Delay(50);
        }

        var files = Directory.GetFiles(Folder());
        files.Length.ShouldBe(2);
        files.Select(file => new FileInfo(file)).ShouldAllBe(file => !file.Exists || file.Length <= 64 * 1024);
    }

    private string Folder() => _gateway.Services.GetRequiredService<DecisionFiles>().Folder;

    private string Text() => string.Concat(Directory.GetFiles(Folder()).Select(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }));

    private Task<IReadOnlyList<RecordedDecision>> ReadAsync() => _gateway.Services.GetRequiredService<DecisionArchive>().ReadAsync(CancellationToken.None);

    private Task<RecordedDecision> FindAsync(string id) => FindAsync(record => record.Id == id);

    // They are written beside the requests.
    private async Task<RecordedDecision> FindAsync(Func<RecordedDecision, bool> wanted)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if ((await ReadAsync()).FirstOrDefault(wanted) is { } found)
            {
                return found;
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException("It was not recorded within five seconds.");
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal Upstream Upstream { get; private set; } = null!;

        internal GatewayHost Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Upstream = await Hosting.Upstream.StartAsync(app => app.MapFallback(context => context.Response.WriteAsync("protected")));
            Gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
                .Set("Policies:Recording:SampleRate", "0")
                .Set("Policies:Recording:MaxFileBytes", "65536")
                .Set("Policies:Recording:MaxFiles", "2")
                .Set("Policies:Recording:MaxShared", "5")
                .SignedInPolicy("plain")
                .Policy("staff", """
                      - { name: staff, effect: allow, when: { role: staff } }
                      - { name: export, effect: deny, when: { query: { name: format, value: xml } } }
                      - { name: old, effect: deny, when: { header: { name: X-Api-Version, value: '1' } } }
                    """)
                .Policy("shadow", """
                      - { name: members, effect: allow }
                      - { name: closed soon, effect: deny, mode: shadow }
                    """)
                .Route("plain", "/plain/{**all}", "plain", Upstream.Url)
                .Route("staff", "/staff/{**all}", "staff", Upstream.Url)
                .Route("shadow", "/shadow/{**all}", "shadow", Upstream.Url));
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await Upstream.DisposeAsync();
        }
    }
}
