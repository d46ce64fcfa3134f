namespace Authdog.Identity.Users.Import;

/// <summary>How a file of users is written.</summary>
public enum ImportFormat
{
    /// <summary>Comma-separated values (RFC 4180) with a line of names; several roles or groups in a field are separated by semicolons.</summary>
    Csv,

    /// <summary>One JSON object a line.</summary>
    JsonLines,
}
