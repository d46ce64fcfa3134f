using System.IO.Compression;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.SignUp.Domains;

/// <summary>Domains whose addresses are given away for minutes: the list that came with the program, or the one that <c>signup domains update</c> has put into the data folder, which is followed while the gateway runs.</summary>
internal sealed class DisposableDomains(DataFolder folder, TimeProvider time, ILogger<DisposableDomains> logger)
{
    private const string Resource = "Authdog.Identity.SignUp.Domains.Disposable.domains.br";
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private SortedLines? _lines;
    private DateTime? _stamp;
    private DateTimeOffset _lookAgainAt;

    /// <summary>The list in the data folder.</summary>
    public string File => Path.Combine(folder.Path, "disposable-domains.txt");

    /// <summary>Whether a domain (lower-case ASCII) is one, or belongs to one of which all that is below is too (<c>.example.com</c> in the list).</summary>
    public bool Contains(string domain)
    {
        var lines = Current();
        if (lines.Contains(domain))
        {
            return true;
        }

        for (var dot = 0; dot >= 0; dot = domain.IndexOf('.', dot + 1))
        {
            var above = dot == 0 ? "." + domain : domain[dot..];
            if (above.IndexOf('.', 1) > 0 && lines.Contains(above))
            {
                return true;
            }
        }

        return false;
    }

    private SortedLines Current()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_lines is not null && now < _lookAgainAt)
            {
                return _lines;
            }

            _lookAgainAt = now + s_pause;
            DateTime? stamp = System.IO.File.Exists(File) ? System.IO.File.GetLastWriteTimeUtc(File) : null;
            if (_lines is null || stamp != _stamp)
            {
                (_lines, _stamp) = (Read(stamp is not null), stamp);
            }

            return _lines;
        }
    }

    private SortedLines Read(bool own)
    {
        if (own)
        {
            try
            {
                return SortedLines.Read(System.IO.File.OpenRead(File));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                SignUpDomainLog.ListUnreadable(logger, File, exception);
            }
        }

        return SortedLines.Read(new BrotliStream(typeof(DisposableDomains).Assembly.GetManifestResourceStream(Resource)!, CompressionMode.Decompress));
    }
}
