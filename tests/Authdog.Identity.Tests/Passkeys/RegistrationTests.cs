using System.Formats.Cbor;
using Authdog.Identity.Login;
using Authdog.Identity.Mfa;
using Authdog.Identity.Passkeys;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Tests.Passkeys;

/// <summary>Registration answers, valid but for exactly one thing (WebAuthn Level 3, section 7.1).</summary>
[Trait("Threat", "I7")]
public sealed class RegistrationTests(PasskeyHost host) : IClassFixture<PasskeyHost>, IAsyncLifetime
{
    private readonly PasskeyBench _bench = new(host.Pages);
    private readonly SoftwareAuthenticator _authenticator = new();
    private User _user = null!;

    public async ValueTask InitializeAsync() => _user = await _bench.NewUserAsync();

    public ValueTask DisposeAsync()
    {
        _authenticator.Dispose();
        return _bench.DisposeAsync();
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    [InlineData("RS256")]
    public async Task Registers_WhenNothingIsWrong(string algorithm)
    {
        using var authenticator = new SoftwareAuthenticator(Enum.Parse<CoseAlgorithm>(algorithm));

        var passkey = await _bench.RegisteredAsync(_user, authenticator);

        passkey.UserId.ShouldBe(_user.Id);
        passkey.RelyingPartyId.ShouldBe("gateway.test");
        passkey.CredentialId.ShouldBe(authenticator.CredentialId);
        passkey.Aaguid.ShouldBe(authenticator.Aaguid);
        passkey.SignCount.ShouldBe(1);
        passkey.Transports.ShouldBe("hybrid internal");
        passkey.UserVerificationInitialized.ShouldBeTrue();
        passkey.AttestationFormat.ShouldBeNull();
    }

    [Fact]
    public async Task AsksForADiscoverableCredentialWithoutAttestation()
    {
        await _bench.RegisteredAsync(_user, _authenticator);
        var asked = (await _bench.Registrations.AskAsync(_bench.Context, _user, PasskeyBench.Thread, silently: false, CancellationToken.None)).ShouldNotBeNull();
        var options = System.Text.Json.JsonDocument.Parse(asked.Options).RootElement;

        options.GetProperty("rp").GetProperty("id").GetString().ShouldBe("gateway.test");
        options.GetProperty("rp").GetProperty("name").GetString().ShouldBe("Authdog");
        options.GetProperty("attestation").GetString().ShouldBe("none");
        options.GetProperty("authenticatorSelection").GetProperty("residentKey").GetString().ShouldBe("required");
        options.GetProperty("authenticatorSelection").GetProperty("userVerification").GetString().ShouldBe("required");
        options.GetProperty("pubKeyCredParams").EnumerateArray().Select(p => p.GetProperty("alg").GetInt32()).ShouldBe([-7, -35, -257, -36], ignoreOrder: true);
        options.GetProperty("excludeCredentials").GetArrayLength().ShouldBe(1);
        System.Buffers.Text.Base64Url.DecodeFromChars(options.GetProperty("challenge").GetString()!).Length.ShouldBe(32);
    }

    [Fact]
    public Task Refuses_WhenOriginIsAnotherSites() => RefusesAsync(a => a.Origin = "https://gateway.test.evil.example", PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenPageWasFramedByAnotherOrigin() => RefusesAsync(a => a.CrossOrigin = true, PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenThereIsATopOrigin() => RefusesAsync(a => a.TopOrigin = "https://gateway.test", PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenRelyingPartyIsAnother() => RefusesAsync(a => a.RelyingPartyId = "other.test", PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenAnswerIsASignIn() => RefusesAsync(a => a.Type = "webauthn.get", PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenChallengeIsAnother() => RefusesAsync(a => a.Challenge = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenNobodyWasPresent() => RefusesAsync(a => a.Flags = AuthenticatorFlags.UserVerified, PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenUserWasNotVerified() => RefusesAsync(a => a.Flags = AuthenticatorFlags.UserPresent, PasskeyRefusal.UserNotVerified);

    [Fact]
    public Task Refuses_WhenBackedUpWithoutBeingEligible() => RefusesAsync(a => a.Flags |= AuthenticatorFlags.BackedUp, PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenAlgorithmWasNotOffered() => RefusesAsync(a => a.PublicKey = key => { key[4] = 0x27; return key; }, PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenKeyIsOfAnotherTypeThanItsAlgorithm() => RefusesAsync(a => a.PublicKey = key => { key[2] = 0x03; return key; }, PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenCurveIsAnotherThanTheAlgorithms() => RefusesAsync(a => a.PublicKey = key => { key[6] = 0x02; return key; }, PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenPointIsNotOnTheCurve() => RefusesAsync(a => a.PublicKey = key => { key[20] ^= 1; return key; }, PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenKeyHasAPrivatePart() => RefusesAsync(
        a => a.PublicKey = key => [(byte)(key[0] + 1), .. key[1..], 0x23, 0x41, 0x01], PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenRsaKeyIsShort() => RefusesAsync(a => a.PublicKey = _ => RsaKey(1024 / 8, [1, 0, 1]), PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenRsaKeyWouldBeSlow() => RefusesAsync(a => a.PublicKey = _ => RsaKey(16384 / 8, [1, 0, 1]), PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenRsaExponentIsLong() => RefusesAsync(a => a.PublicKey = _ => RsaKey(2048 / 8, [1, 2, 3, 4, 5, 6, 7, 8, 9]), PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenDataHasATail() => RefusesAsync(a => a.Data = data => [.. data, 0], PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenDataHasNoCredential() => RefusesAsync(a => a.Data = data => data[..37], PasskeyRefusal.Malformed);

    [Fact]
    public Task Refuses_WhenCredentialIdIsLongerThan1023Bytes() => RefusesAsync(a => a.CredentialId = new byte[1024], PasskeyRefusal.Malformed);

    [Fact]
    public async Task Registers_WhenCredentialIdHas1023Bytes()
    {
        _authenticator.CredentialId = System.Security.Cryptography.RandomNumberGenerator.GetBytes(1023);
        await _bench.RegisteredAsync(_user, _authenticator);

        (await _bench.SignInAsync(_authenticator)).ShouldBeOfType<AssertionResult.Verified>();
    }

    [Fact]
    public async Task Refuses_WhenIdsInsideAndOutsideDiffer()
    {
        var asked = await AskAsync();
        var answer = _authenticator.Create(asked.Options);
        var id = System.Buffers.Text.Base64Url.EncodeToString(_authenticator.CredentialId);

        (await _bench.RegisterAsync(_user, asked, answer.Replace(id, "AAAAAAAAAAAAAAAAAAAAAA", StringComparison.Ordinal)))
            .ShouldBeOfType<RegistrationResult.Refused>().Reason.ShouldBe(PasskeyRefusal.NotVerified);
    }

    [Fact]
    public async Task Refuses_WhenCredentialIsAnotherUsers()
    {
        await _bench.RegisteredAsync(await _bench.NewUserAsync(), _authenticator);

        (await _bench.RegisterAsync(_user, _authenticator)).ShouldBeOfType<RegistrationResult.Refused>().Reason.ShouldBe(PasskeyRefusal.AlreadyRegistered);
    }

    [Fact]
    public async Task OneIsRegistered_WhenManyRegisterTheSameCredentialAtOnce()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            await using var bench = new PasskeyBench(host.Pages);
            using var same = new SoftwareAuthenticator { CredentialId = _authenticator.CredentialId };
            return await bench.RegisterAsync(await bench.NewUserAsync(), same);
        }));

        results.OfType<RegistrationResult.Registered>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Refuses_WhenAnswerIsReplayed()
    {
        var asked = await AskAsync();
        var answer = _authenticator.Create(asked.Options);
        var first = (await _bench.RegisterAsync(_user, asked, answer)).ShouldBeOfType<RegistrationResult.Registered>().Passkey;
        await _bench.Passkeys.RemoveAsync(_user, first.Id, CancellationToken.None);

        (await _bench.RegisterAsync(_user, asked, answer)).ShouldBeOfType<RegistrationResult.Refused>().Reason.ShouldBe(PasskeyRefusal.Replayed);
    }

    [Fact]
    public async Task Refuses_WhenChallengeIsAnotherUsers()
    {
        var asked = await AskAsync();

        (await _bench.RegisterAsync(await _bench.NewUserAsync(), asked, _authenticator.Create(asked.Options)))
            .ShouldBeOfType<RegistrationResult.Refused>().Reason.ShouldBe(PasskeyRefusal.Challenge);
    }

    [Fact]
    public async Task Refuses_WhenChallengeIsAnotherSessions()
    {
        var asked = await AskAsync();

        (await _bench.RegisterAsync(_user, asked, _authenticator.Create(asked.Options), "another session"))
            .ShouldBeOfType<RegistrationResult.Refused>().Reason.ShouldBe(PasskeyRefusal.Challenge);
    }

    [Fact]
    public async Task Refuses_WhenThereAreTooMany()
    {
        for (var count = 0; count < 20; count++)
        {
            using var one = new SoftwareAuthenticator();
            await _bench.RegisteredAsync(_user, one);
        }

        (await _bench.RegisterAsync(_user, _authenticator)).ShouldBeOfType<RegistrationResult.Refused>().Reason.ShouldBe(PasskeyRefusal.TooMany);
    }

    [Fact]
    public async Task Registers_WhenTheBrowserMadeItByItself_WithoutPresence()
    {
        _authenticator.Flags = AuthenticatorFlags.BackupEligible | AuthenticatorFlags.BackedUp;

        var passkey = (await _bench.RegisterAsync(_user, _authenticator, silently: true)).ShouldBeOfType<RegistrationResult.Registered>().Passkey;

        passkey.UserVerificationInitialized.ShouldBeFalse();
        passkey.IsBackedUp.ShouldBeTrue();
    }

    [Fact]
    public async Task LastWayIn_IsNotRemoved()
    {
        var user = await _bench.NewUserAsync(passwordHash: null);
        var passkey = await _bench.RegisteredAsync(user, _authenticator);

        (await _bench.RemoveAsync(user, passkey.Id)).ShouldBe(WaysIn.Removal.LastWayIn);

        using var second = new SoftwareAuthenticator();
        await _bench.RegisteredAsync(user, second);
        (await _bench.RemoveAsync(user, passkey.Id)).ShouldBe(WaysIn.Removal.Removed);
    }

    [Theory]
    [InlineData("""{ "Login": { "EmailCodes": { "Enabled": true } } }""", null, WaysIn.Removal.Removed)]
    [InlineData("""{ "Login": { "EmailCodes": { "Enabled": true }, "Methods": ["password", "passkey"] } }""", null, WaysIn.Removal.LastWayIn)]
    [InlineData("""{ "Login": { "Methods": ["passkey"] } }""", "hash", WaysIn.Removal.LastWayIn)]
    [InlineData(null, "hash", WaysIn.Removal.Removed)]
    [InlineData(null, null, WaysIn.Removal.LastWayIn)]
    internal async Task OnlyWhatTheTenantTakes_IsAnotherWayIn(string? settings, string? passwordHash, WaysIn.Removal expected)
    {
        await using var bench = new PasskeyBench(host.Pages, settings: settings);
        var user = await bench.NewUserAsync(passwordHash: passwordHash);
        var passkey = await bench.RegisteredAsync(user, _authenticator);

        // Recovery codes, which everybody may have, are a way around a second step and no way in.
        await bench.Get<RecoveryCodes>().CreateAsync(user, CancellationToken.None);

        (await bench.RemoveAsync(user, passkey.Id)).ShouldBe(expected);
        (await bench.Passkeys.FindAsync(user.UserId, passkey.Id, CancellationToken.None) is null).ShouldBe(expected is WaysIn.Removal.Removed);
    }

    [Fact]
    public async Task PasskeyOfAHostThatIsNoMore_IsNoWayIn()
    {
        var user = await _bench.NewUserAsync(passwordHash: null);
        var passkey = await _bench.RegisteredAsync(user, _authenticator);
        await using var old = new PasskeyBench(host.Pages, settings: """{ "Passkeys": { "Origins": ["https://old.test"] } }""");
        old.Context.Request.Host = new HostString("old.test");
        using var outdated = new SoftwareAuthenticator { Origin = "https://old.test", RelyingPartyId = "old.test" };
        await old.RegisteredAsync(user, outdated);

        (await _bench.RemoveAsync(user, passkey.Id)).ShouldBe(WaysIn.Removal.LastWayIn);
    }

    [Fact]
    public async Task OneStays_WhenTheLastTwoAreRemovedAtOnce()
    {
        var user = await _bench.NewUserAsync(passwordHash: null);
        var first = await _bench.RegisteredAsync(user, _authenticator);
        using var other = new SoftwareAuthenticator();
        var second = await _bench.RegisteredAsync(user, other);

        await Task.WhenAll(new[] { first.Id, second.Id }.Select(async id =>
        {
            await using var bench = new PasskeyBench(host.Pages);
            await bench.RemoveAsync(user, id);
        }));

        (await _bench.Passkeys.ListAsync(user.UserId, CancellationToken.None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task AnothersPasskey_IsNeitherFoundNorRenamedNorRemoved()
    {
        var passkey = await _bench.RegisteredAsync(await _bench.NewUserAsync(), _authenticator);

        (await _bench.Passkeys.FindAsync(_user.UserId, passkey.Id, CancellationToken.None)).ShouldBeNull();
        (await _bench.Passkeys.RenameAsync(_user.UserId, passkey.Id, "mine", CancellationToken.None)).ShouldBeFalse();
        (await _bench.Passkeys.RemoveAsync(_user, passkey.Id, CancellationToken.None)).ShouldBeFalse();
        (await _bench.RemoveAsync(_user, passkey.Id)).ShouldBe(WaysIn.Removal.NotFound);
    }

    [Fact]
    public async Task NotThem_RemovesWhatSomebodyElseAdded()
    {
        var passkey = await _bench.RegisteredAsync(_user, _authenticator);
        var notice = PasskeyUndo.Notice(passkey);

        (await new PasskeyUndo(_bench.Passkeys).UndoAsync(_user, notice.Subject, CancellationToken.None)).ShouldBeTrue();

        (await _bench.SignInAsync(_authenticator)).ShouldBeOfType<AssertionResult.Refused>().Reason.ShouldBe(PasskeyRefusal.UnknownCredential);
    }

    [Fact]
    public void EveryModelHasOneName() => KnownAuthenticators.Find(Guid.Parse("ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4"))!.Name.ShouldBe("Google Password Manager");

    private async Task<AskedCeremony> AskAsync() =>
        (await _bench.Registrations.AskAsync(_bench.Context, _user, PasskeyBench.Thread, silently: false, CancellationToken.None)).ShouldNotBeNull();

    private async Task RefusesAsync(Action<SoftwareAuthenticator> breakOneThing, PasskeyRefusal reason)
    {
        breakOneThing(_authenticator);
        (await _bench.RegisterAsync(_user, _authenticator)).ShouldBeOfType<RegistrationResult.Refused>().Reason.ShouldBe(reason);
        (await _bench.Passkeys.ListAsync(_user.UserId, CancellationToken.None)).ShouldBeEmpty();
    }

    private static byte[] RsaKey(int bytes, byte[] exponent)
    {
        var modulus = new byte[bytes];
        Array.Fill(modulus, (byte)0xff);
        var writer = new CborWriter();
        writer.WriteStartMap(4);
        writer.WriteInt32(1);
        writer.WriteInt32(3);
        writer.WriteInt32(3);
        writer.WriteInt32(-257);
        writer.WriteInt32(-1);
        writer.WriteByteString(modulus);
        writer.WriteInt32(-2);
        writer.WriteByteString(exponent);
        writer.WriteEndMap();
        return writer.Encode();
    }
}
