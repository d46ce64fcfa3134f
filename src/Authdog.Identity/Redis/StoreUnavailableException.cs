namespace Authdog.Identity.Redis;

/// <summary>The shared store cannot be reached or did not answer in time. The request that needed it gets 503 with <c>Retry-After</c>.</summary>
public sealed class StoreUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
