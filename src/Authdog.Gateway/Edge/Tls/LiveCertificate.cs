using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Authdog.Gateway.Edge.Tls;

/// <summary>A certificate that follows its files: a change that cannot be used leaves the last good one in force.</summary>
internal sealed class LiveCertificate
{
    private readonly CertificateFiles _files;
    private readonly X509Certificate2Collection? _clientAuthorities;
    private readonly ILogger _logger;
    private string _seen;
    private volatile LoadedCertificate _current;
    private DateTimeOffset _nextWarning;

    /// <exception cref="CryptographicException">The files are not a certificate and its key; likewise the exceptions of reading files.</exception>
    public LiveCertificate(CertificateFiles files, X509Certificate2Collection? clientAuthorities, ILogger logger)
    {
        (_files, _clientAuthorities, _logger) = (files, clientAuthorities, logger);
        var (certificate, key, stamp) = Read();
        _seen = stamp;
        _current = new LoadedCertificate(files.Parse(certificate, key), clientAuthorities);
    }

    public LoadedCertificate Current => _current;

    /// <summary>Why the files as they are now cannot be used; null when what they hold is in force.</summary>
    public string? Problem { get; private set; }

    /// <summary>Looks at the files again. Their content is compared, not their times: links are switched, and copies keep old times.</summary>
    public void Refresh()
    {
        try
        {
            var (certificate, key, stamp) = Read();
            if (stamp == _seen)
            {
                return;
            }

            _seen = stamp;
            _current = new LoadedCertificate(_files.Parse(certificate, key), _clientAuthorities);
            Problem = null;
            _nextWarning = default;
            _logger.CertificateChanged(_files, _current.Certificate.GetCertHashString(HashAlgorithmName.SHA256), new DateTimeOffset(_current.Certificate.NotAfter));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            // Said once for each state of the files, not each time that they are looked at.
            if (Problem != exception.Message)
            {
                Problem = exception.Message;
                _logger.CertificateRefused(_files, exception.Message, new DateTimeOffset(_current.Certificate.NotAfter));
            }

            if (exception is IOException or UnauthorizedAccessException)
            {
                _seen = string.Empty;
            }
        }
    }

    /// <summary>Says once a day that the certificate ends soon, or has ended.</summary>
    public void WarnOfExpiry(DateTimeOffset now)
    {
        if (now < _current.WarnAt || now < _nextWarning)
        {
            return;
        }

        _nextWarning = now + TimeSpan.FromDays(1);
        var end = new DateTimeOffset(_current.Certificate.NotAfter);
        if (now < end)
        {
            _logger.CertificateEndsSoon(_files, end);
        }
        else
        {
            _logger.CertificateEnded(_files, end);
        }
    }

    private (byte[] Certificate, byte[]? Key, string Stamp) Read()
    {
        var certificate = File.ReadAllBytes(_files.Path);
        var key = _files.KeyPath is null ? null : File.ReadAllBytes(_files.KeyPath);
        return (certificate, key, Convert.ToHexString(SHA256.HashData(certificate)) + (key is null ? null : Convert.ToHexString(SHA256.HashData(key))));
    }
}
