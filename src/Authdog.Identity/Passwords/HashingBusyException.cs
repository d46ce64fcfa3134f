namespace Authdog.Identity.Passwords;

/// <summary>The hashing queue is full. The request gets 503 with <c>Retry-After</c>; proxied traffic goes on.</summary>
public sealed class HashingBusyException() : Exception("The password hashing queue is full.");
