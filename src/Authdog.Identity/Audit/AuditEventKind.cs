namespace Authdog.Identity.Audit;

/// <summary>What happened. The database keeps the name, so a member is never renamed.</summary>
public enum AuditEventKind
{
    /// <summary>A user entered the directory.</summary>
    UserCreated,

    /// <summary>Somebody proved who they are and got a session.</summary>
    SignedIn,

    /// <summary>A try to sign in failed. Without a user when the address is unknown.</summary>
    SignInFailed,

    /// <summary>A session was ended by its user.</summary>
    SignedOut,

    /// <summary>A password was set or replaced.</summary>
    PasswordChanged,

    /// <summary>Somebody asked to get back in.</summary>
    RecoveryRequested,

    /// <summary>A recovery was finished.</summary>
    Recovered,

    /// <summary>Roles were added; the detail names them.</summary>
    RolesAdded,

    /// <summary>Roles were taken away; the detail names them.</summary>
    RolesRemoved,

    /// <summary>A role was made or permits something else; the detail says what.</summary>
    RoleChanged,

    /// <summary>A role was deleted; the detail is its name.</summary>
    RoleDeleted,

    /// <summary>A group, its members or its roles changed; the detail says how.</summary>
    GroupChanged,

    /// <summary>A user was shut out.</summary>
    UserDisabled,

    /// <summary>A user was let in again.</summary>
    UserEnabled,

    /// <summary>Sessions were ended by somebody else than their user.</summary>
    SessionsRevoked,

    /// <summary>The address was changed.</summary>
    EmailChanged,

    /// <summary>Somebody took a copy of what is kept about them.</summary>
    DataExported,

    /// <summary>Somebody asked for their account to be erased.</summary>
    DeletionRequested,

    /// <summary>They keep it after all.</summary>
    DeletionCancelled,

    /// <summary>The account was erased on its owner's wish; the id stands for nobody from here on.</summary>
    AccountErased,

    /// <summary>A passkey was registered; the detail is its id and the model that it claims.</summary>
    PasskeyAdded,

    /// <summary>A passkey was removed; the detail is its id.</summary>
    PasskeyRemoved,

    /// <summary>The signature counter of a passkey did not rise: it may have been copied. The detail is its id.</summary>
    PasskeyCounterRegressed,

    /// <summary>Somebody with the link of a security notice said that it was not them; the detail names what was taken back.</summary>
    ReportedNotMe,

    /// <summary>A tenant was changed; the detail says what.</summary>
    TenantChanged,

    /// <summary>A tenant was shut, and its sessions ended.</summary>
    TenantSuspended,

    /// <summary>A tenant was opened again.</summary>
    TenantResumed,

    /// <summary>A tenant was shut to be erased.</summary>
    TenantDeleted,

    /// <summary>All that a tenant owned was erased; the detail is its id.</summary>
    TenantErased,

    /// <summary>A signing key was made; the detail is purpose and kid.</summary>
    KeyRotated,

    /// <summary>The first factor was right and the second wrong; the detail names the method.</summary>
    SecondFactorFailed,

    /// <summary>An authenticator app was set up.</summary>
    AuthenticatorAdded,

    /// <summary>An authenticator app was removed.</summary>
    AuthenticatorRemoved,

    /// <summary>Recovery codes were made, and those before are void.</summary>
    RecoveryCodesCreated,

    /// <summary>A recovery code was used; the detail is how many are left.</summary>
    RecoveryCodeUsed,

    /// <summary>Somebody who showed the first factor says that the second is lost; the detail is when it can be removed.</summary>
    SecondStepResetRequested,

    /// <summary>That was called off.</summary>
    SecondStepResetCancelled,

    /// <summary>The second step was removed after the wait.</summary>
    SecondStepReset,

    /// <summary>Credentials are being tried out: once for each episode; the detail says in which shape, and how many.</summary>
    CredentialAttackDetected,
}
