namespace Authdog.Identity.Users.Import;

/// <summary>What a file can say of a user.</summary>
internal static class ImportFields
{
    public const string Email = "email";
    public const string EmailVerified = "email_verified";
    public const string Name = "name";
    public const string PasswordHash = "password_hash";
    public const string Roles = "roles";
    public const string Groups = "groups";
    public const string Locale = "locale";
    public const string TimeZone = "time_zone";
    public const string Disabled = "disabled";

    public static IReadOnlyList<string> All { get; } = [Email, EmailVerified, Name, PasswordHash, Roles, Groups, Locale, TimeZone, Disabled];
}
