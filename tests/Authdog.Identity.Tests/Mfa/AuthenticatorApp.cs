using System.Text.RegularExpressions;
using Authdog.Identity.Mfa;
using Authdog.Identity.Tests.Pages;

namespace Authdog.Identity.Tests.Mfa;

/// <summary>An authenticator app in somebody's hand, fed with what the setup page shows.</summary>
public sealed partial class AuthenticatorApp(PagesHost host, byte[] seed)
{
    private IReadOnlyList<string> _codes = [];

    /// <summary>Recovery codes that were shown with it.</summary>
    public IReadOnlyList<string> RecoveryCodes => _codes;

    /// <summary>The code that it shows now.</summary>
    public string Code => Totp.Code(seed, Totp.StepAt(host.Time.GetUtcNow()));

    /// <summary>A code that is right at no time near now.</summary>
    public string WrongCode => Enumerable.Range(0, 10).Select(i => $"{i}{i}{i}{i}{i}{i}").First(code => Totp.Match(seed, code, host.Time.GetUtcNow()) is null);

    /// <summary>Waits for the next code.</summary>
    public string NextCode()
    {
        host.Time.Advance(TimeSpan.FromSeconds(30));
        return Code;
    }

    /// <summary>Sets one up from the account page of somebody who has just signed in.</summary>
    public static async Task<AuthenticatorApp> SetUpAsync(PagesHost host, Browser browser)
    {
        var (app, answer) = await ConfirmAsync(host, browser, await browser.GetAsync(MfaEndpoints.AddPath));
        answer.Status.ShouldBe(System.Net.HttpStatusCode.OK, answer.Html);
        app.RecoveryCodes.Count.ShouldBe(10);
        return app;
    }

    /// <summary>Types the first code of what a setup page shows.</summary>
    public static async Task<(AuthenticatorApp App, ReceivedPage Answer)> ConfirmAsync(PagesHost host, Browser browser, ReceivedPage setup)
    {
        var app = Read(host, setup.Html);
        var answer = await browser.SubmitAsync(setup, ("code", app.Code), ("name", "Phone"));
        app._codes = [.. Codes().Matches(answer.Html).Select(match => match.Groups[1].Value)];
        return (app, answer);
    }

    /// <summary>One that was fed with a setup page.</summary>
    public static AuthenticatorApp Read(PagesHost host, string html) => new(host, Decode(Key().Match(html).Groups[1].Value));

    private static byte[] Decode(string key)
    {
        var bits = string.Concat(key.Where(c => c != ' ').Select(c => Convert.ToString(Base32.Standard.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    [GeneratedRegex("<code class=\"key\">([A-Z2-7 ]+)</code>")]
    private static partial Regex Key();

    [GeneratedRegex("<li><code>([0-9a-z-]+)</code></li>")]
    private static partial Regex Codes();
}
