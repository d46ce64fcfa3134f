using Microsoft.Playwright;

namespace Authdog.TestKit;

/// <summary>Clicks that lead to another page.</summary>
public static class Clicks
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>Clicks and waits until the page that it leads to is there whole.</summary>
    /// <remarks>A load state that is asked for right after a click can be the new page's that has been: on a busy machine such a wait never ended.</remarks>
    /// <exception cref="TimeoutException">No page came.</exception>
    public static async Task ClickThroughAsync(this IPage page, ILocator button)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(button);
        await page.EvaluateAsync("document.documentElement.dataset.left = 'true'");
        await button.ClickAsync();
        var start = TimeProvider.System.GetTimestamp();
        while (!await HasArrivedAsync(page))
        {
            if (TimeProvider.System.GetElapsedTime(start) > s_patience)
            {
                throw new TimeoutException($"No page came after the click on {page.Url}.");
            }

            await Task.Delay(25);
        }
    }

    private static async Task<bool> HasArrivedAsync(IPage page)
    {
        try
        {
            return await page.EvaluateAsync<bool>("document.readyState === 'complete' && !document.documentElement.dataset.left");
        }
        catch (PlaywrightException)
        {
            // Between two documents.
            return false;
        }
    }
}
