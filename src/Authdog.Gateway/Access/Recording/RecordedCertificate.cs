namespace Authdog.Gateway.Access.Recording;

/// <summary>A client certificate.</summary>
internal sealed record RecordedCertificate(string Thumbprint, string Subject, string Issuer, string[] AlternativeNames);
