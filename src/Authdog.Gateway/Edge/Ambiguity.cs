namespace Authdog.Gateway.Edge;

/// <summary>Why a request is not one unambiguous request: the closed list behind each 400 of the edge.</summary>
internal enum Ambiguity
{
    None = 0,
    TargetForm,
    ControlCharacter,
    Fragment,
    Backslash,
    EncodedSlash,
    InvalidEncoding,
    DoubleEncoding,
    DotSegment,
    EmptySegment,
    PathParameter,
    LookAlike,
    PathMismatch,
    Method,
    Host,
    Forwarded,
    HeaderName,
    ConnectionOption,
    Framing,
    Expectation,
}
