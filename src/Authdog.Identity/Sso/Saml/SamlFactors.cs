using System.Collections.Immutable;
using Authdog.Identity.Sessions;

namespace Authdog.Identity.Sso.Saml;

/// <summary>What a sign-in at an identity provider is worth here: one kind of proof, or two where the connection believes the class of authentication that came back.</summary>
internal static class SamlFactors
{
    private const string Classes = "urn:oasis:names:tc:SAML:2.0:ac:classes:";

    /// <summary>The kinds of a class of authentication.</summary>
    public static FactorKinds KindsOf(string? context, SamlSettings settings) =>
        context is not null && settings.MultiFactorContexts.Contains(context, StringComparer.Ordinal) ? FactorKinds.Knowledge | FactorKinds.Possession : FactorKinds.Knowledge;

    /// <summary>Methods (RFC 8176) of a class that names one; empty for those that do not.</summary>
    public static ImmutableArray<string> AmrOf(string? context) => context switch
    {
        Classes + "Password" or Classes + "PasswordProtectedTransport" => ["pwd"],
        Classes + "Kerberos" or "urn:federation:authentication:windows" => ["wia"],
        Classes + "Smartcard" or Classes + "SmartcardPKI" => ["sc"],
        _ => [],
    };
}
