namespace Authdog.Protocols.Saml.Metadata;

/// <summary>One difference between two states of an identity provider's metadata.</summary>
/// <param name="Kind">What changed.</param>
/// <param name="Before">Old value; <see langword="null"/> when it is new.</param>
/// <param name="After">New value; <see langword="null"/> when it is gone.</param>
public sealed record MetadataChange(MetadataChangeKind Kind, string? Before, string? After);
