using System.Globalization;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Audit;

/// <summary>Writes security events to an append-only table; a moment later each gets its place in the tenant's chain (<c>Audit/Chain</c>).</summary>
public sealed class AuditLog
{
    private readonly IDbContextFactory<DirectoryContext> _contexts;
    private readonly AuditWitness _witness;
    private readonly AuditSampler _sampler;

    internal AuditLog(IDbContextFactory<DirectoryContext> contexts, AuditWitness witness, AuditSampler sampler) =>
        (_contexts, _witness, _sampler) = (contexts, witness, sampler);

    /// <summary>Writes an event; done when it is kept. What belongs to one change of the directory is written in that change's transaction instead, by the directory itself.</summary>
    public async Task WriteAsync(AuditEvent happened, CancellationToken cancellationToken)
    {
        await using var context = _contexts.CreateDbContext();
        context.UseTenant(() => happened.Tenant);
        Add(context, happened);
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Writes an event of which there may be very many: on each node one a minute for each subject, with the number of those that were left out before it.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="subject">What makes two events equal beside tenant and kind, such as an account and a route.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WriteSampledAsync(AuditEvent happened, string subject, CancellationToken cancellationToken) =>
        _sampler.Take($"{happened.Tenant}\n{happened.Kind}\n{subject}", out var leftOut)
            ? WriteAsync(leftOut == 0 ? happened : happened with { Detail = string.Create(CultureInfo.InvariantCulture, $"{happened.Detail} (+{leftOut} like it)").TrimStart() }, cancellationToken)
            : Task.CompletedTask;

    /// <summary>Adds the event to a context whose changes are about to be saved.</summary>
    internal AuditEntry Add(DirectoryContext context, AuditEvent happened) => context.Add(_witness.Of(happened)).Entity;
}
