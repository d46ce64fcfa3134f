using Microsoft.Playwright;

namespace Authdog.Gateway.Tests.Journeys;

/// <summary>Pictures of pages for people to look at, written when <c>AUTHDOG_SCREENSHOTS</c> names a folder.</summary>
internal static class Screenshots
{
    public static async Task TakeAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("AUTHDOG_SCREENSHOTS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }
}
