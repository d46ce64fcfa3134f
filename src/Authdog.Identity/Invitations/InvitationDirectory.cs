using System.Collections.Immutable;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Mail;
using Authdog.Identity.Pages;
using Authdog.Identity.Redis;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Invitations;

/// <summary>The tenant's invitations: made, mailed, mailed again and taken back by whoever administers it. Each change is one transaction with its audit event.</summary>
public sealed class InvitationDirectory(
    DirectoryContext context,
    RoleDirectory roles,
    GroupDirectory groups,
    CounterStore counters,
    Mailer mailer,
    TenantLinks links,
    AuditLog audit,
    CurrentTenant tenant,
    TenantOptions<InvitationOptions> options,
    TenantOptions<BrandOptions> brand,
    TimeProvider time)
{
    /// <summary>Most roles, and most groups, of one invitation.</summary>
    public const int MaxNames = 20;

    private static readonly TimeSpan s_window = TimeSpan.FromHours(1);

    /// <summary>Invitations in order of creation: at most <paramref name="limit"/> of those after <paramref name="after"/>, or the first.</summary>
    public async Task<IReadOnlyList<Invitation>> ListAsync(Guid? after, int limit, CancellationToken cancellationToken)
    {
        var query = context.Set<Invitation>().AsNoTracking();
        if (after is { } id)
        {
            query = query.Where(i => i.Id > id);
        }

        return await query.OrderBy(i => i.Id).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>The invitation of an id; null when there is none.</summary>
    public Task<Invitation?> FindAsync(Guid id, CancellationToken cancellationToken) => context.Set<Invitation>().SingleOrDefaultAsync(i => i.Id == id, cancellationToken);

    /// <summary>The newest invitation of an address; null when there is none.</summary>
    public Task<Invitation?> FindAsync(EmailAddress email, CancellationToken cancellationToken) =>
        context.Set<Invitation>().Where(i => i.NormalizedEmail == email.Normalized).OrderByDescending(i => i.Id).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Invites an address, and mails it the link.</summary>
    public async Task<InvitationResult> SendAsync(InvitationRequest request, CancellationToken cancellationToken)
    {
        var language = request.Language ?? brand.Value.OfferedLanguages[0];
        var mistakes = await MistakesAsync(request, language, cancellationToken);
        if (mistakes.Count > 0)
        {
            return new InvitationResult.Refused(mistakes);
        }

        var now = time.GetUtcNow();
        if (await FindAsync(request.Email, cancellationToken) is { } open && open.IsOpenAt(now))
        {
            return new InvitationResult.Open(open);
        }

        if (!await MayMailAsync(request.Email, cancellationToken))
        {
            return new InvitationResult.TooMany();
        }

        var lifetime = request.Lifetime ?? options.Value.Lifetime;
        var secret = InvitationToken.New();
        var invitation = new Invitation
        {
            TenantId = context.Tenant,
            Id = Guid.CreateVersion7(now),
            Email = request.Email.Value,
            NormalizedEmail = request.Email.Normalized,
            TokenHash = InvitationToken.Hash(context.Tenant, secret),
            Roles = Ordered(request.Roles),
            Groups = Ordered(request.Groups),
            Language = language,
            CreatedAt = now,
            SentAt = now,
            Lifetime = lifetime,
            ExpiresAt = now + lifetime,
        };
        context.Add(invitation);
        await SaveAsync(invitation, AuditEventKind.InvitationSent, cancellationToken);
        Mail(invitation, request.Email, secret);
        return new InvitationResult.Sent(invitation);
    }

    /// <summary>Mails a new link; the one before works no more.</summary>
    public async Task<InvitationResult> ResendAsync(Invitation invitation, CancellationToken cancellationToken)
    {
        if (invitation.State is not InvitationState.Pending || !EmailAddress.TryParse(invitation.Email, out var email))
        {
            return new InvitationResult.Over();
        }

        if (!await MayMailAsync(email, cancellationToken))
        {
            return new InvitationResult.TooMany();
        }

        var secret = InvitationToken.New();
        invitation.TokenHash = InvitationToken.Hash(context.Tenant, secret);
        invitation.SentAt = time.GetUtcNow();
        invitation.ExpiresAt = invitation.SentAt + invitation.Lifetime;
        await SaveAsync(invitation, AuditEventKind.InvitationSent, cancellationToken);
        Mail(invitation, email, secret);
        return new InvitationResult.Sent(invitation);
    }

    /// <summary>Takes an invitation back; false when it is over already.</summary>
    public async Task<bool> RevokeAsync(Invitation invitation, CancellationToken cancellationToken)
    {
        // One statement: who accepts at the same moment has either joined, or finds nothing.
        var revoked = await context.Set<Invitation>()
            .Where(i => i.Id == invitation.Id && i.State == InvitationState.Pending)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.State, InvitationState.Revoked), cancellationToken) == 1;
        await context.Entry(invitation).ReloadAsync(cancellationToken);
        if (revoked)
        {
            await audit.WriteAsync(new AuditEvent(context.Tenant, AuditEventKind.InvitationRevoked, Detail: invitation.Id.ToString()), CancellationToken.None);
        }

        return revoked;
    }

    /// <summary>The open invitation of a link's secret; null when it is unknown, over or too old. Reading consumes nothing: mail scanners open links too (I5).</summary>
    internal async Task<Invitation?> PeekAsync(string? secret, CancellationToken cancellationToken)
    {
        if (!InvitationToken.IsOne(secret))
        {
            return null;
        }

        var hash = InvitationToken.Hash(context.Tenant, secret!);
        return await context.Set<Invitation>().AsNoTracking().SingleOrDefaultAsync(i => i.TokenHash == hash, cancellationToken) is { } found && found.IsOpenAt(time.GetUtcNow()) ? found : null;
    }

    private static string[] Ordered(IEnumerable<string> names) => [.. names.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];

    private async Task<List<(string Field, string Problem)>> MistakesAsync(InvitationRequest request, string language, CancellationToken cancellationToken)
    {
        List<(string, string)> mistakes = [];
        if (request.Lifetime is { } lifetime && (lifetime < InvitationOptions.MinLifetime || lifetime > InvitationOptions.MaxLifetime))
        {
            mistakes.Add(("lifetime", "Give 1 hour to 90 days."));
        }

        if (!brand.Value.OfferedLanguages.Contains(language))
        {
            mistakes.Add(("language", $"Choose from {string.Join(", ", brand.Value.OfferedLanguages)}."));
        }

        if (request.Roles.Count > 0)
        {
            var known = (await roles.ListAsync(cancellationToken)).Select(role => role.Name!).ToHashSet(StringComparer.OrdinalIgnoreCase);
            mistakes.AddRange(Unknown("roles", "role", request.Roles, known));
        }

        if (request.Groups.Count > 0)
        {
            var known = (await groups.ListAsync(cancellationToken)).Select(group => group.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            mistakes.AddRange(Unknown("groups", "group", request.Groups, known));
        }

        return mistakes;
    }

    private static IEnumerable<(string Field, string Problem)> Unknown(string field, string kind, IReadOnlyCollection<string> asked, HashSet<string> known) =>
        asked.Count > MaxNames ? [(field, $"Give at most {MaxNames}.")] : asked.Where(name => !known.Contains(name)).Select(name => (field, $"There is no {kind} {name}."));

    private async Task<bool> MayMailAsync(EmailAddress email, CancellationToken cancellationToken) =>
        await counters.IncrementAsync(tenant.Id, "invitation-mail", email.Normalized, s_window, cancellationToken) <= options.Value.MessagesPerAddress;

    private async Task SaveAsync(Invitation invitation, AuditEventKind kind, CancellationToken cancellationToken)
    {
        audit.Add(context, new AuditEvent(context.Tenant, kind, Detail: $"{invitation.Id} {string.Join(' ', invitation.Roles)}".TrimEnd()));
        await context.SaveChangesAsync(cancellationToken);
    }

    // No name of whoever invites: it would be a stranger's text in mail that this gateway answers for (I13).
    private void Mail(Invitation invitation, EmailAddress email, string secret)
    {
        var link = PagePaths.Invitation + new QueryBuilder { { "token", secret }, { "lang", invitation.Language } };
        mailer.Send(new MailMessage(email, "invitation", invitation.Language, ImmutableDictionary<string, string>.Empty
            .Add("organization", tenant.Record.Name)
            .Add("link", links.Link(link))
            .Add("until", PageTexts.For(invitation.Language)!.Instant(invitation.ExpiresAt, timeZone: null))));
    }
}
