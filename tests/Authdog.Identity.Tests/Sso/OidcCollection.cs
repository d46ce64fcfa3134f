namespace Authdog.Identity.Tests.Sso;

/// <summary>Tests that share one host and one provider, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class OidcCollection : ICollectionFixture<OidcFixture>
{
    public const string Name = "oidc";
}
