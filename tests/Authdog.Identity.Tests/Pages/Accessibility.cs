using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;

namespace Authdog.Identity.Tests.Pages;

/// <summary>Looks at pages as WCAG 2.2 AA does (axe-core, installed once beside the tests), and takes pictures where <c>AUTHDOG_SCREENSHOTS</c> names a folder.</summary>
internal sealed class Accessibility(string script)
{
    private static readonly string[] All = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

    // What colours and width can change in the same document.
    private static readonly string[] Looks = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"];

    private const string Run = """
        async ([type, values]) => JSON.stringify((await axe.run(document, { runOnly: { type, values }, rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] }))
          .violations.map(v => `${v.id}: ${v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | ')}`))
        """;

    /// <summary>What is wrong with what was looked at, one line each.</summary>
    public List<string> Problems { get; } = [];

    public static async Task<Accessibility> InstallAsync()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Pages", "axe");
        var script = Path.Combine(folder, "node_modules", "axe-core", "axe.min.js");
        if (!File.Exists(script))
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--prefix", folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            await npm.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
            npm.ExitCode.ShouldBe(0);
        }

        return new Accessibility(await File.ReadAllTextAsync(script));
    }

    /// <summary>Looks at the page that is shown: light and wide, then dark and as narrow as WCAG 1.4.10 asks for.</summary>
    public async Task LookAsync(IPage page, string name)
    {
        await page.SetViewportSizeAsync(1280, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await LookOnceAsync(page, name + " (light, 1280)", "tag", All);
        await page.SetViewportSizeAsync(320, 700);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await LookOnceAsync(page, name + " (dark, 320)", "rule", Looks);
    }

    private async Task LookOnceAsync(IPage page, string name, string type, string[] values)
    {
        if (Environment.GetEnvironmentVariable("AUTHDOG_SCREENSHOTS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }

        if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") > 0)
        {
            Problems.Add($"{name}: scrolls sideways");
        }

        // Through the debugger: the page's own policy lets no foreign script in, and must not be loosened for a test.
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            await page.EvaluateAsync(script);
        }

        Problems.AddRange(JsonSerializer.Deserialize<string[]>(await page.EvaluateAsync<string>(Run, new object[] { type, values }))!.Select(problem => $"{name}: {problem}"));
    }
}
