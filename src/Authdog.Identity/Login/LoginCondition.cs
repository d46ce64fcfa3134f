using Authdog.Identity.Users;

namespace Authdog.Identity.Login;

/// <summary>Something that a person has to settle when all is proved and before a session begins, such as an answer to new terms. Registered as a scoped service; nothing here knows the feature.</summary>
/// <param name="Path">Its page. It gets the login as <c>?flow=</c>, and leads back to <see cref="LoginAddress.Of"/> when it is settled.</param>
/// <param name="IsMetAsync">Whether there is nothing (more) to settle for a user.</param>
internal sealed record LoginCondition(string Path, Func<User, CancellationToken, ValueTask<bool>> IsMetAsync);
