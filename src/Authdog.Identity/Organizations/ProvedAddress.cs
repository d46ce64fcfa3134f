namespace Authdog.Identity.Organizations;

/// <summary>Behind the secret of a mailed link: the address that got the mail, and where whoever asked wanted to go.</summary>
internal sealed record ProvedAddress(string Email, string Return);
