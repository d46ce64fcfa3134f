using System.Net;

namespace Authdog.Policies.Decisions;

/// <summary>The question, as plain data: may this request, by this subject, go through this route?</summary>
/// <remarks>A value type, passed by reference, so that asking allocates nothing.</remarks>
public readonly record struct AccessRequest
{
    /// <summary>Id of the matched route.</summary>
    public required string Route { get; init; }

    /// <summary>HTTP method as received; case-sensitive (RFC 9110, section 9.1).</summary>
    public required string Method { get; init; }

    /// <summary>Host in lower case, without port and trailing dot.</summary>
    public required string Host { get; init; }

    /// <summary>Path as the upstream will see it, percent-decoded once, beginning with <c>/</c>; never a query.</summary>
    public required string Path { get; init; }

    /// <summary>Query as the upstream will see it, still encoded, without the <c>?</c>; <see langword="null"/> or empty when there is none.</summary>
    public string? Query { get; init; }

    /// <summary>Address of the client; <see langword="null"/> when unknown, and unknown never allows.</summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>What is looked up only when asked for; <see langword="null"/> when all of it is unknown, and unknown never allows.</summary>
    public RequestFacts? Facts { get; init; }

    /// <summary>The time of the decision.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Who asks; <see langword="null"/> when nobody is signed in.</summary>
    public Subject? Subject { get; init; }
}
