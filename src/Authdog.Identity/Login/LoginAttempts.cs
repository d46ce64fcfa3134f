using System.Net;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Redis.Rates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Login;

/// <summary>Counts tries at an account, from a client network, of both together and at the tenant, before the try is judged, so that a thousand at once are a thousand (I2). An address without an account is counted like any other (I1).</summary>
/// <remarks>
/// Two counts of an account: many within the window make it rest, and a hundred wrong ones in a row end the password until a new one is chosen by mail, and a second
/// step until it is set up anew (NIST SP 800-63B-4, section 3.2.2). Nothing but a right try at the same method begins that row again: what its owner proves by another one says nothing of who guesses. All are in the shared store: they survive a restart, and racing tries cannot pass them. A try that one of them
/// refuses counts for none.
/// </remarks>
public sealed class LoginAttempts(RateLimits rates, CeremonyLimits ceremonies, CeremonyReport report, KnownBrowsers browsers, IOptions<LoginOptions> options)
{
    /// <summary>The kind of tries that the password's are.</summary>
    private const string Password = "login";

    private const string IdentifyPurpose = "login-identify";

    // Typing the address again, or for another account, is no try at a password; each time is a record in the store, though (B18).
    private const int IdentifiersForEachTry = 3;

    /// <summary>Wrong tries in a row that a password survives.</summary>
    internal const int TriesInARow = 100;

    private static readonly TimeSpan s_untilRecovery = TimeSpan.FromDays(30);

    // A row of a password is kept of any address that a stranger types, so it ends by itself; one of a second step only of accounts whose first factor was right.
    private static readonly TimeSpan s_secondStepsRow = TimeSpan.FromDays(3650);

    /// <summary>Counts one try at the password; how long to wait when it is one too many, null to go on.</summary>
    public Task<TimeSpan?> BeginAsync(HttpContext context, TenantId tenant, EmailAddress email, CancellationToken cancellationToken) =>
        BeginAsync(context, tenant, email, Password, cancellationToken);

    /// <summary>Counts one try at a method's secret; how long to wait when it is one too many, null to go on. Each method has counts of its own.</summary>
    public async Task<TimeSpan?> BeginAsync(HttpContext context, TenantId tenant, EmailAddress email, string method, CancellationToken cancellationToken)
    {
        var browser = Known(context, tenant, email, method);
        var row = Row(tenant, email, method, browser);
        var asks = Counts(context, tenant, email, method, browser);
        var verdict = await rates.TakeAsync([.. asks.Select(entry => entry.Ask), row], cancellationToken);
        if (verdict.Allowed)
        {
            return null;
        }

        if (browser is not null && verdict.States[^1].IsExceeded)
        {
            // A known browser's own row is used up: from here on it is a stranger, and what ends a stranger's row ends its row too.
            verdict = await rates.TakeAsync([.. asks.Select(entry => entry.Ask), Row(tenant, email, method, browser: null)], cancellationToken);
            if (verdict.Allowed)
            {
                return null;
            }
        }

        for (var i = 0; i < verdict.States.Count; i++)
        {
            if (verdict.States[i].IsExceeded)
            {
                await report.LimitedAsync(tenant, method, i < asks.Count ? asks[i].Scope : "account, in a row", cancellationToken);
            }
        }

        return verdict.States[^1].IsExceeded ? s_untilRecovery : verdict.RetryAfter;
    }

    /// <summary>Counts an address that was typed; false when this client network has typed too many.</summary>
    public async Task<bool> MayIdentifyAsync(HttpContext context, CancellationToken cancellationToken) =>
        (await rates.TakeAsync([Identify(context)], cancellationToken)).Allowed;

    /// <summary>What was counted by <see cref="MayIdentifyAsync"/> led to a proof that cannot be guessed: takes it back from the client network, where a whole company may sit.</summary>
    public Task IdentifiedAsync(HttpContext context, CancellationToken cancellationToken) =>
        rates.GiveBackAsync([Identify(context)], cancellationToken);

    /// <summary>Says how long to wait.</summary>
    public static string Explain(PageTexts texts, TimeSpan wait) =>
        wait == s_untilRecovery ? texts["Throttled.Locked"] : texts.Format("Throttled.Text", (int)Math.Ceiling(wait.TotalMinutes));

    /// <summary>Whether the wait is for no short time, but until the secret is replaced.</summary>
    public static bool IsUntilRecovery(TimeSpan wait) => wait == s_untilRecovery;

    /// <summary>The password was right: forgets the account's wrong tries and takes this one back from the client network, where a whole company may sit.</summary>
    public Task SucceededAsync(HttpContext context, TenantId tenant, EmailAddress email, CancellationToken cancellationToken) =>
        SucceededAsync(context, tenant, email, Password, cancellationToken);

    /// <summary>A method's secret was right: forgets the account's wrong tries at it and takes this one back from the client network and from the tenant.</summary>
    public async Task SucceededAsync(HttpContext context, TenantId tenant, EmailAddress email, string method, CancellationToken cancellationToken)
    {
        var browser = Known(context, tenant, email, method);
        RateAsk[] shared = [Address(context), Identify(context)];
        await Task.WhenAll(
            rates.GiveBackAsync(browser is null ? [.. shared, ceremonies.OfTenant(tenant, method)] : shared, cancellationToken),
            ForgetAsync(context, tenant, email, method, browser, cancellationToken));
    }

