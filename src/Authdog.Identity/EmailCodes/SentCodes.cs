using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.EmailCodes;

/// <summary>Keeps the code of a login until it is used (once), replaced, too old, or tried too often; code and link of one mail end together.</summary>
internal sealed class SentCodes(RecordStore records, OneTimeTokenStore links, CounterStore counters, IOptions<EmailCodeOptions> options, TimeProvider time)
{
    /// <summary>Tries at one code.</summary>
    public const int TriesPerCode = 5;

    /// <summary>Tries at all codes of an address within a day: each sending gives five more at a new code of six digits (I5).</summary>
    public const int TriesPerAddress = 20;

    private const string Kind = "email-code";
    private const string Purpose = "email-link";
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    /// <summary>Makes a code and a link for a login, in place of those sent before.</summary>
    public async Task<(string Code, string Link)> CreateAsync(TenantId tenant, string flow, UserId? user, CancellationToken cancellationToken)
    {
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        SentCode sent = new() { Flow = flow, User = user?.Value, CodeHash = Hash(flow, code), ExpiresAt = time.GetUtcNow() + options.Value.Lifetime };
        await records.TakeAsync<SentCode>(tenant, Kind, flow, cancellationToken);
        await counters.ResetAsync(tenant, Kind, flow, cancellationToken);
        await records.CreateAsync(tenant, Kind, flow, sent, options.Value.Lifetime, cancellationToken);
        return (code, await links.IssueAsync(tenant, Purpose, new SentLink(flow), options.Value.Lifetime, cancellationToken));
    }

    /// <summary>Whether one was sent for this login and still works.</summary>
    public async Task<bool> IsSentAsync(TenantId tenant, string flow, CancellationToken cancellationToken) =>
        await records.FindAsync<SentCode>(tenant, Kind, flow, cancellationToken) is var (sent, _) && time.GetUtcNow() < sent.ExpiresAt;

    /// <summary>The user that a code proves, once; null when it is wrong, too old or tried too often. A try counts before it is judged.</summary>
    public async Task<UserId?> TakeByCodeAsync(TenantId tenant, string flow, EmailAddress email, string? typed, CancellationToken cancellationToken)
    {
        var tries = await counters.IncrementAsync(tenant, Kind, flow, options.Value.Lifetime, cancellationToken);
        var atAddress = await counters.IncrementAsync(tenant, "email-code-address", email.Normalized, s_day, cancellationToken);
        var found = await records.FindAsync<SentCode>(tenant, Kind, flow, cancellationToken);
        var digits = string.Concat((typed ?? string.Empty).Where(char.IsAsciiDigit).Take(7));
        var right = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Hash(flow, digits)), Encoding.ASCII.GetBytes(found?.Record.CodeHash ?? Hash(flow, string.Empty)));
        return right && tries <= TriesPerCode && atAddress <= TriesPerAddress ? await TakeAsync(tenant, flow, cancellationToken) : null;
    }

    /// <summary>The login that a link is for; nothing is consumed, since mail scanners open links too (I5).</summary>
    public async Task<string?> PeekAsync(TenantId tenant, string? link, CancellationToken cancellationToken) =>
        (await links.PeekAsync<SentLink>(tenant, Purpose, link, cancellationToken))?.Flow;

    /// <summary>The user that a link proves, once.</summary>
    public async Task<UserId?> TakeByLinkAsync(TenantId tenant, string? link, CancellationToken cancellationToken) =>
        await links.TakeAsync<SentLink>(tenant, Purpose, link, cancellationToken) is { } sent ? await TakeAsync(tenant, sent.Flow, cancellationToken) : null;

    private async Task<UserId?> TakeAsync(TenantId tenant, string flow, CancellationToken cancellationToken) =>
        await records.TakeAsync<SentCode>(tenant, Kind, flow, cancellationToken) is { User: { } user } sent && time.GetUtcNow() < sent.ExpiresAt ? new UserId(user) : null;

    private static string Hash(string flow, string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{flow}:{code}")));
}
