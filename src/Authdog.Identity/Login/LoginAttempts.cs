using System.Net;
using System.Net.Sockets;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Redis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Login;

/// <summary>Counts tries at an account and from a client network, before the try is judged, so that a thousand at once are a thousand (I2). An address without an account is counted like any other (I1).</summary>
/// <remarks>
/// Two counts: many within the window make an account rest, and a hundred wrong ones in a row end the password until a new one is chosen by mail
/// (NIST SP 800-63B-4, section 3.2.2). Both are in the shared store: they survive a restart, and racing tries cannot pass them.
/// </remarks>
public sealed class LoginAttempts(CounterStore counters, KnownBrowsers browsers, IOptions<LoginOptions> options)
{
    /// <summary>The kind of tries that the password's are.</summary>
    private const string Password = "login";

    private const string AddressPurpose = "login-address";
    private const string IdentifyPurpose = "login-identify";

    // Typing the address again, or for another account, is no try at a password; each time is a record in the store, though (B18).
    private const int IdentifiersForEachTry = 3;
    private const string RowPurpose = "login-row";

    /// <summary>Wrong tries in a row that a password survives.</summary>
    internal const int TriesInARow = 100;

    private static readonly TimeSpan s_untilRecovery = TimeSpan.FromDays(30);

    /// <summary>Counts one try at the password; how long to wait when it is one too many, null to go on.</summary>
    public Task<TimeSpan?> BeginAsync(HttpContext context, TenantId tenant, EmailAddress email, CancellationToken cancellationToken) =>
        BeginAsync(context, tenant, email, Password, cancellationToken);

    /// <summary>Counts one try at a method's secret; how long to wait when it is one too many, null to go on. Each method has counts of its own.</summary>
    public async Task<TimeSpan?> BeginAsync(HttpContext context, TenantId tenant, EmailAddress email, string method, CancellationToken cancellationToken)
    {
        var window = options.Value.AttemptWindow;
        var fromAddress = await counters.IncrementAsync(tenant, AddressPurpose, Network(context.Connection.RemoteIpAddress), window, cancellationToken);
        if (fromAddress > options.Value.AttemptsPerAddress)
        {
            return window;
        }

        var (purpose, subject) = AccountCounter(context, tenant, email, method);
        var atAccount = await counters.IncrementAsync(tenant, purpose, subject, window, cancellationToken);
        if (atAccount > options.Value.AttemptsPerAccount)
        {
            return window;
        }

        // Only what is judged counts here: nobody can end a password by tries that were refused.
        var inARow = await CountRowAsync(tenant, purpose, subject, cancellationToken);
        if (inARow > TriesInARow && purpose == BrowserPurpose(method))
        {
            // A known browser's own row is used up: from here on it is a stranger, and what ends a stranger's row ends its row too.
            inARow = await CountRowAsync(tenant, AccountPurpose(method), email.Normalized, cancellationToken);
        }

        return inARow > TriesInARow ? s_untilRecovery : null;
    }

    /// <summary>Counts an address that was typed; false when this client network has typed too many.</summary>
    public async Task<bool> MayIdentifyAsync(HttpContext context, TenantId tenant, CancellationToken cancellationToken) =>
        await counters.IncrementAsync(tenant, IdentifyPurpose, Network(context.Connection.RemoteIpAddress), options.Value.AttemptWindow, cancellationToken)
            <= (long)IdentifiersForEachTry * options.Value.AttemptsPerAddress;

    /// <summary>What was counted by <see cref="MayIdentifyAsync"/> led to a proof that cannot be guessed: takes it back from the client network, where a whole company may sit.</summary>
    public Task IdentifiedAsync(HttpContext context, TenantId tenant, CancellationToken cancellationToken) =>
        counters.TakeBackAsync(tenant, IdentifyPurpose, Network(context.Connection.RemoteIpAddress), cancellationToken);

