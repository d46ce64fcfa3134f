namespace Authdog.Policies.Criteria;

/// <summary>What an explanation shows of a request, so that personal data can be masked.</summary>
internal enum SeenKind
{
    /// <summary>Nothing about a person.</summary>
    Plain = 0,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A network address.</summary>
    Address,

    /// <summary>Anything else about a person, or a value that a client sent.</summary>
    Personal,
}
