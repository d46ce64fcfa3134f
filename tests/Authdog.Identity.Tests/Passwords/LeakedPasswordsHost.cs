using Authdog.Identity.Identifiers;
using Authdog.Identity.Passwords;
using Authdog.Identity.Passwords.Breaches;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Passwords;

/// <summary>The pages beside a filter that knows one password.</summary>
public sealed class LeakedPasswordsHost : IAsyncLifetime
{
    /// <summary>The password that the filter knows.</summary>
    public const string Leaked = "winterlich verschneite Tannen";

    private readonly string _filter = Path.Combine(Path.GetTempPath(), $"authdog-leaked-{Guid.NewGuid():N}.filter");

    public PagesHost Pages { get; } = new();

    public ValueTask InitializeAsync()
    {
        using (var builder = new BreachFilterBuilder(_filter, 20))
        {
            builder.AddPassword(Leaked);
            builder.Finish();
        }

        return Pages.With("Passwords:Breaches:FilterFile", _filter).InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Pages.DisposeAsync();
        File.Delete(_filter);
    }

    /// <summary>Gives somebody the password, as if they had chosen it before it was known to be leaked.</summary>
    public async Task<Person> LeakAsync(Person person)
    {
        EmailAddress.TryParse(person.Email, out var email).ShouldBeTrue();
        await using var scope = await Pages.ScopeAsync();
        var users = scope.ServiceProvider.GetRequiredService<UserDirectory>();
        var hash = await scope.ServiceProvider.GetRequiredService<PasswordHashing>().HashAsync(Leaked, CancellationToken.None);
        await users.SetPasswordHashAsync((await users.FindByEmailAsync(email!, CancellationToken.None))!, hash, CancellationToken.None);
        return person with { Password = Leaked };
    }
}
