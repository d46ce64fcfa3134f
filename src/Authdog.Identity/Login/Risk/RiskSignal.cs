namespace Authdog.Identity.Login.Risk;

/// <summary>What can be unusual about a sign-in. The audit log has the names.</summary>
public enum RiskSignal
{
    /// <summary>The account has been used before, and this browser is not known to it.</summary>
    NewDevice,

    /// <summary>The account was used in other countries only, as far as its history goes.</summary>
    NewCountry,

    /// <summary>Nobody travels that fast from where the account was used the last time.</summary>
    ImpossibleTravel,

    /// <summary>The client's address is on the operator's list.</summary>
    BlockedAddress,

    /// <summary>The request looks like a program's: its bot score is <c>Login:Risk:BotScore</c> or more.</summary>
    LikelyBot,

    /// <summary>The password is right, and in a list of leaked ones (<c>Passwords:Breaches</c>).</summary>
    LeakedPassword,
}
