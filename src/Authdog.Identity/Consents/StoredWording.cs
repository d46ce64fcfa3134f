using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Consents;

/// <summary>Words that somebody has answered, kept beyond the file that they came from.</summary>
internal sealed class StoredWording : ITenantOwned, IAppendOnly
{
    public required TenantId TenantId { get; init; }

    /// <summary>Hash of the words (<see cref="Wording.Hash"/>).</summary>
    public required string Id { get; init; }

    public required string Label { get; init; }

    public string? Text { get; init; }
}
