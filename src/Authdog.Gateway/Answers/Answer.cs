namespace Authdog.Gateway.Answers;

/// <summary>A refusal or failure as plain data; <see cref="AnswerWriter"/> gives it the form that the asker understands.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable name of the problem: the last part of the problem's <c>type</c>.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Detail">What the reader can do. Never a value that the client sent.</param>
/// <param name="Id">Shared with the log.</param>
internal sealed record Answer(int Status, string Code, string Title, string Detail, string Id)
{
    /// <summary>Value of <c>WWW-Authenticate</c> (401 only).</summary>
    public string? Authenticate { get; init; }

    /// <summary>When trying again may help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Further fields of the answer.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];

    /// <summary>Whether the request could be read in more than one way; the code then names the rule.</summary>
    public bool IsAmbiguous { get; init; }

    /// <summary>What the operator says to the person about it; plain text.</summary>
    public string? Message { get; init; }

    /// <summary>Where the operator sends the person for help: a local path or an <c>https</c> address.</summary>
    public string? Link { get; init; }

    /// <summary>Where a person signs in, for programs that can send one there.</summary>
    public string? Login { get; init; }

    /// <summary>Where a browser solves the challenge that is missing, for programs that can send a person there.</summary>
    public string? Challenge { get; init; }

    /// <summary>Status of a gRPC answer.</summary>
    public GrpcStatus Grpc => Status switch
    {
        401 => GrpcStatus.Unauthenticated,
        403 => GrpcStatus.PermissionDenied,
        404 => GrpcStatus.Unimplemented,
        429 => GrpcStatus.ResourceExhausted,
        504 => GrpcStatus.DeadlineExceeded,
        502 or 503 => GrpcStatus.Unavailable,
        >= 400 and < 500 => GrpcStatus.InvalidArgument,
        _ => GrpcStatus.Internal,
    };
}
