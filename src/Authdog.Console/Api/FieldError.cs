namespace Authdog.Console.Api;

/// <summary>One mistake of a body.</summary>
/// <param name="Pointer">Where (RFC 6901).</param>
/// <param name="Detail">What is wrong, and the cure.</param>
internal sealed record FieldError(string Pointer, string Detail);
