using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Notices;
using Authdog.Identity.Redis;
using Authdog.Identity.Storage;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Accounts.Address;

/// <summary>Keeps the one address that a person is about to move to, until it is proved by link or by code (five tries).</summary>
internal sealed class AddressChanges(AccountLinks links, CounterStore counters, DirectoryContext context, TimeProvider time)
{
    /// <summary>How long link and code work.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const string Purpose = "change-email";
    private const string TriesPurpose = "change-email-code";
    private const int Tries = 5;

    /// <summary>Begins a change in place of one begun before; the link's secret and the code.</summary>
    public async Task<(string Secret, string Code)> BeginAsync(UserId user, EmailAddress email, CancellationToken cancellationToken)
    {
        await links.EndAsync(user, Purpose, cancellationToken);
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var secret = await links.IssueAsync(user, Purpose, $"{email.Value}\n{Hash(user, email, code)}", Lifetime, cancellationToken);
        return (secret, code);
    }

    /// <summary>The address that a person is about to move to; null when none is.</summary>
    public async Task<(AccountLink Link, EmailAddress Email)?> PendingAsync(UserId user, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var link = await context.Set<AccountLink>().AsNoTracking().SingleOrDefaultAsync(l => l.UserId == user.Value && l.Purpose == Purpose, cancellationToken);
        return link is not null && now < link.ExpiresAt ? Read(link) : null;
    }

    /// <summary>The same by its link, if it is this person's: a stranger whose address was typed by mistake cannot finish the change (B12).</summary>
    public async Task<(AccountLink Link, EmailAddress Email)?> PeekAsync(UserId user, string? secret, CancellationToken cancellationToken) =>
        await links.PeekAsync(Purpose, secret, cancellationToken) is { } link && link.UserId == user.Value ? Read(link) : null;

    /// <summary>Whether a code is right. A try counts before it is judged.</summary>
    public async Task<bool> IsCodeAsync(UserId user, (AccountLink Link, EmailAddress Email) pending, string? code, CancellationToken cancellationToken)
    {
        var tries = await counters.IncrementAsync(context.Tenant, TriesPurpose, pending.Link.Id, Lifetime, cancellationToken);
        var digits = new string([.. (code ?? string.Empty).Where(char.IsAsciiDigit).Take(6)]);
        var expected = pending.Link.Subject!.Split('\n')[1];
        return tries <= Tries && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(user, pending.Email, digits)), Encoding.ASCII.GetBytes(expected));
    }

    /// <summary>Ends the change; of two that try, one gets false.</summary>
    public Task<bool> TakeAsync(AccountLink link, CancellationToken cancellationToken) => links.TakeAsync(link, cancellationToken);

    /// <summary>Gives a change up.</summary>
    public Task ForgetAsync(UserId user, CancellationToken cancellationToken) => links.EndAsync(user, Purpose, cancellationToken);

    private static (AccountLink Link, EmailAddress Email)? Read(AccountLink link) =>
        EmailAddress.TryParse(link.Subject?.Split('\n')[0], out var email) ? (link, email) : null;

    private static string Hash(UserId user, EmailAddress email, string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{user}\n{email.Value}\n{code}")));
}
