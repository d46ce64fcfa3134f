namespace Authdog.Identity.Audit;

/// <summary>What happened. The database keeps the name, so a member is never renamed.</summary>
public enum AuditEventKind
{
    /// <summary>A user entered the directory.</summary>
    UserCreated,

    /// <summary>A user proved to own the address.</summary>
    EmailVerified,

    /// <summary>A sign-up was not taken; the detail says why.</summary>
    SignUpRefused,

    /// <summary>Somebody proved who they are and got a session; the detail names the methods.</summary>
    SignedIn,

    /// <summary>A try to sign in failed. Without a user when the address is unknown.</summary>
    SignInFailed,

    /// <summary>Tries to sign in were not even judged, since there were too many; the detail names the method. Sampled: one a minute for each account.</summary>
    SignInThrottled,

    /// <summary>Everything was proved, and something about the sign-in was unusual; the detail names the signals and what was done (notice, step-up).</summary>
    SignInRisky,

    /// <summary>Everything was proved, and the sign-in was refused because of its risk; the detail names the signals.</summary>
    SignInRefused,

    /// <summary>A session was ended by its user.</summary>
    SignedOut,

    /// <summary>A password was set or replaced.</summary>
    PasswordChanged,

    /// <summary>A password that is in a list of leaked ones was right at a sign-in, and has to be replaced.</summary>
    PasswordLeaked,

    /// <summary>Passwords could not be looked up in the list of leaked ones, and were let through; the detail says why. Sampled.</summary>
    LeakCheckFailed,

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

    /// <summary>A tenant was made.</summary>
    TenantCreated,

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

    /// <summary>A tenant claims a domain; the detail is the domain.</summary>
    DomainAdded,

    /// <summary>A tenant proved that a domain is its own; the detail is the domain.</summary>
    DomainVerified,

    /// <summary>The record of a verified domain is missing; it stays the tenant's for a while. The detail is the domain.</summary>
    DomainMissing,

    /// <summary>A domain is the tenant's no more, because its record stayed away; the detail is the domain.</summary>
    DomainLost,

    /// <summary>A tenant gave a domain up; the detail is the domain.</summary>
    DomainRemoved,

    /// <summary>What a domain does was changed; the detail says it.</summary>
    DomainChanged,

    /// <summary>Somebody became a user by themselves, by an address of a domain that allows it; the detail is the domain.</summary>
    JoinedByDomain,

    /// <summary>A policy refused somebody a request; the detail names reason, policy, rule and route. Sampled: one a minute for each user, rule and route.</summary>
    AccessRefused,

    /// <summary>Other policies are in force; the detail names them.</summary>
    PoliciesChanged,

    /// <summary>Changed policies were refused, and those before stay in force; the detail is the first mistake.</summary>
    PoliciesRefused,

    /// <summary>A gateway started; the detail is its version.</summary>
    GatewayStarted,

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

    /// <summary>A connection to an identity provider was added, changed or deleted; the detail says how.</summary>
    ConnectionChanged,

    /// <summary>An identity at another provider signs in to the account from here on; the detail names the connection.</summary>
    IdentityLinked,

    /// <summary>An identity at another provider signs in to the account no more; the detail names the connection.</summary>
    IdentityUnlinked,

    /// <summary>A sign-in by a connection or a social provider failed; the detail names it and says why.</summary>
    ExternalSignInFailed,

    /// <summary>An identity provider ended sessions; the detail names the connection and how many.</summary>
    SignedOutUpstream,
    /// <summary>Somebody was invited, or again; the detail is the invitation and its roles.</summary>
    InvitationSent,

    /// <summary>An invitation was taken back; the detail is its id.</summary>
    InvitationRevoked,

    /// <summary>Somebody joined by an invitation; the detail is its id.</summary>
    InvitationAccepted,

    /// <summary>A stranger asked to join; the detail is the request.</summary>
    JoinRequested,

    /// <summary>A request to join was denied; the detail is the request.</summary>
    JoinRequestDenied,

    /// <summary>Users were imported; the detail says how many.</summary>
    UsersImported,

    /// <summary>A user was deleted by an administrator; the id stands for nobody from here on.</summary>
    UserDeleted,

    /// <summary>A key of the management API was made; the detail is its id and its scopes.</summary>
    ApiKeyCreated,

    /// <summary>A key of the management API was revoked; the detail is its id.</summary>
    ApiKeyRevoked,

    /// <summary>Something was asked of the management API with a key that is none, or works no more; the detail is the reason, and the key's id where there is one.</summary>
    ApiKeyRefused,

    /// <summary>Something was changed by the management API; the detail is the key's id and the operation.</summary>
    ApiChange,
    /// <summary>A ceremony was asked for more often than is allowed; the detail is the ceremony and what was counted. Told once in a while, not each time.</summary>
    LimitReached,
    /// <summary>Credentials are being tried out: once for each episode; the detail says in which shape, and how many.</summary>
    CredentialAttackDetected,

    /// <summary>A message was not sent, since too many went to one recipient or were asked for from one network; the detail is its template and which of both. Sampled.</summary>
    MessageWithheld,

    /// <summary>A gateway counts rate limits by itself, because the shared store is away; the detail names the machine. Once for each outage.</summary>
    LimitsWentLocal,

    /// <summary>It counts them in the shared store again.</summary>
    LimitsShared,

    /// <summary>The provider of challenges could not verify an answer, and more work was asked for in its place; the detail names it. Sampled.</summary>
    ChallengeProviderFailed,
}
