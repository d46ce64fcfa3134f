namespace Authdog.Identity.Tenants;

/// <summary>Judges together what a tenant's settings say in several sections. Registered as a singleton; nothing here knows the features.</summary>
/// <param name="Judge">What does not go together; called when each section is right by itself.</param>
internal sealed record TenantSettingsRule(Func<TenantSettings, IEnumerable<string>> Judge);
