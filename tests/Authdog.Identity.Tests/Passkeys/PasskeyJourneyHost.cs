using System.Globalization;
using Authdog.Identity.Tests.Pages;
using Authdog.TestKit;

namespace Authdog.Identity.Tests.Passkeys;

/// <summary>The identity pages under <c>http://localhost</c> and a real Chromium, started once.</summary>
public sealed class PasskeyJourneyHost : IAsyncLifetime
{
    public PasskeyJourneyHost()
    {
        Url = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{FreePort.Next()}");
        Pages = new PagesHost { Reach = new Uri(Url), Listen = Url }.With("Mfa:Roles:admin:Policy", "Required");
    }

    public string Url { get; }

    public PagesHost Pages { get; }

    public Chromium Chromium { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Pages.InitializeAsync();
        Chromium = await Chromium.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Chromium is not null)
        {
            await Chromium.DisposeAsync();
        }

        await Pages.DisposeAsync();
    }
}
