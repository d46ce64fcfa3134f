namespace Authdog.Gateway.Edge;

/// <summary>What a refused client is told: which rule, never its own bytes.</summary>
internal static class AmbiguityTexts
{
    public static string Code(Ambiguity ambiguity) => ambiguity switch
    {
        Ambiguity.TargetForm => "target-form",
        Ambiguity.ControlCharacter => "control-character",
        Ambiguity.Fragment => "fragment",
        Ambiguity.Backslash => "backslash",
        Ambiguity.EncodedSlash => "encoded-slash",
        Ambiguity.InvalidEncoding => "invalid-encoding",
        Ambiguity.DoubleEncoding => "double-encoding",
        Ambiguity.DotSegment => "dot-segment",
        Ambiguity.EmptySegment => "empty-segment",
        Ambiguity.PathParameter => "path-parameter",
        Ambiguity.LookAlike => "look-alike",
        Ambiguity.Method => "method",
        Ambiguity.Host => "host",
        Ambiguity.Forwarded => "forwarded",
        Ambiguity.HeaderName => "header-name",
        Ambiguity.ConnectionOption => "connection-option",
        Ambiguity.Framing => "framing",
        Ambiguity.Expectation => "expectation",
        _ => "ambiguous",
    };

    public static string Detail(Ambiguity ambiguity) => ambiguity switch
    {
        Ambiguity.TargetForm => "The request target is neither a path nor an absolute URL of this host.",
        Ambiguity.ControlCharacter => "The request target has control characters, blanks or bytes outside ASCII.",
        Ambiguity.Fragment => "The request target has a '#'.",
        Ambiguity.Backslash => "The path has a backslash.",
        Ambiguity.EncodedSlash => "The path has an encoded slash.",
        Ambiguity.InvalidEncoding => "The path is not percent-encoded UTF-8.",
        Ambiguity.DoubleEncoding => "The path is percent-encoded twice.",
        Ambiguity.DotSegment => "The path has a '.' or '..' segment.",
        Ambiguity.EmptySegment => "The path has an empty segment.",
        Ambiguity.PathParameter => "The path has a ';'.",
        Ambiguity.LookAlike => "The path has a segment that some servers take for another one.",
        Ambiguity.Method => "The method is not one that is forwarded, or differs from a standard one by letter case alone.",
        Ambiguity.Forwarded => "The forwarding headers contradict each other.",
        Ambiguity.Host => "The Host is missing, repeated or not a host name.",
        Ambiguity.HeaderName => "A header name has characters other than letters, digits and '-'.",
        Ambiguity.ConnectionOption => "The Connection header names a field that is not hop-by-hop.",
        Ambiguity.Framing => "The request's length or its connection headers can be read in more than one way.",
        Ambiguity.Expectation => "The Expect header asks for more than 100-continue.",
        _ => "The request can be read in more than one way.",
    };
}
