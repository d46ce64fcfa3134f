namespace Authdog.Gateway.Edge;

/// <summary>Section <c>Gateway:Tls</c>: what the gateway adds to ASP.NET Core's own section <c>Kestrel</c>, which names URLs and certificates.</summary>
internal sealed class TlsOptions
{
    /// <summary>With an HTTPS listener of its own, the gateway serves nothing over plain HTTP: browsers are sent to HTTPS, programs are refused. False where plain HTTP is wanted beside it.</summary>
    public bool RedirectHttp { get; set; } = true;

    /// <summary><c>max-age</c> of <c>Strict-Transport-Security</c>, sent with every answer over HTTPS (never for addresses and <c>localhost</c>) unless the app sends its own. 0 sends none.</summary>
    public TimeSpan HstsMaxAge { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Whether that covers all subdomains, those of other people too.</summary>
    public bool HstsIncludeSubDomains { get; set; }

    /// <summary>PEM file with the authorities whose client certificates are believed. Needed where <c>ClientCertificateMode</c> asks for one: everybody gets a certificate of a public authority.</summary>
    public string? ClientAuthoritiesFile { get; set; }

    /// <summary>Whether revocation of client certificates is looked up at their authority; one that cannot be reached then refuses them.</summary>
    public bool CheckClientRevocation { get; set; }

    internal void Check(List<string> errors)
    {
        if (HstsMaxAge < TimeSpan.Zero || HstsMaxAge > TimeSpan.FromDays(3650))
        {
            errors.Add($"AG1021 Gateway:Tls:HstsMaxAge = {HstsMaxAge:c} is out of bounds: choose up to 3650 days, such as '365.00:00:00', or '00:00:00' for none.");
        }
    }
}
