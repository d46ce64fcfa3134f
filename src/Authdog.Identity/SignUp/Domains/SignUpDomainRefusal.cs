namespace Authdog.Identity.SignUp.Domains;

/// <summary>Why nobody may sign up with an address of a domain. Each has a text <c>SignUp.{Name}</c>.</summary>
internal enum SignUpDomainRefusal
{
    /// <summary>Its addresses are given away for minutes.</summary>
    Disposable,

    /// <summary>No mail can be delivered there.</summary>
    NoMailServer,
}
