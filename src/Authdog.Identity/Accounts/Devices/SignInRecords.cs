using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Accounts.Devices;

/// <summary>A person's sign-ins and tries.</summary>
internal sealed class SignInRecords(DirectoryContext context) : IPersonalRecords
{
    public string Name => "sign_ins";

    public IReadOnlyCollection<Type> Entities => [typeof(SignIn)];

    public Task WriteAsync(UserId user, Utf8JsonWriter json, CancellationToken cancellationToken) => PersonalJson.WriteAsync(
        json,
        context.Set<SignIn>().Where(s => s.UserId == user.Value).OrderBy(s => s.Id).Select(s => new { s.At, s.Succeeded, s.Method, s.Browser, s.System, s.Address }).AsAsyncEnumerable(),
        cancellationToken);

    public Task EraseAsync(UserId user, CancellationToken cancellationToken) => context.Set<SignIn>().Where(s => s.UserId == user.Value).ExecuteDeleteAsync(cancellationToken);
}
