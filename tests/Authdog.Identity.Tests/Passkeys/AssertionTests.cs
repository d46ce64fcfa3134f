using System.Security.Cryptography;
using Authdog.Identity.Passkeys;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Tests.Passkeys;

/// <summary>Sign-in answers, valid but for exactly one thing (WebAuthn Level 3, section 7.2).</summary>
[Trait("Threat", "I7")]
public sealed class AssertionTests(PasskeyHost host) : IClassFixture<PasskeyHost>, IAsyncLifetime
{
    private readonly PasskeyBench _bench = new(host.Pages);
    private readonly SoftwareAuthenticator _authenticator = new();
    private User _user = null!;
    private Passkey _passkey = null!;

    public async ValueTask InitializeAsync()
    {
        _user = await _bench.NewUserAsync();
        _passkey = await _bench.RegisteredAsync(_user, _authenticator);
    }

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
    public async Task SignsIn_WhenNothingIsWrong(string algorithm)
    {
        using var authenticator = new SoftwareAuthenticator(Enum.Parse<CoseAlgorithm>(algorithm));
        await _bench.RegisteredAsync(_user, authenticator);

        var verified = (await _bench.SignInAsync(authenticator)).ShouldBeOfType<AssertionResult.Verified>().Assertion;

        verified.User.Id.ShouldBe(_user.Id);
        var factor = verified.Factor(host.Pages.Time.GetUtcNow());
        factor.Kinds.ShouldBe(FactorKinds.Possession | FactorKinds.UserVerification);
        factor.Amr.ShouldBe(["hwk", "user"]);
        Assurance.Acr([factor]).ShouldBe(Assurance.MultiFactor);
    }

    [Fact]
    public async Task TellsThatItIsSynced()
    {
        using var synced = new SoftwareAuthenticator { Flags = AuthenticatorFlags.UserPresent | AuthenticatorFlags.UserVerified | AuthenticatorFlags.BackupEligible | AuthenticatorFlags.BackedUp };
        await _bench.RegisteredAsync(_user, synced);

        var factor = (await _bench.SignInAsync(synced)).ShouldBeOfType<AssertionResult.Verified>().Assertion.Factor(host.Pages.Time.GetUtcNow());

        factor.Amr.ShouldBe(["swk", "user"]);
        factor.Passkey!.IsSynced.ShouldBeTrue();
        factor.Passkey.Aaguid.ShouldBe(Guid.Empty, "nothing proved the model");
    }

