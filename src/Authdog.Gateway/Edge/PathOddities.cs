namespace Authdog.Gateway.Edge;

/// <summary>What a path has that some upstreams read differently and some apps need. Found at the edge, judged when the route is known.</summary>
[Flags]
internal enum PathOddities
{
    None = 0,

    /// <summary><c>%2f</c>; it stays as it is in the decoded path.</summary>
    EncodedSlash = 1,

    /// <summary><c>//</c>.</summary>
    EmptySegment = 2,

    /// <summary><c>;</c>, encoded or not.</summary>
    Parameters = 4,

    /// <summary>A segment that begins or ends with a blank or ends with a dot, which Windows drops, or has an encoded <c>?</c> or <c>#</c>, at which a second decoding cuts.</summary>
    Padding = 8,

    /// <summary>Characters that compatibility mappings turn into others, such as U+FF0F.</summary>
    LookAlike = 16,
}
