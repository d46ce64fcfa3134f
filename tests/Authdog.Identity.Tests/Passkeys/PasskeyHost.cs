using Authdog.Identity.Tests.Pages;

namespace Authdog.Identity.Tests.Passkeys;

/// <summary>A gateway's identity pages that are reached under <c>https://gateway.test</c>.</summary>
public sealed class PasskeyHost : IAsyncLifetime
{
    public PagesHost Pages { get; } = new() { Reach = new Uri("https://gateway.test") };

    public ValueTask InitializeAsync() => Pages.InitializeAsync();

    public ValueTask DisposeAsync() => Pages.DisposeAsync();
}
