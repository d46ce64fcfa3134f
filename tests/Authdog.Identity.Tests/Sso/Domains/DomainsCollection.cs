namespace Authdog.Identity.Tests.Sso.Domains;

/// <summary>Tests that share one host and one name server, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class DomainsCollection : ICollectionFixture<DomainsFixture>
{
    public const string Name = "domains";
}
