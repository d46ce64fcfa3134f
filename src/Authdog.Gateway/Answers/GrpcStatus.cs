namespace Authdog.Gateway.Answers;

/// <summary>The status codes of gRPC that the gateway gives.</summary>
internal enum GrpcStatus
{
    InvalidArgument = 3,
    DeadlineExceeded = 4,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
}
