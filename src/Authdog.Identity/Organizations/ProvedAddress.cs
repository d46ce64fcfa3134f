namespace Authdog.Identity.Organizations;

/// <summary>Behind the secret of a mailed link: the address that got the mail.</summary>
internal sealed record ProvedAddress(string Email);
