using System.Text.Json.Serialization;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>How a client shows who it is (OpenID Connect Core, section 9).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClientAuthentication>))]
public enum ClientAuthentication
{
    /// <summary>The secret in the <c>Authorization</c> header.</summary>
    [JsonStringEnumMemberName("client_secret_basic")]
    ClientSecretBasic,

    /// <summary>The secret in the form.</summary>
    [JsonStringEnumMemberName("client_secret_post")]
    ClientSecretPost,

    /// <summary>A JWT that the gateway signs with a key of the connection.</summary>
    [JsonStringEnumMemberName("private_key_jwt")]
    PrivateKeyJwt,

    /// <summary>Not at all: a public client, with PKCE alone.</summary>
    [JsonStringEnumMemberName("none")]
    None,
}
