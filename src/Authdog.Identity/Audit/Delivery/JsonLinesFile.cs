using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Audit.Delivery;

/// <summary>Events as JSON lines at the end of a file, for its owner alone. Opened for each batch: whoever rotates it just moves it away.</summary>
internal sealed class JsonLinesFile(string path) : IAuditStream
{
    public string Name => "file";

    public int? Attempts => null;

    public async Task DeliverAsync(TenantId tenant, IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = DataFolder.OwnerOnlyFile;
        }

        try
        {
            await using var file = new FileStream(path, options);
            await file.WriteAsync(AuditJson.Lines(entries), cancellationToken);
            await file.FlushAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuditDeliveryException($"the file cannot be written: {exception.Message}", exception);
        }
    }
}
