using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Passkeys;
using Authdog.Identity.Users;

namespace Authdog.Identity.Tests.Passkeys;

/// <summary>The test vectors of WebAuthn Level 3, section 16 (<c>webauthn-vectors.json</c> names the version).</summary>
[Trait("Threat", "I7")]
public sealed class VectorTests(VectorHost host) : IClassFixture<VectorHost>
{
    [Theory]
    [InlineData("none-es256", null)]
    [InlineData("packed-self-es256", null)]
    [InlineData("none-es256-long-credential-id", null)]
    [InlineData("packed-es256", "packed")]
    [InlineData("packed-es384", "packed")]
    [InlineData("packed-es512", "packed")]
    [InlineData("packed-rs256", "packed")]
    [InlineData("tpm-es256", "tpm")]
    [InlineData("android-key-es256", null)] // Names neither origin nor purpose in the hardware's list.
    [InlineData("apple-es256", "apple")]
    [InlineData("fido-u2f-es256", "fido-u2f")]
    public async Task RegistersAndSignsIn(string name, string? attested)
    {
        await using var bench = new PasskeyBench(host.Pages);
        var user = await bench.NewUserAsync();

        var passkey = (await RegisterAsync(bench, user, Vector(name))).ShouldBeOfType<RegistrationResult.Registered>().Passkey;
        passkey.AttestationFormat.ShouldBe(attested);

        (await SignInAsync(bench, user, Vector(name))).ShouldBeOfType<AssertionResult.Verified>().Assertion.User.Id.ShouldBe(user.Id);
        await bench.Passkeys.RemoveAsync(user, passkey.Id, CancellationToken.None);
    }

    [Theory]
    [InlineData("none-es256-crossOrigin")] // No page of the gateway can be framed.
    [InlineData("none-es256-topOrigin")]
    [InlineData("packed-eddsa")] // Not offered: .NET has neither curve.
    [InlineData("packed-ed448")]
    public async Task Refuses_WhatIsNotOffered(string name)
    {
        await using var bench = new PasskeyBench(host.Pages);
        var user = await bench.NewUserAsync();

        (await RegisterAsync(bench, user, Vector(name))).ShouldBeOfType<RegistrationResult.Refused>().Reason.ShouldBe(PasskeyRefusal.NotVerified);
    }

    [Theory]
    [InlineData("packed-es256", true)]
    [InlineData("packed-es384", false)] // Attested, and another model.
    [InlineData("packed-self-es256", false)] // Says to be what it likes.
    [InlineData("none-es256", false)]
    [InlineData("tpm-es256", true)] // Up to roots that are named for that model.
    [InlineData("apple-es256", true)]
    [InlineData("fido-u2f-es256", true)]
    [InlineData("android-key-es256", false)]
    public async Task OnlyAllowedModelsAreRegistered_WhenModelsAreRestricted(string name, bool allowed)
    {
        var aaguid = AuthenticatorClaims.Parse(AttestationObject.Parse(Convert.FromHexString(Vector(allowed ? name : "packed-es256").GetProperty("registration").GetProperty("attestationObject").GetString()!))!.AuthenticatorData)!.Aaguid;
        var own = AuthenticatorClaims.Parse(AttestationObject.Parse(Convert.FromHexString(Vector(name).GetProperty("registration").GetProperty("attestationObject").GetString()!))!.AuthenticatorData)!.Aaguid;
        var list = name == "packed-es384" ? $"\"{aaguid:D}\"" : $"\"{aaguid:D}\", \"{own:D}\"";
        await using var bench = new PasskeyBench(host.Pages, settings: "{ \"Passkeys\": { \"AllowedAuthenticators\": [" + list + "] } }");

        var user = await bench.NewUserAsync();
        var result = await RegisterAsync(bench, user, Vector(name));

        if (allowed)
        {
            await bench.Passkeys.RemoveAsync(user, result.ShouldBeOfType<RegistrationResult.Registered>().Passkey.Id, CancellationToken.None);
        }
        else
        {
            result.ShouldBeOfType<RegistrationResult.Refused>().Reason.ShouldBe(PasskeyRefusal.AuthenticatorNotAllowed);
        }
    }

    [Fact]
    public void EveryVectorIsPlayed() => host.Document.GetProperty("vectors").GetArrayLength().ShouldBe(15);

    // What the vectors asked: the challenge of a ceremony of ours, exchanged for theirs.
    private static async Task<RegistrationResult> RegisterAsync(PasskeyBench bench, User user, JsonElement vector)
    {
        var registration = vector.GetProperty("registration");
        var asked = (await bench.Registrations.AskAsync(bench.Context, user, PasskeyBench.Thread, silently: false, CancellationToken.None)).ShouldNotBeNull();
        var answer = Credential(vector, new JsonObject { ["clientDataJSON"] = Text(registration, "clientDataJSON"), ["attestationObject"] = Text(registration, "attestationObject") });
        return await bench.RegisterAsync(user, Exchange(bench, asked, PasskeyPurpose.Register, Text(registration, "challenge")), answer);
    }

    private static async Task<AssertionResult> SignInAsync(PasskeyBench bench, User user, JsonElement vector)
    {
        var authentication = vector.GetProperty("authentication");
        var asked = await bench.AskAsync();
        var answer = Credential(vector, new JsonObject
        {
            ["clientDataJSON"] = Text(authentication, "clientDataJSON"),
            ["authenticatorData"] = Text(authentication, "authenticatorData"),
            ["signature"] = Text(authentication, "signature"),
            ["userHandle"] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(user.Id.ToString("D"))),
        });
        return await bench.AnswerAsync(Exchange(bench, asked, PasskeyPurpose.SignIn, Text(authentication, "challenge")), answer);
    }

    private static AskedCeremony Exchange(PasskeyBench bench, AskedCeremony asked, PasskeyPurpose purpose, string challenge)
    {
        var challenges = bench.Get<PasskeyChallenges>();
        var opened = challenges.Open(bench.Context, asked.Challenge, TenantId.Default, PasskeyBench.Thread, purpose).ShouldNotBeNull();
        var state = JsonNode.Parse(opened.State)!;
        state["challenge"] = Convert.ToBase64String(Base64Url.DecodeFromChars(challenge));
        return asked with { Challenge = challenges.Seal(opened with { State = state.ToJsonString() }) };
    }

    private static string Credential(JsonElement vector, JsonObject response)
    {
        var id = Text(vector, "credentialId");
        return new JsonObject { ["id"] = id, ["rawId"] = id, ["type"] = "public-key", ["clientExtensionResults"] = new JsonObject(), ["response"] = response }.ToJsonString();
    }

    private JsonElement Vector(string name) => host.Document.GetProperty("vectors").EnumerateArray().Single(vector => vector.GetProperty("name").GetString() == name);

    private static string Text(JsonElement parent, string name) => Base64Url.EncodeToString(Convert.FromHexString(parent.GetProperty(name).GetString()!));
}
