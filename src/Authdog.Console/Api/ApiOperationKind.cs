namespace Authdog.Console.Api;

/// <summary>What an operation does.</summary>
internal enum ApiOperationKind
{
    /// <summary>Changes nothing.</summary>
    Read = 0,

    /// <summary>Makes something, or sets something going: the one kind that is not the same when done twice, so that it takes an idempotency key.</summary>
    Create,

    /// <summary>Changes something that is there.</summary>
    Change,

    /// <summary>Takes something away.</summary>
    Remove,
}
