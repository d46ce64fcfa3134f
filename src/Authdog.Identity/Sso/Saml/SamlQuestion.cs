using System.Text.Json;
using Authdog.Protocols.Saml.Requests;

namespace Authdog.Identity.Sso.Saml;

/// <summary>What a login has asked an identity provider; kept with the login until the answer comes.</summary>
/// <param name="Request">What is needed to judge the answer.</param>
/// <param name="Origin">Where the browser was, when on another host than the one that takes answers; null otherwise.</param>
internal sealed record SamlQuestion(OutstandingAuthnRequest Request, string? Origin)
{
    public string Write() => JsonSerializer.Serialize(this);

    public static SamlQuestion Read(string payload) => JsonSerializer.Deserialize<SamlQuestion>(payload) ?? throw new JsonException("The question is null.");
}
