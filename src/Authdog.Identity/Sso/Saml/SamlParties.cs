using Authdog.Protocols.Saml.Keys;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Responses;

namespace Authdog.Identity.Sso.Saml;

/// <summary>Both sides of a connection, ready for use; made once for each version of it.</summary>
/// <param name="Settings">What it is set to.</param>
/// <param name="Self">This gateway.</param>
/// <param name="Provider">The identity provider; null while nothing is known of it.</param>
/// <param name="Rules">What is demanded of responses.</param>
internal sealed record SamlParties(SamlSettings Settings, SamlServiceProvider Self, SamlIdentityProvider? Provider, SamlResponseRules Rules)
{
    /// <summary>Whether requests are signed.</summary>
    public bool SignsRequests => Settings.SignRequests || Provider?.WantAuthnRequestsSigned is true;

    /// <summary>How far the two clocks may differ.</summary>
    public TimeSpan ClockSkew => Rules.ClockSkew;

    /// <summary>What settings know of the identity provider; null while that is nothing.</summary>
    public static SamlIdentityProvider? ProviderOf(SamlSettings settings) => settings.EntityId is not { } entityId ? null : new SamlIdentityProvider
    {
        EntityId = entityId,
        SigningCertificates = [.. settings.Certificates.Select(static text => PinnedCertificate.TryParse(text, out var certificate, out _) ? certificate : null).OfType<PinnedCertificate>()],
        SingleSignOn = settings.SingleSignOn,
        SingleLogout = settings.SingleLogout,
        WantAuthnRequestsSigned = settings.WantAuthnRequestsSigned,
    };
}
