using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.SignUp;

/// <summary>Keeps sign-ups until their address is verified, by link (once) or by code (five tries, and twenty a day for one address).</summary>
internal sealed class PendingSignUps(RecordStore records, OneTimeTokenStore links, CounterStore counters, IOptions<SignUpOptions> options, TimeProvider time)
{
    private const string Kind = "sign-up";
    private const string LinkPurpose = "verify-email";
    private const string CodePurpose = "verify-email-code";
    private const string AddressPurpose = "verify-email-address";
    private const int CodeTries = 5;

    // Beginning a sign-up anew gives five more tries at a new code of six digits; so many a day, over all sign-ups of an address, are no person (I5).
    private const int AddressTries = 20;
    private const int IdLength = 22;
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    public async Task<(string Id, string Code, string Link)> BeginAsync(
        TenantId tenant, Func<(string CodeHash, DateTimeOffset CodeExpiresAt), PendingSignUp> describe, CancellationToken cancellationToken)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var pending = describe((Hash(id, code), time.GetUtcNow() + options.Value.CodeLifetime));
        await records.CreateAsync(tenant, Kind, id, pending, options.Value.LinkLifetime, cancellationToken);
        var link = await links.IssueAsync(tenant, LinkPurpose, new VerificationLink(id), options.Value.LinkLifetime, cancellationToken);
        return (id, code, link);
    }

    /// <summary>The sign-up of an id.</summary>
    public async Task<PendingSignUp?> FindAsync(TenantId tenant, string? id, CancellationToken cancellationToken) =>
        IsId(id) && await records.FindAsync<PendingSignUp>(tenant, Kind, id!, cancellationToken) is var (pending, _) ? pending : null;

    /// <summary>The sign-up behind a link; nothing is consumed, since mail scanners open links too (I5).</summary>
    public async Task<PendingSignUp?> PeekAsync(TenantId tenant, string? link, CancellationToken cancellationToken) =>
        await links.PeekAsync<VerificationLink>(tenant, LinkPurpose, link, cancellationToken) is { } found ? await FindAsync(tenant, found.SignUp, cancellationToken) : null;

    /// <summary>The sign-up behind a link, once.</summary>
    public async Task<PendingSignUp?> TakeByLinkAsync(TenantId tenant, string? link, CancellationToken cancellationToken) =>
        await links.TakeAsync<VerificationLink>(tenant, LinkPurpose, link, cancellationToken) is { } found
            ? await records.TakeAsync<PendingSignUp>(tenant, Kind, found.SignUp, cancellationToken)
            : null;

    /// <summary>The sign-up behind a code, once; null when it is wrong, too old or tried too often. A try counts before it is judged.</summary>
    public async Task<PendingSignUp?> TakeByCodeAsync(TenantId tenant, string id, string? code, CancellationToken cancellationToken)
    {
        var tries = await counters.IncrementAsync(tenant, CodePurpose, id, options.Value.LinkLifetime, cancellationToken);
        var pending = await FindAsync(tenant, id, cancellationToken);
        var atAddress = await counters.IncrementAsync(tenant, AddressPurpose, Address(pending), s_day, cancellationToken);
        var digits = new string([.. (code ?? string.Empty).Where(char.IsAsciiDigit).Take(6)]);
        var right = pending is { Taken: false }
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(id, digits)), Encoding.ASCII.GetBytes(pending.CodeHash))
            && time.GetUtcNow() < pending.CodeExpiresAt
            && tries <= CodeTries
            && atAddress <= AddressTries;
        return right ? await records.TakeAsync<PendingSignUp>(tenant, Kind, id, cancellationToken) : null;
    }

    private static string Address(PendingSignUp? pending) => EmailAddress.TryParse(pending?.Email, out var email) ? email.Normalized : string.Empty;

    private static bool IsId(string? id) => id is { Length: IdLength } && Base64Url.IsValid(id);

    private static string Hash(string id, string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}:{code}")));
}
