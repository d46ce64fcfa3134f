using System.Net;
using System.Security.Cryptography;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Oidc;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Sso;

/// <summary>ID tokens that are signed, then encrypted (OpenID Connect Core, section 10.2). The encrypting side is the tests' own.</summary>
[Collection(OidcCollection.Name)]
[Trait("Threat", "I9")]
public sealed class EncryptedIdTokenTests(OidcFixture oidc)
{
    private static readonly RSA s_key = RSA.Create(2048);

    [Theory]
    [InlineData("RSA-OAEP", "A128CBC-HS256")]
    [InlineData("RSA-OAEP", "A192CBC-HS384")]
    [InlineData("RSA-OAEP", "A256CBC-HS512")]
    [InlineData("RSA-OAEP", "A128GCM")]
    [InlineData("RSA-OAEP", "A192GCM")]
    [InlineData("RSA-OAEP", "A256GCM")]
    [InlineData("RSA-OAEP-256", "A128CBC-HS256")]
    [InlineData("RSA-OAEP-256", "A256CBC-HS512")]
    [InlineData("RSA-OAEP-256", "A256GCM")]
    public async Task SignsIn_WhenTheIdTokenIsEncrypted(string alg, string enc)
    {
        await using var connection = await ConnectAsync();
        connection.Issuer.Compact = inner => TestJwe.Encrypt(inner, s_key, alg, enc);
        using var browser = oidc.Host.NewBrowser();

        (await connection.SignInAsync(browser)).Location.ShouldBe("/app", string.Join('\n', await oidc.FailuresAsync(connection.Slug)));
    }

    [Theory]
    [InlineData("RSA1_5", "A256CBC-HS512", "not allowed")]
    [InlineData("RSA-OAEP", "A256CBC", "not allowed")]
    [InlineData("dir", "A256GCM", "not allowed")]
    public async Task SignsNobodyIn_WhenItIsEncryptedInAWayThatIsNotAllowed(string alg, string enc, string cause)
    {
        await using var connection = await ConnectAsync();
        connection.Issuer.Compact = inner => TestJwe.Encrypt(inner, s_key, alg, enc, encryptAs: ("RSA-OAEP", "A256GCM"));

        await RefusedAsync(connection, cause);
    }

    [Theory]
    [InlineData("A128CBC-HS256")]
    [InlineData("A256GCM")]
    public async Task SignsNobodyIn_WhenItWasTamperedWith_AndSaysNoMore(string enc)
    {
        await using var connection = await ConnectAsync();
        foreach (var part in new[] { 1, 2, 3, 4 })
        {
            connection.Issuer.Compact = inner => TestJwe.Tamper(TestJwe.Encrypt(inner, s_key, "RSA-OAEP", enc), part);
            await RefusedAsync(connection, "cannot be decrypted");
        }
    }

    [Fact]
    public async Task SignsNobodyIn_WhenItIsNotEncryptedAlthoughItHasToBe_OrForAnotherKey()
    {
        await using var connection = await ConnectAsync();
        await RefusedAsync(connection, "not encrypted");

        using var other = RSA.Create(2048);
        connection.Issuer.Compact = inner => TestJwe.Encrypt(inner, other, "RSA-OAEP", "A256GCM");
        await RefusedAsync(connection, "cannot be decrypted");

        // Encrypted and not signed: whoever knows the public key could have made it.
        connection.Issuer.Compact = inner => TestJwe.Encrypt(inner[..(inner.LastIndexOf('.') + 1)], s_key, "RSA-OAEP", "A256GCM");
        await RefusedAsync(connection, "signature");
    }

    private Task<TestConnection> ConnectAsync() => oidc.ConnectAsync(change: row => row.Settings =
        (OidcSettings.Parse(row.Settings) with { RequireEncryption = true, DecryptionKey = oidc.Host.Services.GetRequiredService<ConnectionSecrets>().Protect(row, s_key.ExportPkcs8PrivateKey()) }).ToJson());

    private async Task RefusedAsync(TestConnection connection, string cause)
    {
        using var browser = oidc.Host.NewBrowser();
        (await connection.SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await oidc.FailuresAsync(connection.Slug))[^1].ShouldContain(cause);
    }
}