    [Fact]
    public Task Refuses_WhenOriginIsAnotherSites() => RefusesAsync(a => a.Origin = "https://gateway.test.evil.example", PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenOriginIsASubdomains() => RefusesAsync(a => a.Origin = "https://user-content.gateway.test", PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenOriginIsPlainHttp() => RefusesAsync(a => a.Origin = "http://gateway.test", PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenOriginHasAnotherPort() => RefusesAsync(a => a.Origin = "https://gateway.test:8443", PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenPageWasFramedByAnotherOrigin() => RefusesAsync(a => a.CrossOrigin = true, PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenThereIsATopOrigin() => RefusesAsync(a => a.TopOrigin = "https://evil.example", PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenRelyingPartyIsAnother() => RefusesAsync(a => a.RelyingPartyId = "test", PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenAnswerIsARegistration() => RefusesAsync(a => a.Type = "webauthn.create", PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenChallengeIsAnother() => RefusesAsync(a => a.Challenge = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenNobodyWasPresent() => RefusesAsync(a => a.Flags = AuthenticatorFlags.UserVerified, PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenUserWasNotVerified() => RefusesAsync(a => a.Flags = AuthenticatorFlags.UserPresent, PasskeyRefusal.UserNotVerified);

    [Fact]
    public Task Refuses_WhenBackedUpWithoutBeingEligible() => RefusesAsync(a => a.Flags |= AuthenticatorFlags.BackedUp, PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenEligibilityChanged() => RefusesAsync(a => a.Flags |= AuthenticatorFlags.BackupEligible, PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenSignatureIsAnother() => RefusesAsync(a => a.Signature = signature => { signature[^1] ^= 1; return signature; }, PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenSignatureIsEmpty() => RefusesAsync(a => a.Signature = _ => [], PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenUserHandleIsMissing() => RefusesAsync(a => a.UserHandle = _ => null, PasskeyRefusal.NotVerified);

    [Fact]
    public async Task Refuses_WhenUserHandleIsAnothers()
    {
        var other = await _bench.NewUserAsync();
        await RefusesAsync(a => a.UserHandle = _ => System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(other.Id.ToString("D"))), PasskeyRefusal.NotVerified);
    }

    [Fact]
    public Task Refuses_WhenDataHasATail() => RefusesAsync(a => a.Data = data => [.. data, 0], PasskeyRefusal.NotVerified);

    [Fact]
    public Task Refuses_WhenDataIsCutShort() => RefusesAsync(a => a.Data = data => data[..36], PasskeyRefusal.Malformed);

    [Fact]
    public async Task Refuses_WhenKeyIsAnotherCredentials()
    {
        using var stranger = new SoftwareAuthenticator();
        await _bench.RegisteredAsync(await _bench.NewUserAsync(), stranger);
        stranger.CredentialId = _authenticator.CredentialId;

        (await RefusedAsync(stranger)).Reason.ShouldBe(PasskeyRefusal.NotVerified);
    }

    [Fact]
    public async Task Refuses_WhenCredentialIsNobodys()
    {
        using var unknown = new SoftwareAuthenticator();

        var refused = await RefusedAsync(unknown);

        refused.Reason.ShouldBe(PasskeyRefusal.UnknownCredential);
        refused.UnknownCredential.ShouldBe(unknown.CredentialId);
    }

    [Fact]
    public async Task Refuses_WhenPasskeyWasRemoved()
    {
        (await _bench.Passkeys.RemoveAsync(_user, _passkey.Id, CancellationToken.None)).ShouldBeTrue();

        (await RefusedAsync(_authenticator)).Reason.ShouldBe(PasskeyRefusal.UnknownCredential);
    }

    [Fact]
    public async Task Refuses_WhenPasskeyIsAnothersThanTheOneAskedFor()
    {
        using var stranger = new SoftwareAuthenticator();
        await _bench.RegisteredAsync(await _bench.NewUserAsync(), stranger);
        var asked = (await _bench.Assertions.AskUserAsync(_bench.Context, _user, PasskeyBench.Thread, TimeSpan.FromHours(1), besideKnowledge: true, CancellationToken.None)).ShouldNotBeNull();

        (await _bench.AnswerAsync(asked, stranger.Get(asked.Options))).ShouldBeOfType<AssertionResult.Refused>().Reason.ShouldBe(PasskeyRefusal.UnknownCredential);
        (await _bench.AnswerAsync(asked, _authenticator.Get(asked.Options))).ShouldBeOfType<AssertionResult.Verified>();
    }

    [Fact]
    public async Task AsksAKnownUserForTheirOwnOnly()
    {
        using var stranger = new SoftwareAuthenticator();
        await _bench.RegisteredAsync(await _bench.NewUserAsync(), stranger);

        var asked = (await _bench.Assertions.AskUserAsync(_bench.Context, _user, PasskeyBench.Thread, TimeSpan.FromHours(1), besideKnowledge: true, CancellationToken.None)).ShouldNotBeNull();

        asked.Options.ShouldContain(System.Buffers.Text.Base64Url.EncodeToString(_authenticator.CredentialId));
        asked.Options.ShouldNotContain(System.Buffers.Text.Base64Url.EncodeToString(stranger.CredentialId));
    }

    [Fact]
    public async Task Refuses_WhenAnswerIsReplayed()
    {
        _authenticator.SignCount = 0;
        var asked = await _bench.AskAsync();
        using var uncounted = new SoftwareAuthenticator { SignCount = 0 };
        await _bench.RegisteredAsync(_user, uncounted);
        var answer = uncounted.Get(asked.Options);

        (await _bench.AnswerAsync(asked, answer)).ShouldBeOfType<AssertionResult.Verified>();
        (await _bench.AnswerAsync(asked, answer)).ShouldBeOfType<AssertionResult.Refused>().Reason.ShouldBe(PasskeyRefusal.Replayed);
    }

    [Fact]
    public async Task OneGetsIn_WhenAnswerIsReplayedManyTimesAtOnce()
    {
        using var uncounted = new SoftwareAuthenticator { SignCount = 0 };
        await _bench.RegisteredAsync(_user, uncounted);
        var asked = await _bench.AskAsync();
        var answer = uncounted.Get(asked.Options);
        var binding = _bench.Context.Items.ToList();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var other = new PasskeyBench(host.Pages);
            binding.ForEach(item => other.Context.Items[item.Key] = item.Value);
            return await other.AnswerAsync(asked, answer);
        }));

        results.OfType<AssertionResult.Verified>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Refuses_WhenChallengeIsAnotherTransactions()
    {
        var asked = await _bench.AskAsync();

        (await _bench.AnswerAsync(asked, _authenticator.Get(asked.Options), "another thread")).ShouldBeOfType<AssertionResult.Refused>().Reason.ShouldBe(PasskeyRefusal.Challenge);
    }

    [Fact]
    public async Task Refuses_WhenChallengeIsAnotherBrowsers()
    {
        var asked = await _bench.AskAsync();
        await using var elsewhere = new PasskeyBench(host.Pages);
        await elsewhere.AskAsync();

        (await elsewhere.AnswerAsync(asked, _authenticator.Get(asked.Options))).ShouldBeOfType<AssertionResult.Refused>().Reason.ShouldBe(PasskeyRefusal.Challenge);
    }

    [Fact]
    public async Task Refuses_WhenChallengeIsTooOld()
    {
        var asked = await _bench.AskAsync();
        host.Pages.Time.Advance(TimeSpan.FromHours(1));

        (await _bench.AnswerAsync(asked, _authenticator.Get(asked.Options))).ShouldBeOfType<AssertionResult.Refused>().Reason.ShouldBe(PasskeyRefusal.Challenge);
    }

    [Fact]
    public async Task Refuses_WhenChallengeWasForARegistration()
    {
        var registration = (await _bench.Registrations.AskAsync(_bench.Context, _user, PasskeyBench.Thread, silently: false, CancellationToken.None)).ShouldNotBeNull();

        (await _bench.AnswerAsync(registration, _authenticator.Get(registration.Options))).ShouldBeOfType<AssertionResult.Refused>().Reason.ShouldBe(PasskeyRefusal.Challenge);
    }

    [Fact]
    public async Task Refuses_WhenChallengeWasForAnotherHost()
    {
        var asked = await _bench.AskAsync();
        _bench.Context.Request.Host = new HostString("other.test");

        (await _bench.AnswerAsync(asked, _authenticator.Get(asked.Options))).ShouldBeOfType<AssertionResult.Refused>().Reason.ShouldBe(PasskeyRefusal.Challenge);
        (await _bench.Assertions.AskAnyAsync(_bench.Context, PasskeyBench.Thread, TimeSpan.FromHours(1))).ShouldBeNull();
    }

    [Fact]
    public async Task Refuses_WhenCounterWentBack()
    {
        (await _bench.SignInAsync(_authenticator)).ShouldBeOfType<AssertionResult.Verified>();
        _authenticator.SignCount = 1;

        (await RefusedAsync(_authenticator)).Reason.ShouldBe(PasskeyRefusal.CounterRegressed);
    }

    [Fact]
    public async Task Refuses_WhenAClonesCounterIsUsedUp()
    {
        _authenticator.SignCount = 7;
        (await _bench.SignInAsync(_authenticator)).ShouldBeOfType<AssertionResult.Verified>();

        // The copy was made before: it counts to 7 too.
        (await RefusedAsync(_authenticator)).Reason.ShouldBe(PasskeyRefusal.CounterRegressed);

        // The original goes on.
        _authenticator.SignCount = 8;
        (await _bench.SignInAsync(_authenticator)).ShouldBeOfType<AssertionResult.Verified>();
    }

    [Fact]
    public async Task OneGetsIn_WhenCloneAndOriginalRace()
    {
        _authenticator.SignCount = 9;
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            await using var bench = new PasskeyBench(host.Pages);
            AskedCeremony asked = await bench.AskAsync();
            string answer;
            lock (_authenticator)
            {
                answer = _authenticator.Get(asked.Options);
            }

            return await bench.AnswerAsync(asked, answer);
        }));

        results.OfType<AssertionResult.Verified>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Refuses_WhenUserIsShutOut()
    {
        await _bench.Get<UserDirectory>().SetDisabledAsync(_user, disabled: true, CancellationToken.None);

        (await RefusedAsync(_authenticator)).Reason.ShouldBe(PasskeyRefusal.UserShutOut);
    }

    [Fact]
    public async Task VerificationCountsLater_WhenPasskeyWasMadeWithoutIt()
    {
        using var silent = new SoftwareAuthenticator { Flags = AuthenticatorFlags.None };
        (await _bench.RegisterAsync(_user, silent, silently: true)).ShouldBeOfType<RegistrationResult.Registered>();
        silent.Flags = AuthenticatorFlags.UserPresent | AuthenticatorFlags.UserVerified;

        // Alone it is one factor: whoever found the unlocked device could have set the PIN.
        (await _bench.SignInAsync(silent)).ShouldBeOfType<AssertionResult.Verified>().Assertion.IsUserVerified.ShouldBeFalse();

        // Beside another factor it is believed, and from then on.
        var asked = (await _bench.Assertions.AskUserAsync(_bench.Context, _user, PasskeyBench.Thread, TimeSpan.FromHours(1), besideKnowledge: true, CancellationToken.None)).ShouldNotBeNull();
        (await _bench.AnswerAsync(asked, silent.Get(asked.Options))).ShouldBeOfType<AssertionResult.Verified>().Assertion.IsUserVerified.ShouldBeTrue();
        (await _bench.SignInAsync(silent)).ShouldBeOfType<AssertionResult.Verified>().Assertion.IsUserVerified.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"id\":\"AA\"}")]
    [InlineData("{\"id\":\"AA\",\"response\":{\"authenticatorData\":\"***\"}}")]
    [InlineData("{\"id\":\"AA\",\"id\":\"AB\",\"response\":{}}")]
    [InlineData("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}}}")]
    public async Task Refuses_WhenAnswerIsMalformed(string answer)
    {
        (await _bench.AnswerAsync(await _bench.AskAsync(), answer)).ShouldBeOfType<AssertionResult.Refused>().Reason.ShouldBe(PasskeyRefusal.Malformed);
    }

    [Fact]
    public async Task Refuses_WhenSealedChallengeIsForged()
    {
        var asked = await _bench.AskAsync();

        foreach (var forged in new[] { string.Empty, "AAAA", asked.Challenge[..^2], new string('A', 100_000) })
        {
            (await _bench.AnswerAsync(asked with { Challenge = forged }, _authenticator.Get(asked.Options))).ShouldBeOfType<AssertionResult.Refused>().Reason.ShouldBe(PasskeyRefusal.Challenge);
        }
    }

    private async Task RefusesAsync(Action<SoftwareAuthenticator> breakOneThing, PasskeyRefusal reason)
    {
        breakOneThing(_authenticator);
        (await RefusedAsync(_authenticator)).Reason.ShouldBe(reason);
    }

    private async Task<AssertionResult.Refused> RefusedAsync(SoftwareAuthenticator authenticator) =>
        (await _bench.SignInAsync(authenticator)).ShouldBeOfType<AssertionResult.Refused>();
}