    /// <summary>Says how long to wait.</summary>
    public static string Explain(PageTexts texts, TimeSpan wait) =>
        wait == s_untilRecovery ? texts["Throttled.Locked"] : texts.Format("Throttled.Text", (int)Math.Ceiling(wait.TotalMinutes));

    /// <summary>Whether the wait is for no short time, but until the secret is replaced.</summary>
    public static bool IsUntilRecovery(TimeSpan wait) => wait == s_untilRecovery;

    /// <summary>The password was right: forgets the account's wrong tries and takes this one back from the client network, where a whole company may sit.</summary>
    public Task SucceededAsync(HttpContext context, TenantId tenant, EmailAddress email, CancellationToken cancellationToken) =>
        SucceededAsync(context, tenant, email, Password, cancellationToken);

    /// <summary>A method's secret was right: forgets the account's wrong tries at it and takes this one back from the client network.</summary>
    public async Task SucceededAsync(HttpContext context, TenantId tenant, EmailAddress email, string method, CancellationToken cancellationToken)
    {
        var network = Network(context.Connection.RemoteIpAddress);
        await counters.TakeBackAsync(tenant, AddressPurpose, network, cancellationToken);
        await counters.TakeBackAsync(tenant, IdentifyPurpose, network, cancellationToken);
        var (purpose, subject) = AccountCounter(context, tenant, email, method);
        await ForgetAsync(tenant, purpose, subject, cancellationToken);
    }

    /// <summary>The owner has proved to be one by mail: the wait at the password is over, and this browser is known.</summary>
    public async Task ForgiveAsync(HttpContext context, TenantId tenant, EmailAddress email, CancellationToken cancellationToken)
    {
        await ForgetAsync(context, tenant, email, Password, cancellationToken);
        browsers.Remember(context, tenant, email, []);
    }

    /// <summary>The owner has replaced a method's secret, or proved to be one by something as strong: nothing is held against the method any more.</summary>
    public async Task ForgetAsync(HttpContext context, TenantId tenant, EmailAddress email, string method, CancellationToken cancellationToken)
    {
        await ForgetAsync(tenant, AccountPurpose(method), email.Normalized, cancellationToken);
        var (purpose, subject) = AccountCounter(context, tenant, email, method);
        if (purpose != AccountPurpose(method))
        {
            await ForgetAsync(tenant, purpose, subject, cancellationToken);
        }
    }

    /// <summary>The client's network: an IPv4 address, or the /64 that an IPv6 client can choose from.</summary>
    public static string Network(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily is AddressFamily.InterNetworkV6 ? new IPNetwork(new IPAddress([.. address.GetAddressBytes()[..8], 0, 0, 0, 0, 0, 0, 0, 0]), 64).ToString() : address.ToString();
    }

    private Task<long> CountRowAsync(TenantId tenant, string purpose, string subject, CancellationToken cancellationToken) =>
        counters.IncrementAsync(tenant, RowPurpose, $"{purpose}\n{subject}", s_untilRecovery, cancellationToken);

    private async Task ForgetAsync(TenantId tenant, string purpose, string subject, CancellationToken cancellationToken)
    {
        await counters.ResetAsync(tenant, purpose, subject, cancellationToken);
        await counters.ResetAsync(tenant, RowPurpose, $"{purpose}\n{subject}", cancellationToken);
    }

    private static string AccountPurpose(string method) => method + "-account";

    private static string BrowserPurpose(string method) => method + "-browser";

    // A browser is known at a second factor only by having passed it: to have the password, or the mailbox, is not enough for tries of one's own.
    private (string Purpose, string Subject) AccountCounter(HttpContext context, TenantId tenant, EmailAddress email, string method) =>
        browsers.Find(context, tenant, email) is { } browser && (method == Password || browser.Methods.Contains(method))
            ? (BrowserPurpose(method), $"{email.Normalized}\n{browser.Id}")
            : (AccountPurpose(method), email.Normalized);
}
