using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Passkeys;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Passkeys;

/// <summary>One browser before the ceremonies, without pages between: for what a browser would never send.</summary>
internal sealed class PasskeyBench : IAsyncDisposable
{
    public const string Thread = "thread";
    private readonly AsyncServiceScope _scope;

    public PasskeyBench(PagesHost host, TenantId? tenant = null, string? settings = null, params string[] addresses)
    {
        _scope = host.Services.CreateAsyncScope();
        var record = new TenantRecord(new Tenant { Id = tenant ?? TenantId.Default, Name = "Tenant", CreatedAt = default, Settings = settings }, addresses);
        _scope.ServiceProvider.GetRequiredService<CurrentTenant>().Record = record;
        Context = new DefaultHttpContext { RequestServices = _scope.ServiceProvider };
        Context.Features.Set(new TenantFeature(record));
        Context.Request.Scheme = host.Reach.Scheme;
        Context.Request.Host = new HostString(host.Reach.Authority);
    }

    public DefaultHttpContext Context { get; }

    public PasskeyAssertions Assertions => Get<PasskeyAssertions>();

    public PasskeyRegistrations Registrations => Get<PasskeyRegistrations>();

    public PasskeyDirectory Passkeys => Get<PasskeyDirectory>();

    public T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    public async Task<User> NewUserAsync(bool verified = true, string? passwordHash = "hash")
    {
        EmailAddress.TryParse($"p{Guid.NewGuid():N}@example.com", out var email).ShouldBeTrue();
        return (await Get<UserDirectory>().CreateAsync(email!, verified, "Ada", passwordHash, CancellationToken.None))!;
    }

    public async Task<RegistrationResult> RegisterAsync(User user, SoftwareAuthenticator authenticator, bool silently = false)
    {
        var asked = await Registrations.AskAsync(Context, user, Thread, silently, CancellationToken.None);
        return await RegisterAsync(user, asked.ShouldNotBeNull(), authenticator.Create(asked.Options));
    }

    public Task<RegistrationResult> RegisterAsync(User user, AskedCeremony asked, string answer, string thread = Thread) =>
        Registrations.RegisterAsync(Context, user, asked.Challenge, answer, thread, static (_, _) => "A key", CancellationToken.None);

    public async Task<Passkey> RegisteredAsync(User user, SoftwareAuthenticator authenticator) =>
        (await RegisterAsync(user, authenticator)).ShouldBeOfType<RegistrationResult.Registered>().Passkey;

    public async Task<AskedCeremony> AskAsync() => (await Assertions.AskAnyAsync(Context, Thread, TimeSpan.FromHours(1))).ShouldNotBeNull();

    public async Task<AssertionResult> SignInAsync(SoftwareAuthenticator authenticator)
    {
        var asked = await AskAsync();
        return await AnswerAsync(asked, authenticator.Get(asked.Options));
    }

    public Task<AssertionResult> AnswerAsync(AskedCeremony asked, string answer, string thread = Thread) =>
        Assertions.VerifyAsync(Context, asked.Challenge, answer, thread, CancellationToken.None);

    /// <summary>Removes a passkey as its owner does.</summary>
    public Task<WaysIn.Removal> RemoveAsync(User user, Guid passkey) =>
        Get<WaysIn>().RemoveAsync(user, cancellation => Passkeys.RemoveAsync(user, passkey, cancellation), CancellationToken.None);

    public ValueTask DisposeAsync() => _scope.DisposeAsync();
}
