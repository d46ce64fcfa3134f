using System.Globalization;
using System.Text.RegularExpressions;
using Authdog.Identity.Challenges;
using Authdog.Identity.Tests.Pages;

namespace Authdog.Identity.Tests.Challenges;

/// <summary>Does what the challenge page's script does.</summary>
internal static partial class Solver
{
    /// <summary>The number that solves the page's work.</summary>
    public static string Solve(ReceivedPage page) => ProofOfWork.Solve(Id(page), Bits(page));

    /// <summary>The work's id.</summary>
    public static string Id(ReceivedPage page) => Work().Match(page.Html).Groups[1].Value;

    /// <summary>Its difficulty.</summary>
    public static int Bits(ReceivedPage page) => int.Parse(Work().Match(page.Html).Groups[2].Value, CultureInfo.InvariantCulture);

    /// <summary>Solves the page's work and sends it.</summary>
    public static Task<ReceivedPage> PassAsync(Browser browser, ReceivedPage page) => browser.SubmitAsync(page, ("challenge-work", Solve(page)));

    [GeneratedRegex("data-work=\"([0-9a-f]{32})\" data-bits=\"(\\d+)\"")]
    private static partial Regex Work();
}
