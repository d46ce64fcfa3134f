using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Mail;
using Authdog.Identity.Redis;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Challenges;

/// <summary>The way for those in whose browser no script runs: a code by mail. Whether the address has an account does not matter, and nobody learns it (I1).</summary>
internal sealed class ChallengeCodes(RecordStore records, CounterStore counters, Mailer mailer, IOptions<ChallengeOptions> options)
{
    private const string Kind = "challenge-code";
    private const int Tries = 5;
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    /// <summary>Sends a code that solves the challenge; false when this client network has asked for too many. Beyond the address's own limit the answer is the same, and no mail is sent.</summary>
    public async Task<bool> SendAsync(TenantId tenant, Challenge challenge, EmailAddress email, string network, string language, CancellationToken cancellationToken)
    {
        if (await counters.IncrementAsync(tenant, "challenge-network", network, s_hour, cancellationToken) > options.Value.MessagesPerNetwork)
        {
            return false;
        }

        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        await records.TakeAsync<SentChallengeCode>(tenant, Kind, challenge.Id, cancellationToken);
        await records.CreateAsync(tenant, Kind, challenge.Id, new SentChallengeCode(Hash(challenge.Id, code)), options.Value.Lifetime, cancellationToken);
        if (await counters.IncrementAsync(tenant, "challenge-mail", email.Normalized, s_hour, cancellationToken) <= options.Value.MessagesPerAddress)
        {
            mailer.Send(new MailMessage(email, "challenge-code", language, ImmutableDictionary<string, string>.Empty
                .Add("code", code)
                .Add("minutes", string.Create(CultureInfo.InvariantCulture, $"{(int)options.Value.Lifetime.TotalMinutes}"))));
        }

        return true;
    }

    /// <summary>Whether the code is the one that was sent for the challenge. A try counts before it is judged.</summary>
    public async Task<bool> TakeAsync(TenantId tenant, Challenge challenge, string? typed, CancellationToken cancellationToken)
    {
        var tries = await counters.IncrementAsync(tenant, Kind, challenge.Id, options.Value.Lifetime, cancellationToken);
        var found = await records.FindAsync<SentChallengeCode>(tenant, Kind, challenge.Id, cancellationToken);
        var digits = string.Concat((typed ?? string.Empty).Where(char.IsAsciiDigit).Take(7));
        var right = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Hash(challenge.Id, digits)), Encoding.ASCII.GetBytes(found?.Record.CodeHash ?? Hash(challenge.Id, string.Empty)));
        return right && found is not null && tries <= Tries && await records.TakeAsync<SentChallengeCode>(tenant, Kind, challenge.Id, cancellationToken) is not null;
    }

    private static string Hash(string id, string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}:{code}")));
}
