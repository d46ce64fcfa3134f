using Authdog.Identity.Identifiers;
using Authdog.Identity.Passwords;
using Authdog.Identity.Storage;
using Authdog.Identity.Tests.Storage;
using Authdog.Identity.Users;
using Authdog.Identity.Users.Import;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Users;

public sealed class UserImportTests : IAsyncLifetime
{
    private const string Password = "correct horse battery staple";
    private TestDirectory _directory = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _directory = await TestDirectory.StartAsync(DatabaseProvider.Sqlite);

    public ValueTask DisposeAsync() => _directory.DisposeAsync();

    [Fact]
    public async Task MakesEveryUser_WhenTheFileIsRight()
    {
        await MakeRoleAndGroupAsync();
        var result = await ImportAsync(ImportFormat.Csv, "\uFEFFemail,name,roles,groups,disabled,time_zone\r\nada@example.com,\"Lovelace, \"\"Ada\"\"\",editor,Finance,no,Europe/London\r\n\r\ngrace@example.com,,,,yes,\r\n");

        result.ShouldSatisfyAllConditions(() => result.Mistakes.ShouldBeEmpty(), () => result.Users.ShouldBe(2));
        await using var scope = _directory.Scope();
        var users = scope.ServiceProvider.GetRequiredService<UserDirectory>();
        var ada = await FindAsync(users, "ADA@example.com");
        (ada.Name, ada.EmailConfirmed, ada.TimeZone, ada.Disabled).ShouldBe(("Lovelace, \"Ada\"", true, "Europe/London", false));
        var entitlements = await users.EntitlementsAsync(ada, Cancel);
        (string.Join(' ', entitlements.Roles), string.Join(' ', entitlements.Groups)).ShouldBe(("editor", "Finance"));
        (await FindAsync(users, "grace@example.com")).Disabled.ShouldBeTrue();
    }

