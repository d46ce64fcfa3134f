namespace Authdog.Identity.Sso;

/// <summary>Something that a provider is asked directly: in words for the administrator, and what is wrong when it does not answer.</summary>
internal sealed class ProviderCall
{
    /// <summary>The discovery document.</summary>
    public static readonly ProviderCall Discovery = new("discovery", ExternalFault.Discovery);

    /// <summary>The public keys.</summary>
    public static readonly ProviderCall Keys = new("keys", ExternalFault.Keys);

    /// <summary>The token endpoint.</summary>
    public static readonly ProviderCall Token = new("token", ExternalFault.Token);

    /// <summary>The endpoint for pushed requests (RFC 9126).</summary>
    public static readonly ProviderCall PushedRequest = new("pushed request", ExternalFault.Token);

    /// <summary>The userinfo endpoint of OpenID Connect.</summary>
    public static readonly ProviderCall UserInfo = new("userinfo", ExternalFault.UserInfo);

    /// <summary>The endpoint of an OAuth 2.0 provider that says who the person is.</summary>
    public static readonly ProviderCall User = new("user", ExternalFault.UserInfo);

    /// <summary>The endpoint of an OAuth 2.0 provider that lists the person's addresses.</summary>
    public static readonly ProviderCall Addresses = new("addresses", ExternalFault.UserInfo);

    /// <summary>SAML metadata.</summary>
    public static readonly ProviderCall Metadata = new("metadata", ExternalFault.Discovery);

    /// <summary>The address that browsers are sent to, which may send them on.</summary>
    public static readonly ProviderCall SignIn = new("sign-in address", ExternalFault.Other, mayRedirect: true);

    private ProviderCall(string words, ExternalFault fault, bool mayRedirect = false) => (Words, Fault, MayRedirect) = (words, fault, mayRedirect);

    /// <summary>What is asked, in words.</summary>
    public string Words { get; }

    /// <summary>What is wrong when the answer is not as it should be.</summary>
    public ExternalFault Fault { get; }

    /// <summary>Whether a redirect is an answer. It is followed by none.</summary>
    public bool MayRedirect { get; }

    /// <summary>The failure of it.</summary>
    public ExternalFailureException Failed(string why, Exception? inner = null) => new(ExternalRefusal.Unavailable, $"{Words}: {why}", Fault, inner);

    /// <summary>The failure of it by a status.</summary>
    public ExternalFailureException Failed(ProviderResponse response) => Failed($"the provider answered {(int)response.Status}");
}
