using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Audit.Delivery;

/// <summary>Events as JSON lines on standard output.</summary>
internal sealed class StandardOutputStream : IAuditStream
{
    public string Name => "stdout";

    public int? Attempts => null;

    public async Task DeliverAsync(TenantId tenant, IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        try
        {
            await using var output = Console.OpenStandardOutput();
            await output.WriteAsync(AuditJson.Lines(entries), cancellationToken);
            await output.FlushAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            throw new AuditDeliveryException("standard output is closed", exception);
        }
    }
}