    [Fact]
    public async Task WritesNothing_WhenOneLineIsWrong()
    {
        var result = await ImportAsync(ImportFormat.JsonLines, """
            {"email":"ada@example.com"}
            {"email":"no address","roles":["nosuch"]}

            {"email":"ADA@example.com"}
            {"email":"x@example.com","password_hash":"plain text"}
            {"email":"y@example.com","admin":true}
            {"email":"z@example.com","disabled":"yes"}
            not json
            """);

        result.Mistakes.Select(mistake => mistake.Line).ShouldBe([2, 2, 4, 5, 6, 7, 8]);
        result.Mistakes[2].Problem.ShouldContain("line 1");
        (await CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task WritesNothing_WhenAUserIsThereAlready()
    {
        (await ImportAsync(ImportFormat.Csv, "email\nada@example.com\n")).Users.ShouldBe(1);

        var result = await ImportAsync(ImportFormat.Csv, "email\nnew@example.com\nAda@example.com\n");

        result.Mistakes.ShouldHaveSingleItem().ShouldBe(new ImportMistake(3, "There is a user with this address."));
        (await CountAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("email,nick\na@example.com,x\n", 1, "no field 'nick'")]
    [InlineData("name\nAda\n", 1, "has to name the fields")]
    [InlineData("email,name\na@example.com\n", 2, "has 1 fields")]
    [InlineData("email,name\na@example.com,\"open\n", 2, "never closed")]
    [InlineData("email,email\na@example.com,b@example.com\n", 1, "named twice")]
    public async Task NamesTheLine_WhenTheTableIsOdd(string csv, int line, string problem)
    {
        var mistake = (await ImportAsync(ImportFormat.Csv, csv)).Mistakes.ShouldHaveSingleItem();

        (mistake.Line, mistake.Problem.Contains(problem, StringComparison.Ordinal)).ShouldBe((line, true), mistake.Problem);
    }

    [Fact]
    public async Task WritesNothing_WhenItIsADryRun()
    {
        (await ImportAsync(ImportFormat.Csv, "email\nada@example.com\n", dryRun: true)).Users.ShouldBe(1);

        (await CountAsync()).ShouldBe(0);
    }

    public static TheoryData<string> Hashes =>
    [
        // Argon2id with lanes, bcrypt in two spellings, both versions of ASP.NET Core Identity, PBKDF2 in the spellings of Django and passlib.
        BCrypt.Net.BCrypt.HashPassword(Password, 4),
        BCrypt.Net.BCrypt.HashPassword(Password, 4).Replace("$2a$", "$2y$", StringComparison.Ordinal),
        new Microsoft.AspNetCore.Identity.PasswordHasher<object>().HashPassword(new object(), Password),
        new Microsoft.AspNetCore.Identity.PasswordHasher<object>(Microsoft.Extensions.Options.Options.Create(new Microsoft.AspNetCore.Identity.PasswordHasherOptions { CompatibilityMode = Microsoft.AspNetCore.Identity.PasswordHasherCompatibilityMode.IdentityV2 })).HashPassword(new object(), Password),
        "pbkdf2_sha256$1000$saltsalt$" + Convert.ToBase64String(System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(Password, "saltsalt"u8.ToArray(), 1000, System.Security.Cryptography.HashAlgorithmName.SHA256, 32)),
        "$pbkdf2-sha512$1000$c2FsdHNhbHQ$" + Convert.ToBase64String(System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(Password, "saltsalt"u8.ToArray(), 1000, System.Security.Cryptography.HashAlgorithmName.SHA512, 64)).TrimEnd('=').Replace('+', '.'),
        Laned(),
    ];

    [Theory]
    [MemberData(nameof(Hashes))]
    public async Task PasswordOfAnotherSystemCountsOnceMore_WhenItsOwnerSignsIn(string hash)
    {
        var hashing = _directory.Services.GetRequiredService<PasswordHashing>();
        PasswordHashing.IsHash(hash).ShouldBeTrue();

        (await hashing.VerifyAsync(hash, Password, Cancel)).ShouldBe(PasswordVerification.SucceededRehashNeeded);
        (await hashing.VerifyAsync(hash, Password + "x", Cancel)).ShouldBe(PasswordVerification.Failed);
        (await hashing.VerifyAsync(hash, string.Empty, Cancel)).ShouldBe(PasswordVerification.Failed);
    }

    [Theory]
    [InlineData("$2b$31$abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyza")]
    [InlineData("pbkdf2_sha256$9999999$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("$argon2id$v=19$m=99999999,t=2,p=4$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2i$v=19$m=4096,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("5f4dcc3b5aa765d61d8327deb882cf99")]
    [InlineData("AQAAAAEAAYagAAAAEA==")]
    [Trait("Threat", "I14")]
    public void RefusesTheHash_WhenItIsNoneOrCostsTooMuch(string hash) => PasswordHashing.IsHash(hash).ShouldBeFalse();

    private static string Laned()
    {
        using var argon = new Konscious.Security.Cryptography.Argon2id(System.Text.Encoding.UTF8.GetBytes(Password)) { MemorySize = 256, Iterations = 2, DegreeOfParallelism = 4, Salt = "saltsalt"u8.ToArray() };
        return "$argon2id$v=19$m=256,t=2,p=4$c2FsdHNhbHQ$" + Convert.ToBase64String(argon.GetBytes(32)).TrimEnd('=');
    }

    private static async Task<User> FindAsync(UserDirectory users, string address)
    {
        EmailAddress.TryParse(address, out var email).ShouldBeTrue();
        return (await users.FindByEmailAsync(email, Cancel)).ShouldNotBeNull();
    }

    private async Task<ImportResult> ImportAsync(ImportFormat format, string text, bool dryRun = false)
    {
        await using var scope = _directory.Scope();
        return await scope.ServiceProvider.GetRequiredService<UserImport>().RunAsync(() => new StringReader(text), format, dryRun, Cancel);
    }

    private async Task<int> CountAsync()
    {
        await using var scope = _directory.Scope();
        return await scope.ServiceProvider.GetRequiredService<DirectoryContext>().Set<User>().CountAsync(Cancel);
    }

    private async Task MakeRoleAndGroupAsync()
    {
        await using var scope = _directory.Scope();
        await scope.ServiceProvider.GetRequiredService<RoleDirectory>().SetAsync("editor", [], Cancel);
        await scope.ServiceProvider.GetRequiredService<GroupDirectory>().AddAsync("Finance", Cancel);
    }
}
