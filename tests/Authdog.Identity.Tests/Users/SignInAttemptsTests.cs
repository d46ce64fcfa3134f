using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Tests.Storage;
using Authdog.Identity.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Users;

[Trait("Threat", "I2")]
public abstract class SignInAttemptsTests(DatabaseProvider engine) : DirectoryTests(engine)
{
    private UserId _ada;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await using var scope = Directory.Scope();
        EmailAddress.TryParse("ada@example.com", out var email).ShouldBeTrue();
        _ada = (await scope.ServiceProvider.GetRequiredService<UserDirectory>().CreateAsync(email, true, null, "hash", Cancel))!.UserId;
    }

    [Fact]
    public async Task WaitsLonger_WithEachFailure()
    {
        for (var i = 0; i < SignInAttempts.FreeTries; i++)
        {
            (await BeginAsync()).ShouldBeNull();
        }

        foreach (var seconds in (int[])[30, 60, 120, 240, 480, 900, 900])
        {
            var until = (await BeginAsync()).ShouldNotBeNull();
            until.ShouldBe(Time.GetUtcNow() + TimeSpan.FromSeconds(seconds));

            // Tries during the wait do not lengthen it.
            Time.Advance(TimeSpan.FromSeconds(seconds - 1));
            (await BeginAsync()).ShouldBe(until);
            Time.Advance(TimeSpan.FromSeconds(1));
            (await BeginAsync()).ShouldBeNull();
        }
    }

    [Fact]
    public async Task BeginsAnew_AfterSuccess()
    {
        for (var i = 0; i < 3 * SignInAttempts.FreeTries; i++)
        {
            (await BeginAsync()).ShouldBeNull();
            await SucceededAsync();
        }
    }

    [Fact]
    public async Task LetsTheOwnerBackIn_WhenThePasswordIsRecovered()
    {
        for (var i = 0; i < SignInAttempts.FreeTries; i++)
        {
            await BeginAsync();
        }

        (await BeginAsync()).ShouldNotBeNull();
        await using (var scope = Directory.Scope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserDirectory>();
            await users.SetPasswordHashAsync((await users.FindAsync(_ada, Cancel))!, "new", Cancel);
        }

        (await BeginAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task AllowsNoMore_WhenManyGuessAtOnce()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(BeginAsync, Cancel)));

        answers.Count(until => until is null).ShouldBeInRange(1, SignInAttempts.FreeTries);
    }

    [Fact]
    public async Task AllowsOneADay_AfterAHundredInARow()
    {
        var allowed = 0;
        while (allowed < SignInAttempts.TriesInARow)
        {
            if (await BeginAsync() is { } until)
            {
                Time.Advance(until - Time.GetUtcNow());
                continue;
            }

            allowed++;
        }

        (await BeginAsync()).ShouldBe(Time.GetUtcNow() + TimeSpan.FromDays(1));
    }

    [Fact]
    [Trait("Threat", "I10")]
    public async Task RefusesUnknownUsers_AndThoseOfOtherTenants()
    {
        await using var scope = Directory.Scope(Other);
        var attempts = scope.ServiceProvider.GetRequiredService<SignInAttempts>();

        (await attempts.BeginAsync(_ada, Cancel)).ShouldNotBeNull();
        await BeginAsync();
        await attempts.SucceededAsync(_ada, Cancel);
        for (var i = 1; i < SignInAttempts.FreeTries; i++)
        {
            (await BeginAsync()).ShouldBeNull();
        }

        (await BeginAsync()).ShouldNotBeNull();
    }

    [Fact]
    public async Task KeepsTheCount_WhenAnotherChangeWasUnderWay()
    {
        await using var scope = Directory.Scope();
        var users = scope.ServiceProvider.GetRequiredService<UserDirectory>();
        var stale = (await users.FindAsync(_ada, Cancel))!;
        for (var i = 0; i < SignInAttempts.FreeTries; i++)
        {
            await BeginAsync();
        }

        await users.SetNameAsync(stale, "Ada", Cancel);

        (await BeginAsync()).ShouldNotBeNull();
    }

    private async Task<DateTimeOffset?> BeginAsync()
    {
        await using var scope = Directory.Scope();
        return await scope.ServiceProvider.GetRequiredService<SignInAttempts>().BeginAsync(_ada, Cancel);
    }

    private async Task SucceededAsync()
    {
        await using var scope = Directory.Scope();
        await scope.ServiceProvider.GetRequiredService<SignInAttempts>().SucceededAsync(_ada, Cancel);
    }

    public sealed class OnSqlite() : SignInAttemptsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgreSql() : SignInAttemptsTests(DatabaseProvider.PostgreSql);
}
