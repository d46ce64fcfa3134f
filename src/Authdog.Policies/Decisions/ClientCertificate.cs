using System.Collections.Immutable;

namespace Authdog.Policies.Decisions;

/// <summary>The certificate that a client presented and the listener verified. Whatever is not verified is no certificate here.</summary>
public sealed record ClientCertificate
{
    /// <summary>SHA-256 of the DER encoding, 64 hexadecimal digits in lower case.</summary>
    public required string Thumbprint { get; init; }

    /// <summary>Subject's distinguished name (RFC 4514), as .NET writes it.</summary>
    public required string Subject { get; init; }

    /// <summary>Issuer's distinguished name (RFC 4514), as .NET writes it.</summary>
    public required string Issuer { get; init; }

    /// <summary>Subject alternative names: DNS names, e-mail addresses and URIs (RFC 5280, section 4.2.1.6).</summary>
    public ImmutableArray<string> AlternativeNames { get; init; } = [];
}
