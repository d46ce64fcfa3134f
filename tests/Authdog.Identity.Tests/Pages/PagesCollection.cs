namespace Authdog.Identity.Tests.Pages;

/// <summary>Tests that share one host, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class PagesCollection : ICollectionFixture<PagesHost>
{
    public const string Name = "pages";
}
