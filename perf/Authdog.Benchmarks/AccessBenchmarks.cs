using System.Net;
using System.Security.Claims;
using Authdog.Gateway.Access;
using Authdog.Gateway.Access.Geo;
using Authdog.Gateway.Access.Recording;
using Authdog.Gateway.Edge;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;
using Authdog.Policies.Catalog;
using Authdog.Policies.Decisions;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Authdog.Benchmarks;

/// <summary>What the access check adds to a decision: finding out what is asked, and recording a share.</summary>
[MemoryDiagnoser]
public class AccessBenchmarks
{
    private readonly ClaimsPrincipal person = new();
    private readonly AccessRequirement requirement = new("members");
    private PolicyCatalog catalog = null!;
    private AccessHandler silent = null!;
    private AccessHandler recording = null!;
    private AccessHandler before = null!;
    private DefaultHttpContext context = null!;
    private AccessRequest request;

    [GlobalSetup]
    public void Build()
    {
        var folder = Directory.CreateTempSubdirectory("authdog-benchmark-").FullName;
        File.WriteAllText(Path.Combine(folder, "members.yaml"), "policy: members\nrules:\n  - { name: assets, effect: public, when: { path: /assets/** } }\n  - { name: staff, effect: allow, when: { role: staff } }\n");
        catalog = new PolicyCatalog(folder, TimeProvider.System);
        catalog.Reload();
        Directory.Delete(folder, recursive: true);
        var geo = new GeoDatabases(Options.Create(new GeoOptions()), NullLogger<GeoDatabase>.Instance);
        // No rule here asks who is a program, nor for a challenge.
        AccessHandler Handler(RecordingOptions options) => new(catalog, new SubjectCache(), geo, scorer: null!, challenges: null!, new DecisionRecorder(catalog, Options.Create(options)), TimeProvider.System);
        before = Handler(new RecordingOptions { SampleRate = 0, MaxFiles = 0 });
        silent = Handler(new RecordingOptions { SampleRate = 0 });
        recording = Handler(new RecordingOptions());

        var now = TimeProvider.System.GetUtcNow();
        var session = new Session
        {
            Id = new SessionId(new string('a', 64)),
            Version = 1,
            Tenant = TenantId.Default,
            User = UserId.New(now),
            Email = "ada@example.com",
            EmailVerified = true,
            Name = "Ada",
            Roles = ["staff"],
            Factors = [AuthenticationFactor.Password(now)],
            Acr = "aal1",
            Amr = ["pwd"],
            AuthenticatedAt = now,
            CreatedAt = now,
            AbsoluteExpiresAt = now.AddDays(1),
        };
        context = new DefaultHttpContext();
        context.Features.Set(new CanonicalRequest("/invoices/7?page=2", "/invoices/7", "https", "app.example.com", IPAddress.Parse("203.0.113.7")));
        context.Features.Set(new SessionFeature(new SessionLookup.Found(session)));
        request = new AccessRequest
        {
            Route = string.Empty,
            Method = "GET",
            Host = "app.example.com",
            Path = "/invoices/7",
            RemoteAddress = IPAddress.Parse("203.0.113.7"),
            Now = now,
            Subject = new SubjectCache().Of(session),
        };
    }

    [Benchmark(Baseline = true)]
    public AccessDecision DecisionAlone() => catalog.Decide("members", in request);

    [Benchmark]
    public Task NotRecording() => before.HandleAsync(new AuthorizationHandlerContext([requirement], person, context));

    [Benchmark]
    public Task RecordingNone() => silent.HandleAsync(new AuthorizationHandlerContext([requirement], person, context));

    [Benchmark]
    public Task RecordingOneInAHundred() => recording.HandleAsync(new AuthorizationHandlerContext([requirement], person, context));
}
