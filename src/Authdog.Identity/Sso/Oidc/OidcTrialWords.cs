namespace Authdog.Identity.Sso.Oidc;

/// <summary>Says in words what a failure means to who sets a connection up. The failures are sentences of ours (<see cref="ExternalFailureException"/>); each is known by a part that stands in no other.</summary>
internal static class OidcTrialWords
{
    // The more certain first.
    private static readonly (string Part, string Text)[] s_words =
    [
        ("names another issuer", "Setup.Why.OidcIssuer"),
        ("discovery:", "Setup.Why.OidcDiscovery"),
        ("keys:", "Setup.Why.OidcKeys"),
        ("invalid_client", "Setup.Why.OidcClient"),
        ("unauthorized_client", "Setup.Why.OidcClient"),
        ("access_denied", "Setup.Why.Status"),
        ("invalid_scope", "Setup.Why.OidcScope"),
        ("redirect_uri", "Setup.Why.OidcRedirect"),
        ("invalid_grant", "Setup.Why.OidcRedirect"),
        ("(alg)", "Setup.Why.OidcAlgorithm"),
        ("(kid)", "Setup.Why.OidcKeys"),
        ("the signature is wrong", "Setup.Why.OidcKeys"),
        ("(iss)", "Setup.Why.OidcIssuer"),
        ("(aud)", "Setup.Why.OidcAudience"),
        ("(azp)", "Setup.Why.OidcAudience"),
        ("exp, nbf", "Setup.Why.Time"),
        ("iat is missing", "Setup.Why.Time"),
        ("encrypted", "Setup.Why.OidcEncryption"),
        ("token:", "Setup.Why.OidcToken"),
        ("pushed request:", "Setup.Why.OidcToken"),
    ];

    /// <summary>Key of the text.</summary>
    public static string Of(string failure) => s_words.FirstOrDefault(word => failure.Contains(word.Part, StringComparison.Ordinal)).Text ?? "Setup.Why.Other";
}
