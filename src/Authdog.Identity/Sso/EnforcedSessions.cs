using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Sso;

/// <summary>Ends what the people of a domain began otherwise before their connection was demanded of them: from then on nobody is signed in whom it does not vouch for. Who may pass by password when it is broken stays.</summary>
/// <remarks>A domain can have very many people: they are walked page by page, and after each page it is written down how far the walk has come. One that stops half-way, because a process ends or a store is away, is gone on with there by the next upkeep of any node (<see cref="EnforcedUpkeep"/>). To walk twice does no harm.</remarks>
public sealed class EnforcedSessions(
    IDbContextFactory<DirectoryContext> contexts,
    Connections connections,
    SessionStore sessions,
    RecordStore records,
    TenantCache tenants,
    OptionsOverlay<SsoOptions> options,
    AuditLog audit,
    ILogger<EnforcedSessions> logger)
{
    /// <summary>How many people are looked at together: that many rows, and the sessions of as many, are in memory.</summary>
    internal const int PageSize = 200;

    /// <summary>Kind of the record that says how far a walk has come; its id is the connection's.</summary>
    internal const string Kind = "enforced-sessions";

    // Longer than any session lives. A walk after that finds nothing to end.
    private static readonly TimeSpan s_remembered = TimeSpan.FromDays(31);

    /// <summary>Ends them on every node and returns how many; none where the connection is not demanded, or of no domain.</summary>
    public async Task<int> EndAsync(TenantId tenant, Guid connection, CancellationToken cancellationToken)
    {
        return (await connections.OfAsync(tenant, cancellationToken)).All.FirstOrDefault(one => one.Id == connection) is { Enabled: true, Enforced: true } demanded
            ? await WalkAsync(demanded, await BeginAsync(demanded), cancellationToken)
            : 0;
    }

    /// <summary>Goes on with a walk that stopped half-way or never began, and returns how many sessions have ended.</summary>
    internal async Task<int> ResumeAsync(ConnectionRecord demanded, CancellationToken cancellationToken)
    {
        var known = await records.FindAsync<EnforcedWalk>(demanded.Tenant, Kind, Id(demanded.Id), cancellationToken) is (var walk, _) && walk.IsOf(demanded) ? walk : null;
        if (known is { Done: true })
        {
            return 0;
        }

        var ended = await WalkAsync(demanded, known ?? await BeginAsync(demanded), cancellationToken);
        SsoLog.EnforcementResumed(logger, demanded.Tenant.Value, demanded.Slug, ended);
        return ended;
    }

    /// <summary>Forgets that a walk was done, since the connection is not demanded any more: what begins from now on is walked when it is demanded again.</summary>
    internal Task ForgetAsync(ConnectionRecord connection, CancellationToken cancellationToken) =>
        records.TakeAsync<EnforcedWalk>(connection.Tenant, Kind, Id(connection.Id), cancellationToken);

    private async Task<int> WalkAsync(ConnectionRecord demanded, EnforcedWalk walk, CancellationToken cancellationToken)
    {
        var sso = options.For(await tenants.FindAsync(demanded.Tenant, cancellationToken));
        var ended = 0;
        foreach (var domain in demanded.Domains.Where(domain => string.CompareOrdinal(domain, walk.Domain) >= 0))
        {
            walk = domain == walk.Domain ? walk : walk with { Domain = domain, After = Guid.Empty };
            for (var isMore = true; isMore;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var page = await PageAsync(demanded.Tenant, domain, walk.After, cancellationToken);
                ended += await EndAsync(demanded, [.. page.Where(person => EmailAddress.TryParse(person.Email, out var email) && email.Domain == domain && !sso.IsBreakGlass(email)).Select(static person => new UserId(person.Id))]);
                isMore = page.Count == PageSize;
                walk = page.Count == 0 ? walk : walk with { After = page[^1].Id };
                await NoteAsync(demanded, walk);
            }
        }

        await NoteAsync(demanded, walk with { Done = true });
        return ended;
    }

    // A page that was begun is finished, so that no session ends without its event.
    private async Task<int> EndAsync(ConnectionRecord demanded, IReadOnlyList<UserId> people)
    {
        var ended = await Task.WhenAll(people.Select(person => sessions.RevokeAsync(demanded.Tenant, person, session => session.Factors.All(factor => factor.Connection != demanded.QualifiedName), CancellationToken.None)));
        await using var context = Context(demanded.Tenant);
        foreach (var (person, count) in people.Zip(ended).Where(static one => one.Second > 0))
        {
            audit.Add(context, new AuditEvent(demanded.Tenant, AuditEventKind.SessionsRevoked, person, Detail: $"{count}: {demanded.Slug} is demanded"));
        }

        await context.SaveChangesAsync(CancellationToken.None);
        return ended.Sum();
    }

    private async Task<List<Person>> PageAsync(TenantId tenant, string domain, Guid after, CancellationToken cancellationToken)
    {
        await using var context = Context(tenant);
        var end = "@" + domain.ToUpperInvariant();
        return await context.Set<User>().AsNoTracking()
            .Where(user => user.Id > after && user.NormalizedEmail!.EndsWith(end))
            .OrderBy(user => user.Id)
            .Select(user => new Person(user.Id, user.Email))
            .Take(PageSize)
            .ToListAsync(cancellationToken);
    }

    private async Task<EnforcedWalk> BeginAsync(ConnectionRecord demanded)
    {
        var walk = EnforcedWalk.Of(demanded);
        await records.TakeAsync<EnforcedWalk>(demanded.Tenant, Kind, Id(demanded.Id), CancellationToken.None);
        await records.TryCreateAsync(demanded.Tenant, Kind, Id(demanded.Id), walk, s_remembered, CancellationToken.None);
        return walk;
    }

    // Of two walks at once, the one that began later is written down: it has everybody whom the other has, and who came in between.
    private async Task NoteAsync(ConnectionRecord demanded, EnforcedWalk walk)
    {
        if (await records.FindAsync<EnforcedWalk>(demanded.Tenant, Kind, Id(demanded.Id), CancellationToken.None) is (var known, var version) && known.Run == walk.Run)
        {
            await records.TryUpdateAsync(demanded.Tenant, Kind, Id(demanded.Id), walk, version, CancellationToken.None);
        }
    }

    private DirectoryContext Context(TenantId tenant)
    {
        var context = contexts.CreateDbContext();
        context.UseTenant(() => tenant);
        return context;
    }

    private static string Id(Guid connection) => connection.ToString("N");

    private sealed record Person(Guid Id, string? Email);
}
