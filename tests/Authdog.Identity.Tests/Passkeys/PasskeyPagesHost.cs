using System.Globalization;
using Authdog.Identity.Tests.Pages;
using Authdog.TestKit;

namespace Authdog.Identity.Tests.Passkeys;

/// <summary>The identity pages under <c>http://localhost</c>, the one place where browsers have passkeys without TLS.</summary>
public sealed class PasskeyPagesHost : IAsyncLifetime
{
    public PasskeyPagesHost()
    {
        Url = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{FreePort.Next()}");
        Pages = new PagesHost { Reach = new Uri(Url), Listen = Url };
    }

    public string Url { get; }

    public PagesHost Pages { get; }

    public ValueTask InitializeAsync() => Pages.InitializeAsync();

    public ValueTask DisposeAsync() => Pages.DisposeAsync();
}
