namespace Authdog.Attack;

/// <summary>Somebody with a password.</summary>
internal sealed record Account(string Email, string Password);
