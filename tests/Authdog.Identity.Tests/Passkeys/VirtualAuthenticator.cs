using System.Text.Json;
using Microsoft.Playwright;

namespace Authdog.Identity.Tests.Passkeys;

/// <summary>Chromium's virtual authenticator (DevTools protocol, domain WebAuthn), as the device of one browser tab.</summary>
internal sealed class VirtualAuthenticator
{
    private readonly ICDPSession _session;
    private readonly string _id;

    private VirtualAuthenticator(ICDPSession session, string id) => (_session, _id) = (session, id);

    public static async Task<VirtualAuthenticator> AddAsync(IPage page, bool synced = false)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable", new Dictionary<string, object> { ["enableUI"] = false });
        var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["ctap2Version"] = "ctap2_1",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
                ["defaultBackupEligibility"] = synced,
                ["defaultBackupState"] = synced,
            },
        });
        return new VirtualAuthenticator(session, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>Whether fingerprint, face or PIN are right.</summary>
    public Task VerifyAsync(bool verified) => SendAsync("setUserVerified", ("isUserVerified", verified));

    /// <summary>Takes over a credential.</summary>
    public Task AddAsync(SoftwareAuthenticator credential) => SendAsync("addCredential", ("credential", new Dictionary<string, object>
    {
        ["credentialId"] = Convert.ToBase64String(credential.CredentialId),
        ["isResidentCredential"] = true,
        ["rpId"] = credential.RelyingPartyId,
        ["privateKey"] = Convert.ToBase64String(credential.PrivateKey()),
        ["userHandle"] = Convert.ToBase64String(credential.RegisteredHandle),
        ["signCount"] = (int)credential.Counted,
    }));

    /// <summary>Takes the device away.</summary>
    public Task LeaveAsync() => SendAsync("removeVirtualAuthenticator");

    public async Task<IReadOnlyList<JsonElement>> CredentialsAsync() =>
        [.. (await SendAsync("getCredentials"))!.Value.GetProperty("credentials").EnumerateArray()];

    public Task RemoveAsync(JsonElement credential) => SendAsync("removeCredential", ("credentialId", credential.GetProperty("credentialId").GetString()!));

    /// <summary>Puts a credential back with another counter, as a copy would have it.</summary>
    public async Task SetCounterAsync(JsonElement credential, int count)
    {
        await RemoveAsync(credential);
        var copy = credential.EnumerateObject().ToDictionary(property => property.Name, property => (object)property.Value);
        copy["signCount"] = count;
        await SendAsync("addCredential", ("credential", copy));
    }

    private Task<JsonElement?> SendAsync(string method, params (string Name, object Value)[] arguments)
    {
        var all = arguments.ToDictionary(argument => argument.Name, argument => argument.Value);
        all["authenticatorId"] = _id;
        return _session.SendAsync("WebAuthn." + method, all);
    }
}
