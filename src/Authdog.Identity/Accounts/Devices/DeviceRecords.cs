using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Accounts.Devices;

/// <summary>Browsers in which a person signed in.</summary>
internal sealed class DeviceRecords(DirectoryContext context) : IPersonalRecords
{
    public string Name => "devices";

    public IReadOnlyCollection<Type> Entities => [typeof(Device)];

    public Task WriteAsync(UserId user, Utf8JsonWriter json, CancellationToken cancellationToken) => PersonalJson.WriteAsync(
        json,
        context.Set<Device>().Where(d => d.UserId == user.Value).Select(d => new { d.Browser, d.System, d.FirstSeenAt, d.LastSeenAt }).AsAsyncEnumerable(),
        cancellationToken);

    public Task EraseAsync(UserId user, CancellationToken cancellationToken) => context.Set<Device>().Where(d => d.UserId == user.Value).ExecuteDeleteAsync(cancellationToken);
}
