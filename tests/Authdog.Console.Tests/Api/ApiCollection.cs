namespace Authdog.Console.Tests.Api;

/// <summary>Tests that share one host, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class ApiCollection : ICollectionFixture<ApiHost>
{
    public const string Name = "api";
}
