namespace Authdog.Identity.Tests.Mfa;

/// <summary>Tests that share one host, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class SecondStepsCollection : ICollectionFixture<SecondStepsHost>
{
    public const string Name = "second steps";
}