    /// <summary>A try at the password that was counted has found no room, and so was no try.</summary>
    public Task NotJudgedAsync(HttpContext context, TenantId tenant, EmailAddress email, CancellationToken cancellationToken)
    {
        var browser = Known(context, tenant, email, Password);
        return rates.GiveBackAsync([.. Counts(context, tenant, email, Password, browser).Select(entry => entry.Ask), Row(tenant, email, Password, browser)], cancellationToken);
    }

    /// <summary>The owner has proved to be one by mail: the wait at the password is over, and this browser is known.</summary>
    public async Task ForgiveAsync(HttpContext context, TenantId tenant, EmailAddress email, CancellationToken cancellationToken)
    {
        await ForgetAsync(context, tenant, email, Password, cancellationToken);
        browsers.Remember(context, tenant, email, []);
    }

    /// <summary>The owner has proved to be one by something as strong: the wait at the method is over. The row of wrong tries goes on.</summary>
    public Task RelieveAsync(HttpContext context, TenantId tenant, EmailAddress email, string method, CancellationToken cancellationToken) =>
        rates.ForgetAsync([Account(tenant, email, method, browser: null), ceremonies.OfPair(tenant, method, email, Network(context.Connection.RemoteIpAddress))], cancellationToken);

    /// <summary>Whether a method of an account was ended by a row of wrong tries.</summary>
    public async Task<bool> IsEndedAsync(TenantId tenant, EmailAddress email, string method, CancellationToken cancellationToken) =>
        (await rates.ReadAsync([Row(tenant, email, method, browser: null)], cancellationToken)).States[0].Remaining == 0;

    /// <summary>The owner has replaced a method's secret: nothing is held against the new one.</summary>
    public async Task ForgetAsync(HttpContext context, TenantId tenant, EmailAddress email, string method, CancellationToken cancellationToken)
    {
        await ForgetAsync(context, tenant, email, method, browser: null, cancellationToken);
        if (Known(context, tenant, email, method) is { } browser)
        {
            await ForgetAsync(context, tenant, email, method, browser, cancellationToken);
        }
    }

    /// <summary>The client's network: an IPv4 address, or the /64 that an IPv6 client can choose from.</summary>
    public static string Network(IPAddress? address) => ClientNetwork.Of(address);

    /// <summary>The count of an account's tries within the window; a known browser has one of its own.</summary>
    internal RateAsk Account(TenantId tenant, EmailAddress email, string method, string? browser) => new(
        tenant,
        browser is null ? $"{method}-account" : $"{method}-browser",
        browser is null ? email.Normalized : $"{email.Normalized}\n{browser}",
        new Rate(options.Value.AttemptsPerAccount, options.Value.AttemptWindow));

    private static RateAsk Row(TenantId tenant, EmailAddress email, string method, string? browser) =>
        new(tenant, $"{method}-row", browser is null ? email.Normalized : $"{email.Normalized}\n{browser}", new Rate(TriesInARow, method == Password ? s_untilRecovery : s_secondStepsRow));

    private List<(string Scope, RateAsk Ask)> Counts(HttpContext context, TenantId tenant, EmailAddress email, string method, string? browser)
    {
        List<(string Scope, RateAsk Ask)> asks = [("network", Address(context)), ("account", Account(tenant, email, method, browser))];
        if (browser is null)
        {
            asks.Add(("account and network", ceremonies.OfPair(tenant, method, email, Network(context.Connection.RemoteIpAddress))));
            asks.Add(("tenant", ceremonies.OfTenant(tenant, method)));
        }

        return asks;
    }

    // A client network belongs to no tenant: whoever may choose the tenant would else have as many tries as there are tenants.
    private RateAsk Address(HttpContext context) =>
        new(TenantId.Default, "login-address", Network(context.Connection.RemoteIpAddress), new Rate(options.Value.AttemptsPerAddress, options.Value.AttemptWindow));

    private RateAsk Identify(HttpContext context) =>
        new(TenantId.Default, IdentifyPurpose, Network(context.Connection.RemoteIpAddress), new Rate(IdentifiersForEachTry * options.Value.AttemptsPerAddress, options.Value.AttemptWindow));

    private Task ForgetAsync(HttpContext context, TenantId tenant, EmailAddress email, string method, string? browser, CancellationToken cancellationToken) => rates.ForgetAsync(
        [Account(tenant, email, method, browser), Row(tenant, email, method, browser), ceremonies.OfPair(tenant, method, email, Network(context.Connection.RemoteIpAddress))],
        cancellationToken);

    // A browser is known at a second factor only by having passed it: to have the password, or the mailbox, is not enough for tries of one's own.
    private string? Known(HttpContext context, TenantId tenant, EmailAddress email, string method) =>
        browsers.Find(context, tenant, email) is { } browser && (method == Password || browser.Methods.Contains(method)) ? browser.Id : null;
}
