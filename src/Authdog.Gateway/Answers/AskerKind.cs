namespace Authdog.Gateway.Answers;

/// <summary>Who waits for the answer, and so in which form it is given (SURFACE, "Answers").</summary>
internal enum AskerKind
{
    /// <summary>A program: problem+json, never a redirect. The default, because a wrong page breaks a program and a wrong JSON only puzzles a person.</summary>
    Program = 0,

    /// <summary>A browser that navigates: a page or a redirect.</summary>
    Browser,

    /// <summary>A gRPC client: trailers only.</summary>
    Grpc,
}
