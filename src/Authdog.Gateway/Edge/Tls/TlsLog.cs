namespace Authdog.Gateway.Edge.Tls;

internal static partial class TlsLog
{
    [LoggerMessage(1040, LogLevel.Warning, "Certificate {Files} was changed and is in force: SHA-256 {Thumbprint}, valid until {End:u}", EventName = "CertificateChanged")]
    public static partial void CertificateChanged(this ILogger logger, CertificateFiles files, string thumbprint, DateTimeOffset end);

    [LoggerMessage(1041, LogLevel.Error, "Certificate {Files} was changed, but cannot be used; the last good one stays in force, until {End:u}. {Reason}", EventName = "CertificateRefused")]
    public static partial void CertificateRefused(this ILogger logger, CertificateFiles files, string reason, DateTimeOffset end);

    [LoggerMessage(1042, LogLevel.Warning, "Certificate {Files} ends at {End:u}: renew it, the gateway takes the new one without a restart", EventName = "CertificateEndsSoon")]
    public static partial void CertificateEndsSoon(this ILogger logger, CertificateFiles files, DateTimeOffset end);

    [LoggerMessage(1043, LogLevel.Error, "Certificate {Files} ended at {End:u}: browsers refuse it", EventName = "CertificateEnded")]
    public static partial void CertificateEnded(this ILogger logger, CertificateFiles files, DateTimeOffset end);

    [LoggerMessage(1044, LogLevel.Warning, "HTTP/3 was asked for, but this machine has no QUIC (package libmsquic): browsers use HTTP/2", EventName = "Http3Missing")]
    public static partial void Http3Missing(this ILogger logger);

    [LoggerMessage(1045, LogLevel.Information, "Misdirected request refused: the TLS connection was not made for its host; from {ClientAddress}, answer {AnswerId}", EventName = "Misdirected")]
    public static partial void Misdirected(this ILogger logger, System.Net.IPAddress? clientAddress, string answerId);

    [LoggerMessage(1046, LogLevel.Information, "Plain HTTP refused: HTTPS only; from {ClientAddress}, answer {AnswerId}", EventName = "PlainHttpRefused")]
    public static partial void PlainHttpRefused(this ILogger logger, System.Net.IPAddress? clientAddress, string answerId);

    [LoggerMessage(1047, LogLevel.Information, "TLS connection refused: no certificate for the host that it names, and the endpoint has none for others", EventName = "UnknownTlsHost")]
    public static partial void UnknownTlsHost(this ILogger logger);
}
