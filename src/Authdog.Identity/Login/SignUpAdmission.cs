using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Login;

/// <summary>Lets people of some addresses become users by themselves, whatever else is asked of strangers. Registered as a scoped service; nothing here knows the feature.</summary>
/// <param name="IsOpenAsync">Whether there are such addresses at all.</param>
/// <param name="RolesAsync">Roles for who has an address, none being possible; null when the address is none of those. It follows from the domain alone (I1).</param>
internal sealed record SignUpAdmission(
    Func<CancellationToken, ValueTask<bool>> IsOpenAsync,
    Func<EmailAddress, CancellationToken, ValueTask<IReadOnlyList<string>?>> RolesAsync);
